// The prompt lab: choose a task, write two prompts, switch examples on and off, and compare by rule or by a blind vote.
// What is written for each task stays while the page is open, and nowhere else. It does not know the rules.

const VOTED_CASES = 5;

/** One prompt: its text and which of the task's examples it gets. */
class PromptField {
  constructor(frame, side, onchange) {
    this.frame = frame;
    this.side = side;
    this.onchange = onchange;
    this.field = textField(frame, { label: frame.text(`prompt.${side}`), rows: 7, oninput: onchange });
    this.boxes = h("div", { class: "kl-boxes" });
    this.fieldset = h("fieldset", {}, h("legend", { class: "kl-small-title" }, frame.text("examples", { side: side.toUpperCase() })), this.boxes);
    this.node = h("div", { class: "kl-prompt" }, this.field.node, this.fieldset);
  }

  set(task, { text, chosen }) {
    this.field.input.value = text;
    this.checks = task.examples.map((_, number) => h("input", { type: "checkbox", id: uid(), class: "form-checkbox", checked: chosen.includes(number), onchange: this.onchange }));
    const lines = task.examples.map((one, number) => {
      const words = this.frame.text("example", { number: number + 1, text: one.text, answer: one.answer });
      return h("div", { class: "kl-box" }, this.checks[number], h("label", { for: this.checks[number].id }, words));
    });
    this.boxes.replaceChildren(...lines);
  }

  get() {
    return { text: this.field.input.value, chosen: this.checks.flatMap((box, number) => (box.checked ? [number] : [])) };
  }

  /** Whether there is a place for the case. */
  get whole() {
    return /\{(sag|case)\}/.test(this.field.input.value);
  }
}

class PromptLab {
  constructor(frame) {
    this.frame = frame;
    this.tasks = frame.config.settings.tasks;
    this.places = frame.config.settings.places;
    this.drafts = new Map();
    this.model = modelChoice(frame, () => this.clear());
    this.makeTaskChoice();
    this.prompts = SIDES.map((side) => new PromptField(frame, side, () => this.keep()));
    this.makeModes();
    this.go = button("", "primary", () => this.press());
    this.stopButton = button(frame.text("stop"), "secondary", () => this.stop());
    this.reset = button(frame.text("reset"), "secondary", () => this.restore());
    usable(this.stopButton, false);
    this.bar = h("progress", { class: "kl-progress", value: 0, max: 1, "aria-label": frame.text("progress") });
    this.status = h("p", { class: "kl-state", role: "status" });
    this.table = new CaseTable(frame);
    this.vote = new BlindVote(frame);
    this.open(this.tasks[0]);
    this.node = h("div", { class: "kl-prompt-lab" }, this.choice, this.about, this.rule, h("p", { class: "kl-expect" }, frame.text("how", { place: this.places.case, shown: this.places.examples })), h("div", { class: "kl-prompts" }, ...this.prompts.map((prompt) => prompt.node)), frame.guard);
    this.node.append(this.modes, this.model.node, h("div", { class: "kx-actions" }, this.go, this.stopButton, this.reset), h("div", { class: "kl-running" }, this.bar, this.status), this.table.node, this.vote.node);
  }

  makeTaskChoice() {
    const id = uid();
    this.select = h("select", { id, class: "form-select kl-select" }, ...this.tasks.map((task) => h("option", { value: task.id }, task.title)));
    this.select.addEventListener("change", () => this.open(this.tasks.find((task) => task.id === this.select.value)));
    this.choice = h("div", { class: "kl-field" }, h("label", { class: "form-label", for: id }, this.frame.text("task")), this.select);
    this.about = h("p", { class: "kl-about" });
    this.rule = h("p", { class: "kl-rule" });
  }

  makeModes() {
    const name = uid();
    this.radios = {};
    const lines = ["rule", "blind"].map((mode) => {
      const id = uid();
      this.radios[mode] = h("input", { type: "radio", id, name, value: mode, class: "form-radio", onchange: () => this.clear() });
      return h("div", { class: "kl-box" }, this.radios[mode], h("label", { for: id }, this.frame.text(`mode.${mode}`, { count: VOTED_CASES })));
    });
    this.modes = h("fieldset", { class: "kl-modes" }, h("legend", { class: "form-label" }, this.frame.text("mode")), ...lines);
  }

