// A text whose words can be marked: by mouse, by touch, and by keyboard. It does not know what the marks are for.
// Words are what stands between white space, numbered from 0, as in course.items.mark.

/** A markable text: `{node, get(), set(numbers), clear(), undo(), focus()}`; `changed(numbers)` hears of each change. */
function marker({ text, label, describedBy, lang, changed }) {
  const node = h("div", { class: "kx-marker", role: "group", "aria-label": label, "aria-describedby": describedBy ?? null, lang: lang ?? null });
  const marked = new Set();
  const history = [];
  const buttons = [];
  let dragging = null;
  let at = 0;

  for (const piece of text.match(/\s+|\S+/g) ?? []) node.append(/\s/.test(piece) ? piece : word(piece));

  function word(piece) {
    const number = buttons.length;
    const button = h("button", { type: "button", class: "kx-word", "aria-pressed": "false", tabindex: number ? "-1" : "0", "data-word": number }, piece);
    buttons.push(button);
    return button;
  }

  function draw() {
    buttons.forEach((button, number) => button.setAttribute("aria-pressed", String(marked.has(number))));
  }

  /** Mark or unmark the words from one to another; one step for undo. */
  function change(from, to, yes) {
    history.push([...marked]);
    for (let number = Math.min(from, to); number <= Math.max(from, to); number += 1) {
      if (yes) marked.add(number);
      else marked.delete(number);
    }
    draw();
    changed?.(get());
  }

  function get() {
    return [...marked].sort((one, other) => one - other);
  }

  function set(numbers) {
    marked.clear();
    for (const number of numbers) if (buttons[number]) marked.add(number);
    draw();
  }

  function move(to) {
    buttons[at].tabIndex = -1;
    at = Math.max(0, Math.min(buttons.length - 1, to));
    buttons[at].tabIndex = 0;
    buttons[at].focus();
  }

  /** The nearest word on the line above or below. */
  function beside(step) {
    const here = buttons[at].getBoundingClientRect();
    const middle = (here.left + here.right) / 2;
    const lines = buttons.map((button) => button.getBoundingClientRect());
    const tops = [...new Set(lines.map((box) => Math.round(box.top)))].sort((one, other) => one - other);
    const wanted = tops[tops.indexOf(Math.round(here.top)) + step];
    if (wanted === undefined) return at;
    const distance = (box) => (Math.round(box.top) === wanted ? Math.abs((box.left + box.right) / 2 - middle) : Infinity);
    return lines.reduce((best, box, number) => (distance(box) < distance(lines[best]) ? number : best), at);
  }

  const numberOf = (target) => {
    const found = target instanceof Element ? target.closest(".kx-word") : null;
    return found && node.contains(found) ? Number(found.dataset.word) : null;
  };

  node.addEventListener("keydown", (event) => {
    const steps = { ArrowRight: () => at + 1, ArrowLeft: () => at - 1, ArrowUp: () => beside(-1), ArrowDown: () => beside(1), Home: () => 0, End: () => buttons.length - 1 };
    const step = steps[event.key];
    if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const from = at;
    move(step());
    if (event.shiftKey && at !== from) change(from, at, true);
  });
  node.addEventListener("focusin", (event) => {
    const number = numberOf(event.target);
    if (number === null || number === at) return;
    buttons[at].tabIndex = -1;
    at = number;
    buttons[at].tabIndex = 0;
  });
  node.addEventListener("click", (event) => {
    const number = numberOf(event.target);
    if (number === null || dragging?.done) return;
    change(number, number, !marked.has(number));
  });
  node.addEventListener("pointerdown", (event) => {
    const number = event.pointerType === "mouse" && event.button === 0 ? numberOf(event.target) : null;
    dragging = number === null ? null : { from: number, yes: !marked.has(number), done: false };
  });
  node.addEventListener("pointerup", (event) => {
    const to = numberOf(event.target);
    if (!dragging || to === null || to === dragging.from) return;
    dragging.done = true;
    change(dragging.from, to, dragging.yes);
  });

  return {
    node,
    get,
    set(numbers) {
      history.length = 0;
      set(numbers);
    },
    clear: () => marked.size && change(0, buttons.length - 1, false),
    undo() {
      if (!history.length) return;
      set(history.pop());
      changed?.(get());
    },
    focus: () => move(at),
  };
}
