// The next word: the likeliest next pieces of a text as bars, three sliders that reshape them, and a die.

const SHOWN = 10;
const PAUSE_MS = 350;

class NextWord {
  constructor(frame) {
    this.frame = frame;
    const { texts, settings } = frame.config;
    this.begin = texts.prompt;
    this.before = [];
    this.found = null;
    this.field = textField(frame, { label: frame.text("text"), hint: frame.text("text.hint"), value: this.begin, oninput: () => this.typed() });
    this.sliders = this.makeSliders(settings);
    this.bars = h("ol", { class: "kl-bars no-max-width", "aria-label": frame.text("bars") });
    this.rest = h("p", { class: "kl-rest" });
    this.table = foldedTable(frame.text("table"), frame.text("bars"), ["table.rank", "table.piece", "table.before", "table.after"].map((key) => frame.text(key)));
    this.dice = button(frame.text("roll"), "primary", () => this.roll());
    this.undoButton = button(frame.text("undo"), "secondary", () => this.undo());
    this.resetButton = button(frame.text("reset"), "secondary", () => this.reset());
    const chart = madeByModel(frame, "", this.bars, this.rest, this.table.node);
    this.title = chart.querySelector(".kl-mark");
    this.fallen = h("p", { class: "kl-state" });
    const actions = h("div", { class: "kx-actions" }, this.dice, this.undoButton, this.resetButton);
    const controls = h("fieldset", { class: "kl-sliders" }, h("legend", { class: "form-label" }, frame.text("sliders")), ...Object.values(this.sliders).map((one) => one.node));
    this.chart = chart;
    const own = h("div", { class: "kl-own" }, this.field.node, frame.guard, actions, this.fallen, chart, controls);
    this.node = h("div", { class: "kl-next" }, own);
    if (frame.config.series) this.addGuessing(own);
    this.draw();
  }

  /** On a page of its own: guess first, then the learner's own text. */
  addGuessing(own) {
    const { frame } = this;
    const done = () => this.chart.getAttribute("aria-busy") === "true" && this.look();
    this.guessing = new Guessing(frame, frame.config.series, done);
    own.prepend(h(frame.heading, { class: "kl-part-title" }, frame.text("own")));
    this.node.prepend(this.guessing.node);
  }

  makeSliders({ temperature = 1, top_k = 0, top_p = 1 }) {
    const { frame } = this;
    const oninput = () => this.draw();
    const all = frame.text("all");
    return {
      temperature: slider({ label: frame.text("temperature"), hint: frame.text("temperature.hint"), min: 0, max: 2, step: 0.1, value: temperature, words: (value) => frame.number(value), oninput }),
      topK: slider({ label: "Top-k", hint: frame.text("top_k.hint"), min: 1, max: 51, step: 1, value: top_k || 51, words: (value) => (value > 50 ? all : frame.number(value)), oninput }),
      topP: slider({ label: "Top-p", hint: frame.text("top_p.hint"), min: 0.05, max: 1, step: 0.05, value: top_p, words: (value) => (value >= 1 ? all : frame.percent(value)), oninput }),
    };
  }

  settings() {
    const topK = this.sliders.topK.get();
    return { temperature: this.sliders.temperature.get(), topK: topK > 50 ? 0 : topK, topP: this.sliders.topP.get() };
  }

  ready(models) {
    this.model = models.find((model) => model.kind === "base") ?? models[0];
    this.title.lastChild.textContent = ` ${this.frame.text("by", { model: this.model?.title ?? "" })}`;
    this.chart.setAttribute("data-ai-model", this.model?.title ?? "");
    this.guessing?.ready(this.model);
    this.look();
  }

  back() {
    this.look();
  }