  /** Open a task, with what was last written for it. */
  open(task) {
    this.task = task;
    this.about.textContent = task.about;
    this.rule.replaceChildren(h("strong", {}, `${this.frame.text("rule")} `), task.rule);
    this.radios[task.voted ? "blind" : "rule"].checked = true;
    this.modes.hidden = task.voted;
    const draft = this.drafts.get(task.id) ?? this.first();
    this.prompts.forEach((prompt, place) => prompt.set(task, draft[place]));
    this.clear();
  }

  first() {
    return this.task.prompts.map(({ text, examples }) => ({ text, chosen: [...Array(examples).keys()] }));
  }

  keep() {
    this.drafts.set(this.task.id, this.prompts.map((prompt) => prompt.get()));
  }

  restore() {
    this.drafts.delete(this.task.id);
    this.open(this.task);
    this.frame.say(this.frame.text("reset.done"));
  }

  get blind() {
    return this.radios.blind.checked;
  }

  get cases() {
    return this.blind ? this.task.cases.slice(0, VOTED_CASES) : this.task.cases;
  }

  /** Nothing asked, nothing shown. */
  clear() {
    this.frame.cancel();
    this.answers = [];
    if (!this.table) return;
    this.frame.guard.replaceChildren();
    this.table.node.hidden = true;
    this.vote.node.hidden = true;
    this.status.textContent = "";
    this.bar.value = 0;
    this.go.textContent = this.frame.text(this.blind ? "go.blind" : "go", { count: this.cases.length });
    this.busy(false);
  }

  ready(models) {
    this.model.set([...models].sort((one, other) => (other.kind === "base") - (one.kind === "base")));
  }

  press() {
    if (!isUsable(this.go)) return;
    const missing = this.prompts.find((prompt) => !prompt.whole);
    if (missing) {
      this.status.textContent = this.frame.text("no-place", { side: missing.side.toUpperCase(), place: this.places.case });
      missing.field.input.focus();
      return;
    }
    this.clear();
    this.busy(true);
    this.bar.max = this.cases.length * SIDES.length;
    this.status.textContent = this.frame.text("started");
    if (this.blind) this.vote.start(this.cases);
    const prompts = this.prompts.map((prompt) => prompt.get()).map(({ text, chosen }) => ({ text, examples: chosen }));
    const model = this.model.get();
    this.title = model?.title ?? "";
    const payload = { cases: this.task.id, prompts, count: this.cases.length, model: model?.id ?? null, kind: model?.kind ?? "base" };
    this.frame.ask(payload, (message) => this.receive(message));
  }

  receive(message) {
    if (message.type === "masked") maskedNote(this.frame, message);
    else if (message.type === "guard") this.heldBack(message);
    else if (message.type === "answers") this.show(message.answers, message.now, Boolean(message.end));
    else if (message.type === "trouble") this.show(this.answers, null, true);
    if (message.end) this.busy(false);
  }

  heldBack(message) {
    this.clear();
    const prompt = this.prompts[SIDES.indexOf(message.field)];
    guardField(this.frame, message, prompt.field.input, () => this.keep());
  }

  stop() {
    if (!isUsable(this.stopButton)) return;
    this.frame.cancel();
    this.busy(false);
    this.show(this.answers, null, true);
    this.go.focus();
  }

  show(answers, now, over) {
    this.answers = answers;
    this.bar.value = answers.length;
    const values = { done: answers.length, count: this.bar.max, case: (now?.case ?? 0) + 1, side: (now?.side ?? "a").toUpperCase() };
    const place = answers.length < this.bar.max ? "stopped" : "done";
    this.status.textContent = this.frame.text(over ? place : this.blind ? "state.blind" : "state", values);
    if (this.blind) this.vote.hear(answers, over);
    else this.table.show(this.cases, answers, now, over);
    for (const mark of this.node.querySelectorAll(".kl-made")) this.name(mark);
  }

  /** Which model wrote it, for people and machines. */
  name(mark) {
    mark.setAttribute("data-ai-model", this.title);
    mark.querySelector(".kl-mark").lastChild.textContent = ` ${this.title}`;
  }

  busy(yes) {
    usable(this.go, !yes);
    usable(this.stopButton, yes);
  }
}

export default lab("prompt_lab", (frame) => new PromptLab(frame));
