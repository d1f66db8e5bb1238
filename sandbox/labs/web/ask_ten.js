// The same question asked again and again: the answers as they come, and how many of them differ.

class AskTen {
  constructor(frame) {
    this.frame = frame;
    const { texts, settings } = frame.config;
    this.count = settings.count ?? 10;
    this.question = textField(frame, { label: frame.text("question"), value: texts.prompt, rows: 2 });
    this.opening = lineField({ label: frame.text("opening"), hint: frame.text("opening.hint"), value: texts.answer_start ?? "" });
    this.temperature = slider({ label: frame.text("temperature"), hint: frame.text("temperature.hint"), min: 0, max: 2, step: 0.1, value: settings.temperature ?? 0.8, words: (value) => frame.number(value) });
    this.go = button(frame.text("go", { count: this.count }), "primary", () => this.press());
    this.stopButton = button(frame.text("stop"), "secondary", () => this.stop());
    usable(this.stopButton, false);
    this.bar = h("progress", { class: "kl-progress", max: this.count, value: 0, "aria-label": frame.text("progress") });
    this.status = h("p", { class: "kl-state", role: "status" });
    this.answers = h("ol", { class: "kl-answers no-max-width" });
    this.groups = foldedTable(frame.text("table"), frame.text("table.caption"), [frame.text("table.answer"), frame.text("table.times")]);
    this.result = madeByModel(frame, "", this.answers, this.groups.node);
    this.result.hidden = true;
    this.whole = h("pre", { class: "kl-frame" });
    const whole = texts.frame ? h("details", { class: "kl-fold" }, h("summary", {}, frame.text("frame")), this.whole) : null;
    for (const { input } of [this.question, this.opening]) input.addEventListener("input", () => this.showWhole());
    this.showWhole();
    this.node = h("div", { class: "kl-ask" }, this.question.node, this.opening.node, frame.guard, this.temperature.node, whole);
    this.node.append(h("div", { class: "kx-actions" }, this.go, this.stopButton), h("div", { class: "kl-running" }, this.bar, this.status), this.result);
  }

  /** The whole text that the model goes on with. */
  showWhole() {
    const question = this.question.input.value.trim();
    const text = this.frame.config.texts.frame?.replace("{question}", () => question) ?? "";
    this.whole.textContent = `${text} ${this.opening.input.value.trim()}`.trimEnd();
  }

  ready(models) {
    this.model = models.find((model) => model.kind === "base") ?? models[0];
    this.result.querySelector(".kl-mark").lastChild.textContent = ` ${this.model?.title ?? ""}`;
    this.result.setAttribute("data-ai-model", this.model?.title ?? "");
  }

  press() {
    if (!isUsable(this.go)) return;
    const question = this.question.input.value;
    if (!question.trim()) {
      this.status.textContent = this.frame.text("empty");
      this.question.input.focus();
      return;
    }
    this.frame.guard.replaceChildren();
    this.given = [];
    this.answers.replaceChildren();
    this.show(false);
    this.busy(true);
    const payload = { question, opening: this.opening.input.value.trim(), temperature: this.temperature.get(), model: this.model?.id ?? null };
    this.frame.ask(payload, (message) => this.receive(message));
  }

  receive(message) {
    if (message.type === "masked") maskedNote(this.frame, message);
    else if (message.type === "guard") {
      this.busy(false);
      guardField(this.frame, message, this[message.field].input, () => this.showWhole());
    } else if (message.type === "answers") {
      this.given = message.answers;
      this.show(Boolean(message.end));
    } else if (message.type === "trouble") this.show(true);
    if (message.end) this.busy(false);
  }

  stop() {
    if (!isUsable(this.stopButton)) return;
    this.frame.cancel();
    this.busy(false);
    this.show(true);
    this.go.focus();
  }

  /** Answers that are the same in all but signs and capitals have the same letter. */
  groupsOf(answers) {
    const groups = new Map();
    for (const answer of answers) {
      const key = answer.toLocaleLowerCase(this.frame.config.language).replace(/[\s\p{P}]+/gu, " ").trim();
      if (!groups.has(key)) groups.set(key, { letter: String.fromCharCode(65 + groups.size), answer, times: 0 });
      groups.get(key).times += 1;
    }
    return groups;
  }

  show(over) {
    const { frame, given } = this;
    const groups = this.groupsOf(given);
    const letters = given.map((answer) => [...this.groupsOf([answer]).keys()][0]).map((key) => groups.get(key));
    given.forEach((answer, place) => {
      if (place < this.answers.children.length) return;
      const { letter } = letters[place];
      this.answers.append(h("li", { class: "kl-one", "data-letter": letter }, h("span", { class: "kl-letter" }, h("span", { class: "kx-sr-only" }, `${frame.text("kind")} `), letter), h("span", { class: "kl-words" }, answer || frame.text("nothing"))));
    });
    this.result.hidden = given.length === 0;
    this.bar.value = given.length;
    const values = { done: given.length, count: this.count, different: groups.size };
    this.status.textContent = frame.text(this.stateKey(over, given.length, groups.size), values);
    this.groups.rows([...groups.values()].sort((one, other) => other.times - one.times).map((group) => [`${group.letter}: ${group.answer || frame.text("nothing")}`, String(group.times)]));
  }

  stateKey(over, done, different) {
    if (!over) return done ? "state" : "started";
    if (!done) return "none";
    return done > 1 && different === 1 ? "same" : "over";
  }

  busy(yes) {
    usable(this.go, !yes);
    usable(this.stopButton, yes);
  }
}

export default lab("ask_ten", (frame) => new AskTen(frame));
