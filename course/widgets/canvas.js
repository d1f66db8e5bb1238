// A canvas: labelled fields that are filled in over time; the answer is {field id: text, option id or rows of texts}.
// What is written is data, never HTML. Empty fields are left out.

export default exercise((frame) => {
  const { item } = frame;
  const makers = { line, text, choice, rows };
  const fields = item.fields.map((field) => ({ id: field.id, ...makers[field.input](field) }));
  const legend = h("legend", { class: "form-label kx-question", html: item.question_html });
  const hint = h("span", { class: "form-hint", id: frame.ids.hint }, frame.text("hint.canvas"));
  const node = h("fieldset", { class: "kx-canvas" }, legend, hint, fields.map((field) => field.node));

  function labelled(field, input, ...more) {
    const hintNode = field.hint_html ? h("span", { class: "form-hint", id: `${input.id}-hint`, html: field.hint_html }) : null;
    if (hintNode) input.setAttribute("aria-describedby", hintNode.id);
    return h("div", { class: "kx-field" }, h("label", { class: "form-label", for: input.id, html: field.label_html }), hintNode, input, ...more);
  }

  function written(tag, attributes) {
    return h(tag, { id: uid(), maxlength: item.max_characters, autocomplete: "off", oninput: () => frame.changed(true), onblur: () => frame.saver.flush(), ...attributes });
  }

  function line(field) {
    const input = written("input", { type: "text", class: "form-input kx-line" });
    return { node: labelled(field, input), get: () => input.value.trim(), set: (to) => show(input, to), focus: () => input.focus() };
  }

  function text(field) {
    const area = written("textarea", { class: "form-input kx-text", rows: "4" });
    const printed = h("div", { class: "kx-printed" });
    area.addEventListener("input", () => (printed.textContent = area.value));
    const set = (to) => {
      show(area, to);
      printed.textContent = area.value;
    };
    return { node: labelled(field, area, printed), get: () => area.value.trim(), set, focus: () => area.focus() };
  }

  function choice(field) {
    const name = uid();
    const inputs = field.parts.map((part) => h("input", { type: "radio", name, id: uid(), class: "form-radio", value: part.id, onchange: () => frame.changed() }));
    const options = inputs.map((input, at) => h("div", { class: "form-group-radio kx-option" }, input, h("label", { for: input.id, html: field.parts[at].html })));
    const told = field.hint_html ? h("span", { class: "form-hint", html: field.hint_html }) : null;
    const set = (to) => inputs.forEach((input) => (input.checked = input.value === to));
    const fieldset = h("fieldset", { class: "kx-field" }, h("legend", { class: "form-label", html: field.label_html }), told, options);
    return { node: fieldset, get: () => inputs.find((input) => input.checked)?.value ?? "", set, focus: () => inputs[0].focus() };
  }

  /** A short table: each row has a field per column, and rows are added one at a time. */
  function rows(field) {
    const title = h("p", { class: "form-label", id: uid(), html: field.label_html });
    const told = field.hint_html ? h("span", { class: "form-hint", html: field.hint_html }) : null;
    const list = h("ol", { class: "kx-rows" });
    const all = [];
    const more = h("button", { type: "button", class: "button button-secondary", onclick: () => add([]).cells[0].focus() }, frame.text("canvas.more"));

    function add(values) {
      const cells = field.parts.map((part, at) => {
        const input = written("input", { type: "text", class: "form-input kx-line" });
        show(input, values[at]);
        return { input, node: h("div", { class: "kx-cell" }, h("label", { for: input.id, html: part.html }), input) };
      });
      const row = { cells: cells.map((cell) => cell.input) };
      all.push(row);
      list.append(h("li", {}, cells.map((cell) => cell.node)));
      more.hidden = all.length >= item.max_rows;
      return row;
    }

    function set(to) {
      all.length = 0;
      list.replaceChildren();
      for (const values of Array.isArray(to) && to.length ? to : [[]]) add(values);
    }

    const get = () => all.map((row) => row.cells.map((cell) => cell.value.trim())).filter((row) => row.some(Boolean));
    set([]);
    const group = h("div", { class: "kx-field", role: "group", "aria-labelledby": title.id }, title, told, list, more);
    return { node: group, get, set, focus: () => all[0].cells[0].focus() };
  }

  /** Show a saved text, unless it is there already: the place in it must not jump while someone writes. */
  function show(input, to) {
    const wanted = typeof to === "string" ? to : "";
    if (input.value.trim() !== wanted) input.value = wanted;
  }

  return {
    node,
    focus: () => fields[0].focus(),
    get() {
      const filled = fields.map((field) => [field.id, field.get()]).filter(([, content]) => content.length);
      return filled.length ? Object.fromEntries(filled) : null;
    },
    set: (value) => fields.forEach((field) => field.set(value?.[field.id])),
  };
});
