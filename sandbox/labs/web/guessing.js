// Guess the next word before the model's numbers are shown: a few beginnings, each with a guess that is written or
// picked, and a score at the end. It can be skipped at any time. It does not know the bars and the die.

class Guessing {
  constructor(frame, series, done) {
    this.frame = frame;
    this.series = series;
    this.done = done;
    this.waiting = false;
    const id = uid();
    this.state = h("p", { class: "kl-state" });
    this.beginning = h("p", { class: "kl-beginning" });
    this.field = lineField({ label: frame.text("guess.field"), hint: frame.text("guess.hint") });
    this.field.input.addEventListener("keydown", (event) => event.key === "Enter" && this.press());
    this.choices = h("div", { class: "kl-examples", role: "group", "aria-label": frame.text("guess.choices") });
    this.show = button(frame.text("guess.show"), "primary", () => this.press());
    this.skip = button(frame.text("guess.skip"), "secondary", () => this.next());
    this.form = h("div", {}, this.field.node, this.choices, h("div", { class: "kx-actions" }, this.show, this.skip));
    this.result = h("div", { class: "kl-result", tabindex: "-1", role: "region", "aria-label": frame.text("guess.result") });
    const intro = h("p", {}, frame.text("guess.intro", { count: series.length }));
    this.quote = h("blockquote", { class: "kl-quote", lang: frame.config.language }, this.beginning);
    this.node = h("section", { class: "kl-guessing", "aria-labelledby": id }, h(frame.heading, { id, class: "kl-part-title" }, frame.text("guess")), intro, this.state, this.quote, this.form, this.result);
    this.begin();
  }

  ready(model) {
    this.model = model;
    usable(this.show, true);
  }

  begin() {
    this.number = -1;
    this.tries = [];
    this.next(false);
    usable(this.show, Boolean(this.model));
  }

  /** The next beginning, or how it went. */
  next(focus = true) {
    if (this.waiting) return;
    this.number += 1;
    this.result.replaceChildren();
    const over = this.number >= this.series.length;
    for (const node of [this.form, this.quote]) node.hidden = over;
    if (over) this.showScore();
    else this.showBeginning(focus);
  }

  showBeginning(focus) {
    const { frame, field } = this;
    const { text, choices } = this.series[this.number];
    this.state.textContent = frame.text("guess.number", { number: this.number + 1, count: this.series.length });
    this.beginning.replaceChildren(text, " ", h("span", { class: "kl-gap", "aria-hidden": "true" }, "…"));
    field.input.value = "";
    const pick = (word) => {
      field.input.value = word;
      this.press();
    };
    const picks = choices.map((word) => h("button", { type: "button", class: "kl-example", onclick: () => pick(word) }, word));
    this.choices.replaceChildren(h("span", {}, frame.text("guess.pick")), ...picks);
    usable(this.show, true);
    if (!focus) return;
    frame.say(`${this.state.textContent}: ${text} …`);
    field.input.focus();
  }

  press() {
    if (!isUsable(this.show) || this.waiting) return;
    this.waiting = true;
    usable(this.show, false);
    this.result.replaceChildren(h("p", { class: "kl-state" }, this.frame.text("guess.wait")));
    this.result.after(this.frame.guard);
    const guess = this.field.input.value.trim();
    this.frame.ask({ what: "guess", number: this.number, guess, model: this.model?.id ?? null }, (message) => this.receive(message));
  }

  receive(message) {
    const { frame } = this;
    if (message.type === "masked") {
      maskedNote(frame, message);
      return;
    }
    this.waiting = !message.end;
    if (message.type === "guess") this.reveal(message);
    else {
      this.result.replaceChildren();
      usable(this.show, true);
      if (message.type === "guard") guardField(frame, message, this.field.input);
    }
    this.done();
  }

  reveal({ first, person, mine }) {
    const { frame } = this;
    const same = (one, other) => one && other && one.word.toLowerCase() === other.word.toLowerCase();
    const went = { guessed: Boolean(mine), first: same(mine, first), person: same(mine, person), model: same(first, person) };
    this.tries.push(went);
    this.form.hidden = true;
    const said = h("p", { class: "kl-state" }, frame.text(`guess.went.${!mine ? "none" : went.first ? "first" : went.person ? "person" : "other"}`));
    const rows = [["guess.first", first], ["guess.person", person], ["guess.mine", mine]].filter(([, one]) => one);
    const source = h("p", { class: "kl-reason" }, frame.text("guess.source", { word: person.word, source: this.series[this.number].source }));
    const last = this.number + 1 === this.series.length;
    const onward = button(frame.text(last ? "guess.end" : "guess.next"), "primary", () => this.next());
    this.result.replaceChildren(madeByModel(frame, this.model?.title ?? "", said, this.table(rows)), source, h("div", { class: "kx-actions" }, onward));
    this.result.focus();
  }

  table(rows) {
    const { frame } = this;
    const heads = ["guess.who", "guess.word", "guess.place", "guess.share"].map((key) => h("th", { scope: "col" }, frame.text(key)));
    const body = rows.map(([key, one]) => h("tr", {}, h("th", { scope: "row" }, frame.text(key)), h("td", {}, one.word), h("td", {}, this.place(one)), h("td", {}, this.share(one))));
    return h("div", { class: "kl-scroll", tabindex: "0", role: "region", "aria-label": frame.text("guess.result") }, h("table", { class: "kl-table" }, h("thead", {}, h("tr", {}, ...heads)), h("tbody", {}, ...body)));
  }

  place({ rank, piece, word }) {
    if (rank === null) return this.frame.text("guess.unlisted");
    return this.frame.text(piece.trim() === word ? "guess.rank" : "guess.rank.piece", { rank, piece: piece.trim() });
  }

  share({ logprob, most }) {
    const share = this.frame.percent(Math.exp(logprob));
    return most && Math.exp(logprob) >= 0.001 ? this.frame.text("lab.tiny", { share }) : share;
  }

  showScore() {
    const { frame, tries } = this;
    const guesses = tries.filter((one) => one.guessed);
    const count = (list, name) => list.filter((one) => one[name]).length;
    this.state.textContent = "";
    const lines = guesses.length ? [frame.text("score.first", { hits: count(guesses, "first"), count: guesses.length }), frame.text("score.person", { hits: count(guesses, "person"), count: guesses.length })] : [frame.text("score.none")];
    if (tries.length) lines.push(frame.text("score.model", { hits: count(tries, "model"), count: tries.length }));
    const again = button(frame.text("guess.again"), "secondary", () => {
      this.begin();
      this.field.input.focus();
    });
    this.result.replaceChildren(h("ul", { class: "kl-score" }, ...lines.map((line) => h("li", {}, line))), h("p", {}, frame.text("score.meaning")), h("div", { class: "kx-actions" }, again));
    this.result.focus();
  }
}
