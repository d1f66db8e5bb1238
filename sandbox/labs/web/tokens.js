// A text cut into tokens, one language beside the other: the pieces, how many there are, and how many a word takes.
// On a page of its own also what that costs, and why letters are hard to count (letters.js).

const CUT_PAUSE_MS = 400;
const LANGUAGES = ["da", "en"];

class Tokens {
  constructor(frame) {
    this.frame = frame;
    this.models = modelChoice(frame, () => this.cut(), false);
    this.sides = LANGUAGES.map((language) => this.makeSide(language));
    this.compared = h("p", { class: "kl-compared", role: "status" });
    this.node = h("div", { class: "kl-tokens" }, this.models.node, frame.guard, h("div", { class: "kl-sides" }, ...this.sides.map((side) => side.node)), this.compared);
    if (!frame.config.texts.title) this.addMore(); // on a page of its own
  }

  addMore() {
    this.cost = new Cost(this.frame);
    this.letters = new Letters(this.frame, { typed: () => this.typed(), count: (word) => this.count(word) });
    this.node.append(this.cost.node, this.letters.node);
  }

  /** Ask what the model writes when it is to count letters. */
  count(word) {
    this.letters.answer.replaceChildren(h("p", { class: "kl-state" }, this.frame.text("letters.wait")));
    this.frame.ask({ what: "count", word, model: this.models.get()?.id ?? null }, (message) => this.receive(message));
  }

  makeSide(language) {
    const { frame } = this;
    const field = textField(frame, { label: frame.text(`text.${language}`), value: frame.config.texts[`prompt.${language}`], lang: language, oninput: () => this.typed() });
    const pieces = h("ol", { class: "kl-pieces no-max-width", "aria-label": frame.text(`pieces.${language}`) });
    const count = h("p", { class: "kl-count" });
    const table = foldedTable(frame.text("table"), frame.text(`pieces.${language}`), [frame.text("table.number"), frame.text("table.piece"), frame.text("table.id")]);
    const node = h("section", { class: "kl-side", "aria-label": frame.text(`side.${language}`) }, field.node, count, pieces, table.node);
    return { language, field, pieces, count, table, node };
  }

  ready(models) {
    this.models.node.hidden = models.length < 2;
    this.models.set(models);
    this.cut();
  }

  back() {
    this.cut();
  }

  typed() {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.cut(), CUT_PAUSE_MS);
  }

  cut() {
    const texts = this.sides.map((side) => side.field.input.value);
    if (this.letters) texts.push(this.letters.get());
    this.frame.ask({ texts, model: this.models.get()?.id ?? null }, (message) => this.receive(message));
  }

  receive(message) {
    if (message.type === "masked") maskedNote(this.frame, message);
    else if (message.type === "guard") this.held(message);
    else if (message.type === "tokens") {
      if (!message.masked) this.frame.guard.replaceChildren();
      this.sides.forEach((side, place) => this.show(side, message.sides[place]));
      this.letters?.show(message.sides[2], (token, place) => this.makePiece(token, place));
      this.compare();
    } else if (message.type === "count") this.letters.counted(message, this.models.get());
    else if (message.type === "trouble") this.letters?.answer.replaceChildren();
  }

  held(reading) {
    const field = this.sides[reading.side]?.field ?? this.letters.word;
    this.letters?.answer.replaceChildren();
    guardField(this.frame, reading, field.input, () => this.cut());
  }

  show(side, tokens) {
    const { frame } = this;
    side.pieces.replaceChildren(...tokens.map((token, place) => this.makePiece(token, place)));
    const words = side.field.input.value.split(/\s+/).filter(Boolean).length;
    side.count.textContent = words ? frame.text("count", { tokens: tokens.length, words, each: frame.number(tokens.length / words) }) : frame.text("empty");
    side.tokens = tokens.length;
    side.each = words ? tokens.length / words : null;
    side.table.rows(tokens.map((token, place) => [String(place + 1), this.readable(token.text), String(token.id)]));
  }

  /** Each piece has an edge and a number above it, so that the colour is never the only sign. */
  makePiece({ text }, place) {
    const shown = text.replaceAll(" ", "\u2423").replaceAll("\n", "\u21b5");
    return h("li", { class: "kl-piece", "data-shade": String(place % 4) }, h("span", { "aria-hidden": "true" }, shown), h("span", { class: "kx-sr-only" }, this.readable(text)));
  }

  readable(text) {
    if (text.includes("\ufffd")) return this.frame.text("lab.piece.part");
    if (text.trim() === "") return this.frame.text(text.includes("\n") ? "lab.piece.line" : "lab.piece.space");
    return text.trim();
  }

  compare() {
    this.cost?.show(...this.sides);
    const [danish, english] = this.sides.map((side) => side.each);
    const known = danish && english;
    this.compared.textContent = known ? this.frame.text("compared", { danish: this.frame.number(danish), english: this.frame.number(english) }) : "";
  }
}

export default lab("tokens", (frame) => new Tokens(frame));
