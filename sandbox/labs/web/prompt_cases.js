// A prompt of one's own: tried on a few open cases, counted on hidden ones, one attempt after the other.
// What is written stays while the page is open, and nowhere else. It knows neither the hidden cases nor the rule.

const CHANCE = 1; // a difference of so many cases may be chance
const ROWS = { least: 6, most: 18 };

/** The open cases with their answers, and what the model wrote. */
class OpenCases {
  constructor(frame, cases) {
    this.frame = frame;
    this.cases = cases;
    this.node = h("div", { class: "kl-open" });
    this.show([], "");
  }

  show(answers, title) {
    const { frame } = this;
    const heads = ["case", "expected", "written"].map((key) => h("th", { scope: "col", role: "columnheader" }, frame.text(`open.${key}`)));
    const rows = this.cases.map((one, number) => h("tr", { role: "row" }, h("th", { scope: "row", role: "rowheader" }, one.text), this.cell("expected", one.answer), this.cell("written", ...this.words(answers[number]))));
    const caption = h("caption", {}, frame.text("open.caption"));
    const table = h("table", { class: "kl-table kl-cases", role: "table" }, caption, h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ...heads)), h("tbody", { role: "rowgroup" }, ...rows));
    this.node.replaceChildren(answers.length ? madeByModel(frame, title, table) : table);
  }

  cell(key, ...children) {
    return h("td", { role: "cell" }, h("span", { class: "kl-cell-name", "aria-hidden": "true" }, this.frame.text(`open.${key}`)), h("span", {}, ...children));
  }

  words(answer) {
    if (!answer) return ["–"];
    const verdict = this.frame.text(answer.right ? "verdict.right" : "verdict.wrong");
    return [h("span", { class: "kl-words" }, answer.text || this.frame.text("nothing")), h("span", { class: "kl-verdict", "data-right": String(answer.right) }, verdict)];
  }
}

class PromptCases {
  constructor(frame) {
    const { texts, settings } = frame.config;
    Object.assign(this, { frame, settings, before: [], title: "" });
    this.open = new OpenCases(frame, settings.open);
    this.prompt = textField(frame, { label: frame.text("prompt"), hint: frame.text("prompt.hint", settings), value: texts.prompt, rows: ROWS.least, oninput: () => this.showWhole() });
    this.whole = h("pre", { class: "kl-frame" });
    this.makeButtons();
    this.bar = h("progress", { class: "kl-progress", value: 0, max: settings.count, "aria-label": frame.text("progress") });
    this.status = h("p", { class: "kl-state", role: "status" });
    this.pinned = h("p", { class: "kl-expect" });
    this.score = h("div", { class: "kl-result", role: "status" });
    this.attempts = new Attempts(frame, (prompt, number) => this.replace(prompt, frame.text("taken", { number })));
    this.showWhole();
    this.node = h("div", { class: "kl-prompt-cases" }, h("p", { class: "kl-about" }, settings.about), h("p", { class: "kl-rule" }, h("strong", {}, `${frame.text("rule")} `), settings.rule), this.open.node, this.prompt.node, frame.guard, h("div", { class: "kx-actions" }, this.undo, this.reset), this.hints());
    this.node.append(h("details", { class: "kl-fold" }, h("summary", {}, frame.text("whole")), this.whole), this.pinned, h("div", { class: "kx-actions" }, this.go, this.tryOpen, this.stopButton), h("div", { class: "kl-running" }, this.bar, this.status), this.score, this.attempts.node);
  }

  makeButtons() {
    const { frame, settings } = this;
    this.go = button(frame.text("go", settings), "primary", () => this.press(this.go, "hidden"));
    this.tryOpen = button(frame.text("go.open"), "secondary", () => this.press(this.tryOpen, "open"));
    this.stopButton = button(frame.text("stop"), "secondary", () => this.stop());
    this.undo = button(frame.text("undo"), "secondary", () => this.takeBack());
    this.reset = button(frame.text("reset"), "secondary", () => this.replace(frame.config.texts.prompt, frame.text("reset.done")));
    this.busy(true);
    usable(this.stopButton, false);
    usable(this.undo, false);
  }

  /** Three hints in order, each in a fold; the second can put the examples in. */
  hints() {
    const { frame, settings } = this;
    const insert = button(frame.text("insert"), "secondary", () => this.insertExamples());
    const folds = settings.hints.map((hint, place) => {
      const more = place === 1 ? [h("pre", { class: "kl-frame" }, settings.examples), h("div", { class: "kx-actions" }, insert)] : [];
      return h("details", {}, h("summary", {}, frame.text(`hint.${place + 1}`)), h("p", { class: "kl-hint" }, hint), ...more);
    });
    return h("details", { class: "kl-fold kl-hints" }, h("summary", {}, frame.text("hints")), ...folds);
  }

