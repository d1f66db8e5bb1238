// The fields of the kinds in which options are ticked: radio buttons or check boxes.

/** A fieldset of options; `type` is "radio" or "checkbox". Without an id for it, the hint is left out. */
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
    frame.ids.hint ? h("span", { class: "form-hint", id: frame.ids.hint }, frame.text(`hint.${frame.item.kind}`)) : null,
    rows,
  );
  return { node, inputs, focus: () => inputs[0].focus() };
}
