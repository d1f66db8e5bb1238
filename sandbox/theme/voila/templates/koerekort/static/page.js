/* The frame of a page: what is being got ready, and what went wrong on the way. It knows no exercise and no lab.
   Loaded in the head, so that the page can be read while its kernel still works. */
"use strict";

const kk = {
  config: JSON.parse(document.getElementById("kk-config").textContent),
  whole: false,  // nothing more comes from the server
  /** Listeners for a piece that arrives; pieces.js adds to them. */
  onOpened: [],
  opened(section) { kk.onOpened.forEach((listener) => listener(section)); },
};
kk.text = (key) => kk.config.texts[key];
document.documentElement.classList.add("kk-js");

{
  const SLOW_MS = 30000;  // from the page's last part until we say that it is slow
  const SLOW_BEATS = 3;   // Voila beats every ten seconds while a cell runs
  const WAITING = 'script[type="application/vnd.voila.cell-output+json"]';
  let beats = 0;

  const say = (text, state) => {
    document.getElementById("kk-status").className = `kk-status kk-${state}`;
    document.getElementById("kk-status-text").textContent = text;
    document.getElementById("kk-again").hidden = state !== "slow";
  };

  /** Said a moment later, so that a screen reader notices that something new is said. */
  kk.waiting = () => setTimeout(() => {
    if (!document.body.classList.contains("kk-ready")) {
      say(`${kk.text("loading.waiting")} ${kk.text("loading.read")}`, "waiting");
    }
  }, 200);

  const ready = () => {
    document.body.classList.add("kk-ready");
    say(kk.text("loading.ready"), "done");
    document.dispatchEvent(new CustomEvent("kk-ready"));
  };

  /** The frame has come whole; `widgets` of its outputs are still to be drawn by the widget manager. */
  kk.finished = (widgets) => {
    kk.whole = true;
    markLinksOut();
    if (!widgets) { leaveKernel(); ready(); return; }
    const since = Date.now();
    const look = setInterval(() => {
      if (window.jupyterapp && !document.querySelector(WAITING)) { clearInterval(look); ready(); }
      else if (Date.now() - since > SLOW_MS) say(kk.text("loading.slow"), "slow");
    }, 25);
  };

  /** A page without widgets needs its kernel no more; told as Voila tells it when a page with widgets is closed. */
  const leaveKernel = () => {
    const data = document.getElementById("jupyter-config-data");
    if (!data) return;
    const page = JSON.parse(data.textContent);
    const form = new FormData();
    form.append("_xsrf", (document.cookie.match(/\b_xsrf=([^;]*)\b/) || [])[1] || "");
    navigator.sendBeacon(`${page.baseUrl}voila/api/shutdown/${page.kernelId}`, form);
  };

  const markLinksOut = () => {
    for (const link of document.querySelectorAll('#main a[href^="http"]:not([target])')) {
      link.target = "_blank";
      link.rel = "noopener noreferrer";
      const note = document.createElement("span");
      note.className = "sr-only";
      note.textContent = ` (${kk.text("link.new_window")})`;
      link.append(note);
    }
  };

  /** The server gave up: what is there can be read, the rest must be loaded again. */
  kk.failed = () => { kk.whole = true; markLinksOut(); say(kk.text("loading.slow"), "slow"); };

  window.voila_heartbeat = () => {
    beats += 1;
    if (beats >= SLOW_BEATS) say(kk.text("loading.slow"), "slow");
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest("#kk-again")) { event.preventDefault(); location.reload(); }
  });

  // what is folded is printed open
  const folded = [];
  window.addEventListener("beforeprint", () => {
    folded.push(...document.querySelectorAll("details.kk-case:not([open])"));
    folded.forEach((it) => { it.open = true; });
  });
  window.addEventListener("afterprint", () => { folded.splice(0).forEach((it) => { it.open = false; }); });

  // left before the widget manager is there to say good-bye
  window.addEventListener("pagehide", () => {
    if (kk.whole && !document.body.classList.contains("kk-ready")) leaveKernel();
  });

  // a page that the browser kept whole has lost its kernel
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}