  /** The examples go in front of the paragraph that holds the case. */
  insertExamples() {
    const text = this.prompt.input.value;
    const paragraphs = text.split(/\n{2,}/);
    const place = paragraphs.findIndex((paragraph) => /\{(sag|case)\}/.test(paragraph));
    paragraphs.splice(place < 0 ? paragraphs.length : place, 0, this.settings.examples);
    this.replace(paragraphs.join("\n\n"), this.frame.text("inserted"));
  }

  /** Put another text in the field; what stood there can be had back. */
  replace(text, said) {
    if (text === this.prompt.input.value) return;
    this.before.push(this.prompt.input.value);
    this.put(text, said);
  }

  takeBack() {
    if (isUsable(this.undo)) this.put(this.before.pop(), this.frame.text("undone"));
  }

  put(text, said) {
    this.prompt.input.value = text;
    this.showWhole();
    usable(this.undo, this.before.length > 0);
    this.frame.say(said);
  }

  /** What the model gets for the first open case; and the field grows with what is written. */
  showWhole() {
    const lines = this.prompt.input.value.split("\n").length;
    this.prompt.input.rows = Math.min(ROWS.most, Math.max(ROWS.least, lines + 1));
    this.whole.textContent = this.prompt.input.value.replace(/\{(sag|case)\}/g, () => this.settings.open[0].text);
  }

  ready(models) {
    const model = models.find((one) => one.id === this.settings.model);
    this.title = model?.title ?? "";
    this.pinned.textContent = model ? this.frame.text("model", model) : this.frame.text("model.missing", this.settings);
    if (!this.frame.current) this.busy(!model);
  }

  press(pressed, what) {
    if (!isUsable(pressed)) return;
    const prompt = this.prompt.input.value;
    if (!/\{(sag|case)\}/.test(prompt)) {
      this.status.textContent = this.frame.text("no-place", this.settings);
      this.prompt.input.focus();
      return;
    }
    this.frame.guard.replaceChildren();
    this.score.replaceChildren();
    this.pressed = pressed;
    this.busy(true);
    usable(this.stopButton, true);
    this.progress(0, what === "open" ? this.settings.open.length : this.settings.count, "started");
    this.frame.ask({ what, prompt }, (message) => this.receive(message, prompt));
  }

  receive(message, prompt) {
    if (message.type === "masked") maskedNote(this.frame, message);
    else if (message.type === "guard") this.heldBack(message);
    else if (message.type === "open") this.showOpen(message);
    else if (message.type === "count") this.showCount(message, prompt);
    else if (message.type === "trouble") this.status.textContent = this.frame.text("broken");
    if (message.end) this.over();
  }

  heldBack(message) {
    this.status.textContent = "";
    guardField(this.frame, message, this.prompt.input, () => this.showWhole());
  }

  showOpen({ answers, end }) {
    this.open.show(answers, this.title);
    this.progress(answers.length, this.settings.open.length, end ? "open.done" : "open.state", { right: answers.filter((one) => one.right).length });
  }

  showCount({ done, right, misses, end }, prompt) {
    const { count } = this.settings;
    this.progress(done, count, end ? "done" : "state", { right, now: done + 1 });
    if (!end) return;
    const attempt = { prompt, right, count };
    this.showScore(attempt, misses);
    this.attempts.add(attempt);
  }

  showScore(attempt, misses) {
    const { frame, settings } = this;
    const { last } = this.attempts;
    const kinds = misses.map(({ why, times }) => h("li", {}, frame.text(`miss.${settings.kind}.${why}`, { times })));
    const change = last ? [h("p", {}, this.changeWords(attempt.right - last.right))] : [];
    const rest = kinds.length ? [h("p", { class: "kl-small-title" }, frame.text("misses")), h("ul", {}, ...kinds)] : [h("p", {}, frame.text("misses.none"))];
    this.score.replaceChildren(h("p", { class: "kl-big" }, frame.text("score", attempt)), h("p", {}, frame.text("score.of")), ...change, ...rest);
  }

  changeWords(more) {
    const { frame } = this;
    const words = frame.text(`compared.${signOf(more)}`, { more: Math.abs(more) });
    return Math.abs(more) === CHANCE ? `${words} ${frame.text("chance")}` : words;
  }

  progress(done, count, key, values) {
    this.bar.max = count;
    this.bar.value = done;
    this.status.textContent = this.frame.text(key, { done, count, ...values });
  }

  stop() {
    if (!isUsable(this.stopButton)) return;
    this.frame.cancel();
    this.progress(this.bar.value, this.bar.max, "stopped");
    this.over();
    this.pressed.focus();
  }

  over() {
    this.busy(false);
    usable(this.stopButton, false);
  }

  busy(yes) {
    usable(this.go, !yes);
    usable(this.tryOpen, !yes);
  }
}

export default lab("prompt_cases", (frame) => new PromptCases(frame));
