// The fields of the two kinds in which options are ticked: radio buttons or check boxes.

/** A fieldset of options; `type` is "radio" or "checkbox". */
function choices(frame, type) {
  const name = uid();
  const inputs = frame.item.options.map((option) => h("input", { type, name, id: uid(), class: `form-${type}`, value: option.id, onchange: () => frame.changed() }));
  const rows = inputs.map((input, index) =>
    h("div", { class: `form-group-${type} kx-option` }, input, h("label", { for: input.id, html: frame.item.options[index].html })),
  );
  const node = h(
    "fieldset",
    { "aria-describedby": frame.describedBy },
    h("legend", { class: "form-label kx-question", html: frame.item.question_html }),
    h("span", { class: "form-hint", id: frame.ids.hint }, frame.text(`hint.${frame.item.kind}`)),
    rows,
  );
  return { node, inputs, focus: () => inputs[0].focus() };
}
