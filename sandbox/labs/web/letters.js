// Why letters are hard to count: a word as people read it, the same word as the model gets it, and the model's own count.
// It does not know how a text is cut.

class Letters {
  constructor(frame, { typed, count }) {
    this.frame = frame;
    const id = uid();
    this.word = lineField({ label: frame.text("letters.word"), value: frame.text("letters.example") });
    this.letter = lineField({ label: frame.text("letters.letter"), value: frame.text("letters.example.letter") });
    this.letter.input.maxLength = 1;
    this.word.input.addEventListener("input", typed);
    this.letter.input.addEventListener("input", () => this.draw());
    this.read = h("p", {});
    this.spelled = h("p", { class: "kl-spelled", "aria-hidden": "true" });
    this.given = h("p", {});
    this.pieces = h("ol", { class: "kl-pieces no-max-width", "aria-label": frame.text("letters.pieces") });
    this.go = button(frame.text("letters.go"), "secondary", () => isUsable(this.go) && this.get() && count(this.get()));
    this.answer = h("div", { role: "status" });
    this.prompt = h("pre", { class: "kl-frame" });
    this.whole = h("details", { class: "kl-fold" }, h("summary", {}, frame.text("letters.whole")), this.prompt);
    const fields = h("div", { class: "kl-two" }, this.word.node, this.letter.node);
    this.node = h("section", { class: "kl-letters", "aria-labelledby": id }, h(frame.heading, { id, class: "kl-part-title" }, frame.text("letters")), fields, this.read, this.spelled, this.given, this.pieces, h("p", {}, frame.text("letters.why")), h("div", { class: "kx-actions" }, this.go), this.answer, this.whole);
    this.tokens = [];
  }

  get() {
    return this.word.input.value.trim();
  }

  show(tokens, makePiece) {
    this.tokens = tokens;
    this.pieces.replaceChildren(...tokens.map(makePiece));
    this.answer.replaceChildren();
    this.draw();
  }

  draw() {
    const { frame, tokens } = this;
    const word = this.get();
    const letters = [...word].filter((sign) => /\p{L}/u.test(sign));
    const letter = this.letter.input.value.trim().toLowerCase();
    const hit = (sign) => letter !== "" && sign.toLowerCase() === letter;
    this.letters = letters.length;
    usable(this.go, Boolean(word));
    for (const node of [this.read, this.given, this.spelled]) node.hidden = !word;
    this.read.textContent = letter ? frame.text("letters.read.letter", { word, count: letters.length, letter, times: letters.filter(hit).length }) : frame.text("letters.read", { word, count: letters.length });
    this.spelled.replaceChildren(...[...word].map((sign) => h("span", { class: hit(sign) ? "kl-sign kl-hit" : "kl-sign" }, sign)));
    this.given.textContent = frame.text(tokens.length === 1 ? "letters.given.one" : "letters.given", { count: tokens.length, numbers: tokens.map((token) => token.id).join(", ") });
    this.prompt.textContent = frame.text("letters.frame", { word });
  }

  counted({ word, text }, model) {
    const { frame } = this;
    const said = h("p", { class: "kl-answer" }, h("span", { class: "kl-given" }, frame.text("letters.frame", { word }).split("\n").at(-1)), ` ${text}`);
    const article = madeByModel(frame, model?.title ?? "", said, h("p", { class: "kl-check" }, frame.text("letters.truth", { count: this.letters })));
    this.answer.replaceChildren(article);
  }
}

/** What more tokens mean for price, speed and room; no prices of our own, for they change. */
class Cost {
  constructor(frame) {
    this.frame = frame;
    const id = uid();
    this.lead = h("p", { role: "status" });
    this.list = h("ul", {});
    this.price = lineField({ label: frame.text("cost.price"), hint: frame.text("cost.price.hint") });
    this.price.input.inputMode = "decimal";
    this.price.input.addEventListener("input", () => this.draw());
    this.sum = h("p", { class: "kl-count", role: "status" });
    this.node = h("section", { class: "kl-cost", "aria-labelledby": id }, h(frame.heading, { id, class: "kl-part-title" }, frame.text("cost")), this.lead, this.list, this.price.node, this.sum);
    this.node.hidden = true;
  }

  /** Numbers of tokens, and tokens a word, of the Danish text and the English one. */
  show(danish, english) {
    Object.assign(this, { danish, english });
    this.node.hidden = !(danish.tokens && english.tokens);
    if (!this.node.hidden) this.draw();
  }

  draw() {
    const { frame, danish, english } = this;
    const more = danish.tokens / english.tokens - 1;
    const share = new Intl.NumberFormat(frame.config.language, { style: "percent", maximumFractionDigits: 0 }).format(Math.abs(more));
    const kind = Math.abs(more) < 0.005 ? "same" : more > 0 ? "more" : "less";
    const whole = new Intl.NumberFormat(frame.config.language, { maximumFractionDigits: 0 });
    this.lead.textContent = frame.text(`cost.${kind}`, { share, danish: danish.tokens, english: english.tokens });
    const rows = ["price", "speed", "room"].map((name) => (name === "room" ? "cost.room" : `cost.${kind}.${name}`));
    const values = { share, danish: whole.format(1000 / danish.each), english: whole.format(1000 / english.each) };
    this.list.replaceChildren(...rows.map((key) => h("li", {}, frame.text(key, values))));
    this.sum.textContent = this.priced();
  }

  priced() {
    const { frame, danish, english } = this;
    const written = this.price.input.value.trim();
    if (!written) return "";
    const price = Number(written.replace(/\s/g, "").replace(",", "."));
    if (!Number.isFinite(price) || price < 0) return frame.text("cost.price.wrong", { written });
    const money = new Intl.NumberFormat(frame.config.language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    return frame.text("cost.price.sum", { danish: money.format((danish.tokens * price) / 100), english: money.format((english.tokens * price) / 100) });
  }
}
