// Ordering: buttons move an option up or down; the answer is every option's id in order, once something was moved.

export default exercise((frame) => {
  const options = new Map(frame.item.options.map((option) => [option.id, option]));
  const shown = [...options.keys()];
  const say = h("span", { role: "status", class: "kx-sr-only" });
  const list = h("ol", { class: "kx-order" });
  let order = [...shown];
  let moved = false;
  const rows = new Map(shown.map((id) => [id, row(id)]));

  function row(id) {
    const text = h("span", { class: "kx-order-text", id: uid(), html: options.get(id).html });
    const buttons = [-1, 1].map((step) => {
      const name = frame.text(step < 0 ? "order.up" : "order.down");
      const label = h("span", { class: "kx-sr-only", id: uid() }, name);
      const arrow = h("span", { "aria-hidden": "true" }, step < 0 ? "↑" : "↓");
      const press = () => move(id, step);
      const named = { "aria-labelledby": `${label.id} ${text.id}`, title: name };
      return h("button", { type: "button", class: "button button-secondary kx-move", ...named, onclick: press }, arrow, label);
    });
    return { node: h("li", {}, text, h("span", { class: "kx-moves" }, buttons)), text, buttons };
  }

  function move(id, step) {
    const from = order.indexOf(id);
    const to = from + step;
    if (to < 0 || to >= order.length) return;
    [order[from], order[to]] = [order[to], order[from]];
    moved = true;
    const { text, buttons } = rows.get(id);
    draw();
    (buttons[step < 0 ? 0 : 1].disabled ? buttons[step < 0 ? 1 : 0] : buttons[step < 0 ? 0 : 1]).focus();
    say.textContent = frame.text("order.moved", { text: text.textContent, place: to + 1, count: order.length });
    frame.changed();
  }

  function draw() {
    list.replaceChildren(...order.map((id) => rows.get(id).node));
    order.forEach((id, place) => {
      const [up, down] = rows.get(id).buttons;
      up.disabled = place === 0;
      down.disabled = place === order.length - 1;
    });
  }

  const node = h(
    "fieldset",
    { "aria-describedby": frame.describedBy },
    h("legend", { class: "form-label kx-question", html: frame.item.question_html }),
    h("span", { class: "form-hint", id: frame.ids.hint }, frame.text("hint.ordering")),
    list,
    say,
  );
  const fits = (value) => Array.isArray(value) && [...value].sort().join("\n") === [...shown].sort().join("\n");
  return {
    node,
    focus: () => list.querySelector("button:enabled").focus(),
    get: () => (moved ? [...order] : null),
    set(value) {
      moved = fits(value);
      order = moved ? [...value] : [...shown];
      draw();
    },
  };
});
