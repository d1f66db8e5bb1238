// The attempts with one's own prompt on this page: how many were right, the change from the one before, and the prompt
// back again. It keeps nothing beyond the page, and knows no cases.

/** Whether a change is for the better, by name. */
function signOf(more) {
  if (more === 0) return "same";
  return more > 0 ? "more" : "fewer";
}

class Attempts {
  constructor(frame, ontake) {
    this.frame = frame;
    this.ontake = ontake;
    this.list = [];
    this.body = h("tbody");
    const heads = ["attempt", "right", "change", "prompt"].map((key) => h("th", { scope: "col" }, frame.text(`attempts.${key}`)));
    const table = h("table", { class: "kl-table kl-attempts" }, h("caption", {}, frame.text("attempts.caption")), h("thead", {}, h("tr", {}, ...heads)), this.body);
    this.node = h("div", {}, table, h("p", { class: "kl-expect" }, frame.text("attempts.kept")));
    this.node.hidden = true;
  }

  get last() {
    return this.list[this.list.length - 1] ?? null;
  }

  /** Add an attempt: `{prompt, right, count}`. */
  add(attempt) {
    const number = this.list.length + 1;
    const take = h("button", { type: "button", class: "kl-example", onclick: () => this.ontake(attempt.prompt, number) }, this.frame.text("attempts.take"), h("span", { class: "kx-sr-only" }, ` ${this.frame.text("attempts.take.from", { number })}`));
    const cells = [this.frame.text("score", attempt), this.change(this.last, attempt), take];
    this.body.append(h("tr", {}, h("th", { scope: "row" }, String(number)), ...cells.map((cell) => h("td", {}, cell))));
    this.list.push(attempt);
    this.node.hidden = false;
  }

  /** The change from the attempt before, in words. */
  change(before, { right }) {
    if (!before) return this.frame.text("change.first");
    const more = right - before.right;
    return this.frame.text(`change.${signOf(more)}`, { more: Math.abs(more) });
  }
}
