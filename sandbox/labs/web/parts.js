// Parts that labs are put together from: fields, sliders, the mark of what a model made, and the guard's reading.
// They do not know any lab.

const MADE_BY_MODEL = "https://schema.org/TrainedAlgorithmicMediaDigitalSource";

/** A button; `kind` is primary or secondary. */
function button(text, kind, onclick) {
  return h("button", { type: "button", class: `button button-${kind}`, onclick }, text);
}

/** Show a button as usable or not; it keeps its place in the tab order, so that nobody loses the focus. */
function usable(node, yes) {
  node.setAttribute("aria-disabled", String(!yes));
}

/** Whether a button that was pressed is usable. */
function isUsable(node) {
  return node.getAttribute("aria-disabled") !== "true";
}

/** A labelled text field. The browser neither stores what is in it nor sends it to a spelling service. */
function textField(frame, { label, hint, value = "", rows = 3, lang, oninput }) {
  const id = uid();
  const input = h("textarea", {
    id,
    class: "form-input kl-text",
    rows,
    lang,
    autocomplete: "off",
    autocorrect: "off",
    spellcheck: "false",
    "aria-describedby": hint ? `${id}-hint` : null,
    oninput,
  });
  input.value = value;
  const node = h("div", { class: "kl-field" }, h("label", { class: "form-label", for: id }, label), hint ? h("span", { class: "form-hint", id: `${id}-hint` }, hint) : null, input);
  return { node, input };
}

/** A labelled line of text. */
function lineField({ label, hint, value = "" }) {
  const id = uid();
  const input = h("input", { id, type: "text", class: "form-input kl-line", autocomplete: "off", spellcheck: "false", "aria-describedby": hint ? `${id}-hint` : null });
  input.value = value;
  const node = h("div", { class: "kl-field" }, h("label", { class: "form-label", for: id }, label), hint ? h("span", { class: "form-hint", id: `${id}-hint` }, hint) : null, input);
  return { node, input };
}

/** A labelled slider that shows its value in words. */
function slider({ label, hint, min, max, step, value, words, oninput }) {
  const id = uid();
  const output = h("output", { for: id, class: "kl-value" });
  const input = h("input", { id, type: "range", class: "kl-range", min, max, step, "aria-describedby": hint ? `${id}-hint` : null });
  input.value = value;
  const show = () => {
    output.textContent = words(Number(input.value));
    input.setAttribute("aria-valuetext", output.textContent);
  };
  input.addEventListener("input", () => {
    show();
    oninput?.(Number(input.value));
  });
  show();
  const head = h("div", { class: "kl-slider-head" }, h("label", { class: "form-label", for: id }, label), output);
  const node = h("div", { class: "kl-field kl-slider" }, head, input, hint ? h("span", { class: "form-hint", id: `${id}-hint` }, hint) : null);
  return { node, input, get: () => Number(input.value), set: (to) => ((input.value = to), show()) };
}

/** A labelled choice of model; `told`: with what it does and what to expect. `onchange` hears of another model only. */
function modelChoice(frame, onchange, told = true) {
  const id = uid();
  const select = h("select", { id, class: "form-select kl-select" });
  const expect = h("p", { class: "kl-expect", id: `${id}-expect` });
  select.setAttribute("aria-describedby", expect.id);
  const node = h("div", { class: "kl-field" }, h("label", { class: "form-label", for: id }, frame.text("lab.model")), select, expect);
  const choice = { node, models: [], get: () => choice.models.find((model) => model.id === select.value) ?? choice.models[0] ?? null };
  let shown = null;
  const show = () => {
    const model = choice.get();
    expect.textContent = (told && model?.expect) || "";
    if (model?.id !== shown) onchange?.(model);
    shown = model?.id;
  };
  select.addEventListener("change", show);
  choice.set = (models) => {
    const chosen = select.value;
    choice.models = models;
    select.replaceChildren(...models.map((model) => h("option", { value: model.id }, told ? model.label : model.title)));
    if (models.some((model) => model.id === chosen)) select.value = chosen;
    show();
  };
  return choice;
}

/** What a model wrote: marked for people, and for machines (art. 50 of the AI Act), whoever copies it. */
function madeByModel(frame, title, ...children) {
  const mark = h("p", { class: "kl-mark" }, h("span", { class: "kl-badge" }, frame.text("lab.made")), title ? ` ${title}` : "");
  return h(
    "article",
    { class: "kl-made", "data-ai-generated": "true", "data-ai-model": title, itemscope: true, itemtype: "https://schema.org/CreativeWork" },
    h("link", { itemprop: "digitalSourceType", href: MADE_BY_MODEL }),
    mark,
    ...children,
  );
}