  typed() {
    this.fallen.textContent = "";
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.look(), PAUSE_MS);
  }

  setText(text, remember = true) {
    if (remember && text !== this.field.input.value) this.before.push(this.field.input.value);
    this.field.input.value = text;
    this.look();
  }

  reset() {
    this.fallen.textContent = "";
    this.setText(this.begin);
  }

  undo() {
    this.fallen.textContent = "";
    if (this.before.length) this.setText(this.before.pop(), false);
    usable(this.undoButton, this.before.length > 0);
  }

  /** Spaces at the end would make the model guess at a second space. */
  asked() {
    return this.field.input.value.replace(/ +$/, "");
  }

  look() {
    clearTimeout(this.pause);
    usable(this.undoButton, this.before.length > 0);
    if (this.guessing?.waiting) {
      this.pause = setTimeout(() => this.look(), PAUSE_MS);
      return;
    }
    this.field.node.after(this.frame.guard);
    const text = this.asked();
    if (!text.trim()) {
      this.frame.cancel();
      this.frame.guard.replaceChildren();
      this.found = null;
      this.draw();
      return;
    }
    this.chart.setAttribute("aria-busy", "true");
    usable(this.dice, false);
    this.frame.ask({ what: "next", text, model: this.model?.id ?? null }, (message) => this.receive(message, text));
  }

  receive(message, text) {
    const { frame } = this;
    if (message.type === "masked") maskedNote(frame, message);
    else if (message.type === "guard") {
      this.found = null;
      this.draw();
      guardField(frame, message, this.field.input, () => this.look());
    } else if (message.type === "next") this.show(message, text);
    else if (message.type === "rest") this.append(message.text, text);
    else if (message.type === "trouble") this.draw();
    if (message.end) this.chart.setAttribute("aria-busy", "false");
  }

  show({ candidates, masked }, text) {
    if (!masked) this.frame.guard.replaceChildren();
    this.found = candidates.length ? { candidates, text } : null;
    this.draw();
    if (!candidates.length) this.rest.textContent = this.frame.text("ended");
    if (!candidates.length) return;
    const [first] = this.rows();
    const likeliest = this.frame.text("likeliest", { piece: first.words, share: this.frame.percent(first.share) });
    this.frame.say(`${this.fallen.textContent} ${likeliest}`);
  }

  rows() {
    const { candidates } = this.found;
    this.shape = reshape(candidates.map((one) => one.logprob), this.settings());
    return candidates.map((one, rank) => ({ ...one, rank, words: pieceWords(this.frame, one.text), share: this.shape.shares[rank], plain: Math.exp(one.logprob) }));
  }

  draw() {
    const { frame } = this;
    usable(this.dice, Boolean(this.found));
    if (!this.found) {
      this.bars.replaceChildren();
      this.rest.textContent = this.field.input.value.trim() ? "" : frame.text("empty");
      this.table.rows([]);
      return;
    }
    const rows = this.rows();
    const shown = rows.slice(0, SHOWN);
    this.drawBars(shown);
    const others = Math.max(0, 1 - shown.reduce((sum, row) => sum + row.share, 0));
    this.rest.textContent = frame.text("rest", { share: frame.percent(others < 1e-6 ? 0 : others) });
    this.table.rows(shown.map((row) => [String(row.rank + 1), row.words, frame.percent(row.plain), this.shareWords(row)]));
  }

  shareWords(row) {
    return row.share === 0 ? this.frame.text("out") : this.frame.percent(row.share);
  }

  drawBars(rows) {
    while (this.bars.children.length > rows.length) this.bars.lastChild.remove();
    while (this.bars.children.length < rows.length) this.bars.append(this.makeBar());
    for (const [place, row] of rows.entries()) {
      const bar = this.bars.children[place];
      bar.pick = row;
      bar.classList.toggle("kl-out", row.share === 0);
      bar.querySelector(".kl-bar-piece").textContent = row.words;
      bar.querySelector(".kl-bar-share").textContent = this.shareWords(row);
      bar.querySelector(".kl-bar-fill").style.width = `${row.share * 100}%`;
    }
  }

  makeBar() {
    const item = h("li", { class: "kl-bar" });
    const fill = h("span", { class: "kl-bar-track", "aria-hidden": "true" }, h("span", { class: "kl-bar-fill" }));
    const choose = () => this.append(item.pick.text, this.found.text, "chosen");
    item.append(h("button", { type: "button", class: "kl-bar-button", onclick: choose }, h("span", { class: "kl-bar-piece" }), fill, h("span", { class: "kl-bar-share" })));
    return item;
  }

  roll() {
    if (!isUsable(this.dice) || !this.found) return;
    const rank = fallsOn(this.shape.shares, Math.random());
    const { text, candidates } = this.found;
    if (rank >= 0) {
      this.append(candidates[rank].text, text);
      return;
    }
    usable(this.dice, false);
    const known = candidates.map((one) => one.text);
    this.frame.ask({ what: "rest", text, known, model: this.model?.id ?? null, temperature: this.settings().temperature }, (message) => this.receive(message, text));
  }

  append(piece, text, how = "rolled") {
    const { frame } = this;
    const words = pieceWords(frame, piece);
    const ended = words === frame.text("lab.piece.end");
    this.fallen.textContent = ended ? frame.text("ended") : frame.text(how, { piece: words });
    frame.say(this.fallen.textContent);
    if (ended) {
      usable(this.dice, true);
      return;
    }
    this.setText(text + piece);
    const { input } = this.field;
    input.scrollTop = input.scrollHeight;
  }
}

export default lab("next_word", (frame) => new NextWord(frame));
