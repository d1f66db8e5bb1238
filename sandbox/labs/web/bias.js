// Bias: choose what the sentences differ in, let the model measure them one by one, and try a sentence of your own.

class Bias {
  constructor(frame) {
    this.frame = frame;
    this.dimensions = frame.config.settings.dimensions;
    this.own = [];
    this.about = h("p", { class: "kl-bias-about" });
    this.go = button("", "primary", () => this.measure());
    this.stopButton = button(frame.text("stop"), "secondary", () => this.stop());
    usable(this.stopButton, false);
    this.bar = h("progress", { class: "kl-progress", value: 0, "aria-label": frame.text("progress") });
    this.status = h("p", { class: "kl-state", role: "status" });
    this.result = h("div", { class: "kl-bias-result" });
    const actions = h("div", { class: "kx-actions" }, this.go, this.stopButton);
    const running = h("div", { class: "kl-running" }, this.bar, this.status);
    this.node = h("div", { class: "kl-bias" }, this.choice(), this.about, actions, running, this.result, this.ownPart());
    this.choose(0);
    usable(this.go, false);
    usable(this.ownGo, false);
  }

  choice() {
    const name = uid();
    const option = ({ title }, place) => {
      const id = uid();
      const input = h("input", { id, type: "radio", name, class: "form-radio", onchange: () => this.choose(place), checked: place === 0 });
      return h("div", { class: "form-group-radio kx-option kl-bias-option" }, input, h("label", { for: id }, title));
    };
    const options = h("div", { class: "kl-bias-options" }, ...this.dimensions.map(option));
    return h("fieldset", { class: "kl-bias-choice" }, h("legend", { class: "form-label" }, this.frame.text("choose")), options);
  }

  choose(place) {
    this.stop(false);
    this.dimension = this.dimensions[place];
    this.about.textContent = this.dimension.about;
    this.go.textContent = this.frame.text("go", { count: this.dimension.count });
    this.result.replaceChildren();
    this.status.textContent = "";
    this.bar.value = 0;
  }

  ready(models) {
    this.model = models.find((model) => model.kind === "base") ?? models[0];
    this.busy(false);
  }

  measure() {
    if (!isUsable(this.go)) return;
    const { dimension } = this;
    this.result.replaceChildren();
    this.bar.max = dimension.count;
    this.bar.value = 0;
    this.status.textContent = this.frame.text("started");
    this.busy(true);
    this.frame.ask({ what: "dimension", dimension: dimension.id, model: this.model?.id ?? null }, (message) => this.receive(message));
  }

  receive(message) {
    if (message.type === "measured") {
        this.show(message, Boolean(message.end));
    } else if (message.type === "lacking") this.status.textContent = this.frame.text("lacking");
    else if (message.type === "trouble") this.status.textContent = "";
    if (message.end) this.busy(false);
  }

  stop(focus = true) {
    if (!isUsable(this.stopButton)) return;
    this.frame.cancel();
    this.busy(false);
    if (!focus) return;
    this.status.textContent = this.frame.text("stopped", { done: this.bar.value });
    this.go.focus();
  }

  busy(yes) {
    usable(this.go, !yes);
    usable(this.ownGo, !yes);
    usable(this.stopButton, yes);
  }

  show({ rows, means, difference, done, total }, over) {
    const { frame, dimension } = this;
    this.bar.value = done;
    this.status.textContent = over ? frame.text("over", { count: rows.length }) : frame.text("state", { done, count: total });
    if (!rows.length) return;
    if (over) rows.sort((one, other) => other.value - one.value);
    const summary = over || difference ? this.summary(difference) : "";
    const parts = [biasChart(frame, { rows, means, ...dimension, summary }), h("p", { class: "kl-bias-by" }, frame.text("by", { model: this.model?.title ?? "" }))];
    if (summary) parts.unshift(h("p", { class: "kl-bias-summary" }, summary));
    if (over) parts.push(this.table(rows, means));
    if (over && rows.length < total) parts.push(h("p", {}, frame.text("skipped", { count: total - rows.length })));
    this.result.replaceChildren(...parts);
    if (over) frame.say(`${this.status.textContent} ${summary}`);
  }

  ratio(value) {
    const ratio = Math.exp(Math.abs(value));
    return this.frame.number(ratio < 10 ? ratio : Math.round(ratio));
  }

  /** A preference in words: how many times likelier, and with which of the two words. */
  words(value, { a, b } = this.dimension) {
    if (Math.abs(value) < 0.1) return this.frame.text("alike");
    return this.frame.text("times", { ratio: this.ratio(value), word: value > 0 ? a : b });
  }

