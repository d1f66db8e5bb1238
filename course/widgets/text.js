// Free text: written, then checked by the learner against a model answer and a rubric.
// An item without a model answer asks for the text alone. The answer is {text, self, shown}; no text and nothing ticked is no answer. The text is data, never HTML.

export default exercise((frame) => {
  const { item } = frame;
  const ids = { area: uid(), count: uid(), why: uid() };
  const area = h("textarea", {
    id: ids.area,
    class: "form-input kx-text",
    rows: "6",
    maxlength: "20000",
    "aria-describedby": `${frame.describedBy} ${ids.count}`,
    oninput: () => typed(),
    onblur: () => frame.saver.flush(),
  });
  const printed = h("div", { class: "kx-printed" });
  const count = h("p", { class: "form-hint kx-count", id: ids.count });
  const why = h("p", { class: "kx-why", id: ids.why, role: "status" });
  const show = h(
    "button",
    { type: "button", class: "button button-secondary", "aria-describedby": ids.why, "aria-expanded": "false", onclick: () => reveal() },
    frame.text("text.show"),
  );
  const ticks = item.rubric.map((criterion) => h("input", { type: "checkbox", id: uid(), class: "form-checkbox", value: criterion.id, onchange: () => frame.changed() }));
  const rows = ticks.map((tick, index) =>
    h("div", { class: "form-group-checkbox kx-option" }, tick, h("label", { for: tick.id, html: item.rubric[index].html })),
  );
  const heading = h("h4", { class: "kx-model-title", tabindex: "-1" }, frame.text("text.model"));
  const model = h(
    "div",
    { class: "kx-model", hidden: true },
    heading,
    h("div", { class: "kx-model-answer", html: item.model_html }),
    h("fieldset", {}, h("legend", { class: "form-label" }, frame.text("text.rubric")), h("span", { class: "form-hint" }, frame.text("text.rubric-hint")), rows),
  );
  let shown = false;

  const words = () => area.value.trim().split(/\s+/).filter(Boolean).length;
  const missing = () => Math.max(0, item.min_words - words());

  function typed() {
    draw();
    frame.changed(true);
  }

  function draw() {
    printed.textContent = area.value;
    count.textContent = frame.text(item.min_words ? "text.count-of" : "text.count", { n: words(), min: item.min_words });
    show.setAttribute("aria-disabled", String(!shown && missing() > 0));
    if (!missing()) why.textContent = "";
    model.hidden = !shown;
    show.hidden = shown || !item.model_html;
    show.setAttribute("aria-expanded", String(shown));
    area.style.height = "auto";
    if (area.scrollHeight) area.style.height = `${area.scrollHeight + 4}px`;
  }

  function reveal() {
    if (missing()) {
      why.textContent = frame.text("text.too-short", { min: item.min_words, n: words() });
      return;
    }
    shown = true;
    draw();
    frame.changed();
    heading.focus();
  }

  const node = h(
    "div",
    {},
    h("label", { for: ids.area, class: "form-label kx-question", html: item.question_html }),
    h("span", { class: "form-hint", id: frame.ids.hint }, frame.text(item.min_words ? "hint.text-min" : "hint.text", { min: item.min_words })),
    area,
    printed,
    count,
    h("div", { class: "kx-actions" }, show),
    why,
    model,
  );
  return {
    node,
    focus: () => area.focus(),
    get() {
      const self = ticks.filter((tick) => tick.checked).map((tick) => tick.value);
      return area.value.trim() || self.length || shown ? { text: area.value, self, shown } : null;
    },
    set(value) {
      const text = typeof value?.text === "string" ? value.text : "";
      if (area.value !== text) area.value = text;
      ticks.forEach((tick) => (tick.checked = (value?.self ?? []).includes(tick.value)));
      shown = Boolean(value?.shown);
      draw();
    },
  };
});
