/* One piece of a module at a time: the address's hash names it, so links, bookmarks and the back button work.
   Without this script every piece is shown, one after the other. It knows no exercise. */
"use strict";

{
  const { pieces, page, title } = kk.config;
  const KEY = `koerekort:piece:${page}`;
  let current = null;

  const store = {
    get() { try { return localStorage.getItem(KEY); } catch { return null; } },
    set(value) { try { localStorage.setItem(KEY, value); } catch { /* private window: not remembered */ } },
  };

  const target = () => document.getElementById(decodeURIComponent(location.hash.slice(1)));

  /** The piece that the address asks for: by its own id, or by something within it. */
  const asked = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    return pieces.includes(id) ? id : target()?.closest(".kk-piece")?.id ?? null;
  };

  const mark = () => {
    const place = pieces.indexOf(current);
    document.querySelectorAll(".kk-piece").forEach((it) => it.classList.toggle("kk-current", it.id === current));
    document.querySelectorAll(".kk-steps-list a").forEach((link) => {
      if (link.hash === `#${current}`) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    });
    document.body.classList.toggle("kk-later", place > 0);
    const position = document.getElementById("kk-steps-position");
    const step = document.querySelector('.kk-steps-list a[aria-current="step"]');
    if (position && step) {
      const where = kk.text("steps.position").replace("{number}", place + 1).replace("{count}", pieces.length);
      const named = step.querySelector(".kk-steps-title");
      position.textContent = `${where}: ${named.textContent} (${step.querySelector(".kk-minutes").textContent})`;
      document.title = `${named.textContent} – ${title} – ${kk.text("product")}`;
    }
    const other = document.getElementById("kk-other-language");
    if (other) other.hash = current;
  };

  const open = (id) => {
    if (kk.whole && !document.getElementById(id)) return;  // the page broke off before it
    current = id;
    store.set(id);
    mark();
    window.dispatchEvent(new Event("resize"));  // what was laid out while hidden measures itself again
  };

  const focusPiece = () => {
    const piece = document.getElementById(current);
    const heading = piece?.querySelector("h2") ?? piece;
    heading?.setAttribute("tabindex", "-1");
    window.scrollTo(0, 0);
    heading?.focus({ preventScroll: true });
  };

  const focusWithin = (element) => {
    for (let it = element; it; it = it.parentElement) if (it.tagName === "DETAILS") it.open = true;
    element.setAttribute("tabindex", "-1");
    element.scrollIntoView({ block: "center" });
    element.focus({ preventScroll: true });
  };

  const follow = () => {
    const id = asked();
    if (!id) return;
    if (id !== current) open(id);
    const element = target();
    if (element && element.id !== id) focusWithin(element);
    else focusPiece();
  };

  const toggleSteps = (button, wanted) => {
    const list = document.getElementById(button.getAttribute("aria-controls"));
    list.classList.toggle("kk-open", wanted);
    button.setAttribute("aria-expanded", String(wanted));
    button.querySelector(".kk-steps-verb").textContent = kk.text(wanted ? "steps.hide" : "steps.show");
  };

  const printOnly = () => {
    document.body.classList.add("kk-print-job-aid");
    window.addEventListener("afterprint", () => document.body.classList.remove("kk-print-job-aid"), { once: true });
    window.print();
  };

  if (pieces.length) {
    const last = store.get();
    current = asked() ?? (pieces.includes(last) ? last : pieces[0]);
    if (!location.hash) history.replaceState(null, "", `#${current}`);
    kk.onOpened.push((section) => { section.classList.toggle("kk-current", section.id === current); mark(); });
    window.addEventListener("hashchange", follow);
    // an address of something within a piece can only be found when all has come
    document.addEventListener("DOMContentLoaded", () => { if (asked() && asked() !== current) follow(); else open(current); });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".kk-steps-toggle");
    if (button) toggleSteps(button, button.getAttribute("aria-expanded") !== "true");
    if (event.target.closest("[data-kk-print]")) printOnly();
    const step = event.target.closest(".kk-steps-list a");
    const toggle = document.querySelector(".kk-steps-toggle");
    if (step && toggle) toggleSteps(toggle, false);
  });
}
