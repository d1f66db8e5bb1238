// Matching: each premise has a list of options to choose from; the answer is {premise id: option id}.

export default exercise((frame) => {
  const { premises, options } = frame.item;
  const rows = premises.map((premise) => {
    const id = uid();
    const choices = options.map((option) => h("option", { value: option.id, html: option.html }));
    const select = h("select", { id, class: "form-select kx-select", "aria-describedby": frame.describedBy, onchange: () => frame.changed() }, h("option", { value: "" }, frame.text("match.none")), choices);
    return { id: premise.id, select, node: h("div", { class: "kx-match" }, h("label", { for: id, html: premise.html }), select) };
  });
  const node = h(
    "fieldset",
    { class: "kx-matches" },
    h("legend", { class: "form-label kx-question", html: frame.item.question_html }),
    h("span", { class: "form-hint", id: frame.ids.hint }, frame.text("hint.match")),
    rows.map((row) => row.node),
  );
  return {
    node,
    focus: () => rows[0].select.focus(),
    get() {
      const chosen = rows.filter((row) => row.select.value).map((row) => [row.id, row.select.value]);
      return chosen.length ? Object.fromEntries(chosen) : null;
    },
    set(value) {
      for (const row of rows) row.select.value = value?.[row.id] ?? "";
    },
  };
});