/** A text with what the guard found marked: what stands there now, and what would stand there instead. */
function markedText(frame, parts) {
  const nodes = parts.map((part) => {
    if (!part.kind) return part.text;
    const label = part.mask ? frame.text("lab.guard.becomes", { mask: part.mask }) : part.kind;
    return h("mark", { class: "kl-found" }, part.text, h("span", { class: "kl-becomes" }, ` ${label}`));
  });
  return h("p", { class: "kl-guard-text" }, ...nodes);
}

/** What was found, in words, each kind once. */
function foundKinds(frame, reading) {
  const kinds = [...new Set(reading.parts.map((part) => part.kind).filter(Boolean))];
  return new Intl.ListFormat(frame.config.language).format(kinds);
}

/** The guard's panel: what was found, why, and what the learner can do. The focus goes to its heading, unless someone
    is typing (`quiet`): then it is said aloud. */
function guardPanel(frame, reading, actions, quiet = false) {
  const id = uid();
  const blocked = reading.verdict === "block";
  const kinds = foundKinds(frame, reading);
  const title = h(frame.heading, { id, class: "kl-guard-title", tabindex: "-1" }, frame.text(blocked ? "lab.guard.blocked" : "lab.guard.found", { kinds }));
  const lead = h("p", {}, frame.text(blocked ? "lab.guard.blocked.text" : "lab.guard.found.text"));
  const whys = h("ul", {}, ...reading.whys.map((why) => h("li", {}, why)));
  const buttons = h("div", { class: "kx-actions" }, ...actions);
  const panel = h("section", { class: "kl-guard-panel", "data-verdict": reading.verdict, "aria-labelledby": id }, title, lead, markedText(frame, reading.parts), whys, buttons);
  frame.guard.replaceChildren(panel);
  if (quiet) frame.say(`${title.textContent}. ${lead.textContent}`);
  else title.focus();
}

/** The guard's panel for a lab with one text field: put the masks in, or go back to the text. */
function guardField(frame, reading, field, done) {
  const typing = document.activeElement === field;
  const close = () => {
    frame.guard.replaceChildren();
    field.focus();
  };
  const mask = () => {
    field.value = reading.masked;
    close();
    done?.();
  };
  guardPanel(frame, reading, [button(frame.text("lab.guard.mask"), "primary", mask), button(frame.text("lab.guard.edit"), "secondary", close)], typing);
}

/** A note that the model read a masked text. */
function maskedNote(frame, reading) {
  const masks = [...new Set(reading.parts.map((part) => part.mask).filter(Boolean))].join(", ");
  const kinds = foundKinds(frame, reading);
  const text = masks ? frame.text("lab.guard.masked", { masks, kinds }) : frame.text("lab.guard.warned", { kinds });
  frame.guard.replaceChildren(h("p", { class: "kl-guard-note", role: "status" }, text));
}

/** A table with a caption, in a fold: the numbers behind a drawing. */
function foldedTable(summary, caption, heads) {
  const body = h("tbody");
  const table = h("table", { class: "kl-table" }, h("caption", { class: "kx-sr-only" }, caption), h("thead", {}, h("tr", {}, ...heads.map((head) => h("th", { scope: "col" }, head)))), body);
  const node = h("details", { class: "kl-fold" }, h("summary", {}, summary), h("div", { class: "kl-scroll", tabindex: "0", role: "region", "aria-label": caption }, table));
  const rows = (values) => body.replaceChildren(...values.map((row) => h("tr", {}, ...row.map((cell, place) => (place ? h("td", {}, cell) : h("th", { scope: "row" }, cell))))));
  return { node, rows };
}

/** A piece of text as a learner can read it: where a space or a line break is, and whether it goes on a word. */
function pieceWords(frame, text) {
  if (text === "" || /^<[^<>]*>$/.test(text)) return frame.text("lab.piece.end");
  if (/^\n+$/.test(text)) return frame.text("lab.piece.line");
  if (/^\s+$/.test(text)) return frame.text("lab.piece.space");
  if (text.includes("\ufffd")) return frame.text("lab.piece.part");
  return /^\s/.test(text) ? text.trim() : `…${text}`;
}
