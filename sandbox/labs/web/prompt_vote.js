// A blind vote: two answers to a case, without saying which prompt made which, until the learner has voted.
// Votes are kept in the page only, and are gone when it is closed. It does not know how the answers were made.

const LEAST_VOTES = 3;

class BlindVote {
  constructor(frame) {
    this.frame = frame;
    this.node = h("section", { class: "kl-vote", "aria-label": frame.text("vote.title") });
    this.node.hidden = true;
  }

  start(cases) {
    this.cases = cases;
    this.pairs = [];
    this.votes = [];
    this.shown = null;
    this.over = false;
    this.turned = cases.map(() => crypto.getRandomValues(new Uint8Array(1))[0] % 2 === 1);
    this.node.hidden = false;
    this.wait();
  }

  /** The answers so far; with `over` there will be no more. */
  hear(answers, over) {
    this.pairs = byCase(answers).filter((pair) => pair.a && pair.b);
    this.over = over;
    if (this.revealed) return;
    if (over && this.votes.length >= this.pairs.length) this.finish();
    else if (this.shown === null) this.next();
  }

  get revealed() {
    return this.shown === "all";
  }

  wait() {
    this.shown = null;
    this.node.replaceChildren(h("p", { class: "kl-state", role: "status" }, this.frame.text("vote.wait")));
  }

  next(focus = false) {
    const number = this.votes.length;
    if (number >= this.pairs.length) return this.over ? this.finish(focus) : this.wait();
    this.shown = number;
    const { frame } = this;
    const title = h(frame.heading, { class: "kl-vote-title", tabindex: "-1" }, frame.text("vote.case", { number: number + 1, count: this.cases.length }));
    const answers = this.sides(number).map((side, place) => this.answer(number, side, place + 1));
    const choices = this.sides(number).map((side, place) => button(frame.text("vote.best", { number: place + 1 }), "primary", () => this.vote(side)));
    const actions = h("div", { class: "kx-actions" }, ...choices, button(frame.text("vote.equal"), "secondary", () => this.vote("equal")));
    if (number >= LEAST_VOTES) actions.append(button(frame.text("vote.reveal"), "secondary", () => this.finish(true)));
    this.node.replaceChildren(title, h("p", { class: "kl-case" }, this.cases[number].text), madeByModel(frame, "", h("div", { class: "kl-two" }, ...answers)), actions);
    if (focus) title.focus();
  }

  sides(number) {
    return this.turned[number] ? ["b", "a"] : ["a", "b"];
  }

  answer(number, side, place) {
    const text = this.pairs[number][side].text || this.frame.text("nothing");
    return h("div", { class: "kl-option" }, h("p", { class: "kl-small-title" }, this.frame.text("vote.answer", { number: place })), h("p", { class: "kl-words" }, text));
  }

  vote(choice) {
    this.votes.push(choice);
    this.next(true);
  }

  finish(focus = false) {
    this.shown = "all";
    const { frame, votes } = this;
    if (!votes.length) {
      this.node.replaceChildren(h("p", { class: "kl-state" }, frame.text("vote.none")));
      return;
    }
    const count = (choice) => votes.filter((vote) => vote === choice).length;
    const title = h(frame.heading, { class: "kl-vote-title", tabindex: "-1" }, frame.text("vote.over"));
    const sum = h("p", { class: "kl-score" }, frame.text("vote.counts", { a: count("a"), b: count("b"), equal: count("equal") }));
    this.node.replaceChildren(title, sum, madeByModel(frame, "", this.table()), h("p", { class: "kl-expect" }, frame.text("vote.kept")));
    if (focus) title.focus();
    else frame.say(sum.textContent);
  }

  table() {
    const { frame } = this;
    const cell = (key, text) => h("td", { role: "cell" }, h("span", { class: "kl-cell-name", "aria-hidden": "true" }, frame.text(`table.${key}`)), h("span", {}, text || frame.text("nothing")));
    const rows = this.votes.map((vote, number) => {
      const pair = this.pairs[number];
      const name = h("th", { scope: "row", role: "rowheader" }, `${number + 1}. ${this.cases[number].text}`);
      return h("tr", { role: "row" }, name, cell("a", pair.a.text), cell("b", pair.b.text), cell("vote", frame.text(vote === "equal" ? "vote.equal" : `table.${vote}`)));
    });
    const heads = ["case", "a", "b", "vote"].map((key) => h("th", { scope: "col", role: "columnheader" }, frame.text(`table.${key}`)));
    const caption = h("caption", { class: "kx-sr-only" }, frame.text("vote.caption"));
    return h("table", { class: "kl-table kl-cases", role: "table" }, caption, h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ...heads)), h("tbody", { role: "rowgroup" }, ...rows));
  }
}
