// Copying what a model made: by the button only when a person has ticked that it was checked, and never without a line
// that says who made it. It does not know how a text came to be.

/** The line that goes with every copied text: which model, when, and whether a person has checked it. */
function copyMark(frame, article) {
  const date = new Intl.DateTimeFormat(frame.config.language, { dateStyle: "long" }).format(new Date());
  const key = article.hasAttribute("data-checked") ? "copy.mark.checked" : "copy.mark.unchecked";
  return frame.text(key, { model: article.getAttribute("data-ai-model"), date });
}

function lines(text) {
  return text.split("\n").flatMap((line, place) => (place ? [h("br"), line] : [line]));
}

/** A copied text as HTML: what the model made is marked for machines, and the line stands below. */
function copiedHtml(article, { given = "", made, mark }) {
  const model = article.getAttribute("data-ai-model");
  const source = h("meta", { itemprop: "digitalSourceType", content: MADE_BY_MODEL });
  const attributes = { "data-ai-generated": "true", "data-ai-model": model, itemscope: true, itemtype: "https://schema.org/CreativeWork" };
  return h("div", {}, h("p", {}, ...lines(given), h("span", attributes, source, ...lines(made))), h("p", {}, mark)).innerHTML;
}

/** Put a text in the clipboard in both forms; false if the browser would not. Works without https too. */
function putInClipboard(text, html) {
  const put = (event) => {
    event.clipboardData.setData("text/plain", text);
    event.clipboardData.setData("text/html", html);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.addEventListener("copy", put, { capture: true, once: true });
  const done = document.execCommand("copy");
  document.removeEventListener("copy", put, { capture: true });
  return done;
}

/** The check box "I have checked it" and the copy button under an answer. `get()` is `{given, made}`; `copied` is called
    when it was copied. */
function checkAndCopy(frame, article, get, copied) {
  const id = uid();
  const box = h("input", { id, type: "checkbox", class: "form-checkbox" });
  const why = h("p", { id: `${id}-why`, class: "form-hint kl-why", role: "status" }, frame.text("copy.why"));
  const copy = button(frame.text("copy"), "secondary", () => {
    if (!isUsable(copy)) {
      frame.say(frame.text("copy.why"));
      box.focus();
      return;
    }
    const { given, made } = get();
    const mark = copyMark(frame, article);
    const done = putInClipboard(`${given}${made}\n\n${mark}`, copiedHtml(article, { given, made, mark }));
    why.textContent = frame.text(done ? "copy.done" : "copy.failed", { mark });
    if (done) copied();
  });
  copy.setAttribute("aria-describedby", why.id);
  usable(copy, false);
  box.addEventListener("change", () => {
    usable(copy, box.checked);
    article.toggleAttribute("data-checked", box.checked);
    why.textContent = box.checked ? frame.text("copy.ready") : frame.text("copy.why");
  });
  const tick = h("div", { class: "form-group-checkbox kx-option" }, box, h("label", { for: id }, frame.text("copy.checked")));
  return h("div", { class: "kl-copy" }, tick, h("div", { class: "kx-actions" }, copy), why);
}

/** What is selected and copied by hand carries the line too, wherever in `node` the selection touches an answer. */
function markSelections(frame, node) {
  const onCopy = (event) => {
    if (!node.isConnected || event.target.closest?.("input, textarea")) return;
    const selection = getSelection();
    const touched = [...node.querySelectorAll(".kl-made")].filter((article) => selection.containsNode(article, true));
    const text = selection.toString();
    if (!touched.length || !text.trim()) return;
    const article = touched.find((one) => !one.hasAttribute("data-checked")) ?? touched[0];
    const mark = copyMark(frame, article);
    event.clipboardData.setData("text/plain", `${text}\n\n${mark}`);
    event.clipboardData.setData("text/html", copiedHtml(article, { made: text, mark }));
    event.preventDefault();
  };
  document.addEventListener("copy", onCopy);
}