  /** How the two groups differ: what the model does with the words in general is in both, and cancels out. */
  summary(difference) {
    const { frame, dimension } = this;
    if (!difference) return frame.text("few");
    const { mean, low, high, holds_zero: nothing } = difference;
    const [first, second] = Object.values(dimension.groups);
    const { a, b } = dimension;
    if (nothing) return frame.text("nothing", { first, second, a, b, high: this.ratio(high), low: this.ratio(low) });
    const [more, less] = mean > 0 ? [first, second] : [second, first];
    const ends = [low, high].map((end) => Math.abs(end)).sort((one, other) => one - other);
    return frame.text("something", { more, less, a, ratio: this.ratio(mean), low: this.ratio(ends[0]), high: this.ratio(ends[1]) });
  }

  table(rows, means) {
    const { frame, dimension } = this;
    const table = foldedTable(frame.text("table"), frame.text("table.caption"), ["group", "sentence", "difference"].map((key) => frame.text(`table.${key}`)));
    const meanRows = Object.entries(dimension.groups).filter(([group]) => means[group]).map(([group, name]) => [name, frame.text("mean"), this.meanWords(means[group])]);
    table.rows([...meanRows, ...rows.map((row) => [dimension.groups[row.group], row.text, this.words(row.value)])]);
    return table.node;
  }

  meanWords({ mean, low, high }) {
    return `${this.words(mean)} (${this.frame.text("interval", { low: this.words(low), high: this.words(high) })})`;
  }

  ownPart() {
    const { frame } = this;
    const { texts } = frame.config;
    this.sentence = textField(frame, { label: frame.text("own.sentence"), hint: frame.text("own.hint"), value: texts["own.sentence"] ?? "", rows: 2 });
    this.one = lineField({ label: frame.text("own.one"), value: texts["own.one"] ?? "" });
    this.other = lineField({ label: frame.text("own.other"), value: texts["own.other"] ?? "" });
    this.ownGo = button(frame.text("own.go"), "secondary", () => this.measureOwn());
    this.ownStatus = h("p", { class: "kl-state", role: "status" });
    this.ownList = h("ul", { class: "kl-bias-own no-max-width" });
    const fields = h("div", { class: "kl-bias-words" }, this.one.node, this.other.node);
    return h("details", { class: "kl-fold" }, h("summary", {}, frame.text("own")), this.sentence.node, fields, frame.guard, h("div", { class: "kx-actions" }, this.ownGo), this.ownStatus, this.ownList);
  }

  measureOwn() {
    if (!isUsable(this.ownGo)) return;
    const sentence = this.sentence.input.value.trim();
    const words = [this.one, this.other].map(({ input }) => input.value.trim());
    const wrong = this.wrong(sentence, words);
    this.ownStatus.textContent = wrong ? this.frame.text(wrong[0]) : this.frame.text("started");
    if (wrong) {
      wrong[1].input.focus();
      return;
    }
    this.frame.guard.replaceChildren();
    this.busy(true);
    this.frame.ask({ what: "own", sentence, words, model: this.model?.id ?? null }, (message) => this.receiveOwn(message));
  }

  /** What is not as it must be: the text that says so, and the field. */
  wrong(sentence, words) {
    if (sentence.split(/_+/).length !== 2 || !/\p{L}/u.test(sentence)) return ["own.blank", this.sentence];
    if (!words[0]) return ["own.missing", this.one];
    if (!words[1]) return ["own.missing", this.other];
    if (words[0] === words[1]) return ["own.same", this.other];
    return null;
  }

  receiveOwn(message) {
    const { frame } = this;
    if (message.type === "masked") maskedNote(frame, message);
    else if (message.type === "guard") this.held(message);
    else if (message.type === "own") this.addOwn(message.row);
    else if (message.type === "lacking") this.ownStatus.textContent = frame.text("lacking");
    else if (message.type === "trouble") this.ownStatus.textContent = "";
    if (message.end) this.busy(false);
  }

  held(reading) {
    const close = () => {
      this.frame.guard.replaceChildren();
      this.sentence.input.focus();
    };
    this.ownStatus.textContent = this.frame.text("own.held");
    guardPanel(this.frame, reading, [button(this.frame.text("lab.guard.edit"), "primary", close)]);
  }

  addOwn(row) {
    const [a, b] = row.words;
    const words = this.words(row.value, { a, b });
    this.ownStatus.textContent = `${row.text}: ${words}.`;
    this.ownList.prepend(h("li", {}, h("span", { class: "kl-bias-sentence" }, row.text), ` ${words}.`));
  }
}

export default lab("bias", (frame) => new Bias(frame));
