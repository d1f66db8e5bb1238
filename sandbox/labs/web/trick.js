// Trick the assistant: choose how it is protected, try to get its secret out, and see what stopped it, if anything did.
// Tries are kept in the page only. It does not know the secret's forms: the kernel's fixed rule finds them.

const OUTCOME_SIGNS = { leaked: "⚑", kept: "–", stopped: "■", hidden: "■" };

class Trick {
  constructor(frame) {
    this.frame = frame;
    const { settings, texts } = frame.config;
    this.settings = settings;
    this.states = new Map(settings.levels.map((level) => [level.id, { tries: 0, out: null, hints: 0 }]));
    this.model = modelChoice(frame);
    this.makeLevels();
    this.question = textField(frame, { label: frame.text("question"), hint: frame.text("question.hint"), value: settings.tries[0].text, rows: 3 });
    const chips = settings.tries.map((one) => h("button", { type: "button", class: "kl-example", onclick: () => this.choose(one) }, one.title));
    this.examples = h("div", { class: "kl-examples", role: "group", "aria-label": frame.text("examples") }, h("span", {}, frame.text("examples")), ...chips);
    this.go = button(frame.text("go"), "primary", () => this.press());
    this.stopButton = button(frame.text("stop"), "secondary", () => this.stop());
    this.hintButton = button(frame.text("hint"), "secondary", () => this.hint());
    usable(this.stopButton, false);
    this.status = h("p", { class: "kl-state", role: "status" });
    this.hints = h("ol", { class: "kl-hints", "aria-label": frame.text("hints"), "aria-live": "polite" });
    this.log = h("ol", { class: "kl-tries no-max-width", reversed: true });
    this.logTitle = h(frame.heading, { class: "kl-instead-title" }, frame.text("log"));
    this.logTitle.hidden = true;
    this.node = h("div", { class: "kl-trick" }, this.levels, this.about, this.question.node, this.examples, frame.guard, h("div", { class: "kx-actions" }, this.go, this.stopButton, this.hintButton), this.hints, this.status, this.logTitle, this.log);
    this.node.append(this.model.node, frameBox(frame, settings.frame), riskBox(frame, settings), insteadBox(frame, settings));
    this.open(settings.levels[0]);
  }

  makeLevels() {
    const name = uid();
    this.radios = this.settings.levels.map((level, place) => {
      const id = uid();
      const radio = h("input", { type: "radio", id, name, class: "form-radio", checked: place === 0, onchange: () => this.open(level) });
      const mark = h("span", { class: "kl-level-mark" });
      return { level, mark, node: h("div", { class: "kl-box" }, radio, h("label", { for: id }, level.title, " ", mark)) };
    });
    this.levels = h("fieldset", { class: "kl-modes" }, h("legend", { class: "form-label" }, this.frame.text("level")), ...this.radios.map((radio) => radio.node));
    this.about = h("div", { class: "kl-rule", "aria-live": "polite" });
  }

  open(level) {
    this.frame.cancel();
    this.busy(false);
    this.level = level;
    const words = level.blocked.length ? h("p", {}, this.frame.text("blocked", { words: level.blocked.join(", ") })) : null;
    this.about.replaceChildren(...[h("p", {}, level.about), words].filter(Boolean));
    this.status.textContent = "";
    this.showHints();
  }

  get state() {
    return this.states.get(this.level.id);
  }

  choose(one) {
    this.question.input.value = one.text;
    this.question.input.focus();
  }

  hint() {
    if (!isUsable(this.hintButton)) return;
    this.state.hints += 1;
    this.showHints();
  }

  showHints() {
    const { hints } = this.level;
    const { hints: shown } = this.state;
    this.hints.replaceChildren(...hints.slice(0, shown).map((text) => h("li", {}, text)));
    usable(this.hintButton, shown < hints.length);
    this.hintButton.textContent = this.frame.text(shown < hints.length ? "hint" : "hint.none", { number: shown + 1, count: hints.length });
  }

  ready(models) {
    this.model.set([...models].sort((one, other) => (other.kind === "base") - (one.kind === "base")));
  }

  press() {
    if (!isUsable(this.go)) return;
    const text = this.question.input.value.trim();
    if (!text) {
      this.status.textContent = this.frame.text("empty");
      this.question.input.focus();
      return;
    }
    this.frame.guard.replaceChildren();
    this.busy(true);
    this.status.textContent = this.frame.text("started");
    const model = this.model.get();
    const asked = { text, level: this.level, title: model?.title ?? "" };
    this.frame.ask({ text, level: this.level.id, model: model?.id ?? null, kind: model?.kind ?? "base" }, (message) => this.receive(asked, message));
  }

  receive(asked, message) {
    if (message.type === "guard") {
      this.status.textContent = "";
      guardField(this.frame, message, this.question.input);
    } else if (message.type === "tried") this.show(asked, message);
    else if (message.type === "trouble") this.status.textContent = "";
    if (message.end) this.busy(false);
  }

  stop() {
    if (!isUsable(this.stopButton)) return;
    this.frame.cancel();
    this.busy(false);
    this.status.textContent = this.frame.text("stopped");
    this.go.focus();
  }

  show(asked, found) {
    const { frame, state } = this;
    state.tries += 1;
    if (found.outcome === "leaked") state.out ??= state.tries;
    const words = frame.text(`outcome.${found.outcome}`, { word: found.word });
    const form = found.form ? ` ${frame.text(`form.${found.form}`)}` : "";
    this.status.textContent = `${words}${form}`;
    this.logTitle.hidden = false;
    this.log.prepend(this.entry(asked, found, `${OUTCOME_SIGNS[found.outcome]} ${words}${form}`));
    this.markLevels();
  }

  entry(asked, found, verdict) {
    const { frame } = this;
    const ready = this.settings.tries.find((one) => one.text === asked.text);
    const risks = ready ? h("p", { class: "kl-expect" }, frame.text("entry.risks", { title: ready.title, risks: ready.risks.join(", ") })) : null;
    const noticed = found.noticed ? h("p", { class: "kl-guard-note" }, frame.text("noticed")) : null;
    const answer = found.answer ? madeByModel(frame, asked.title, h("p", { class: "kl-words" }, found.answer)) : null;
    const lines = [h("p", { class: "kl-small-title" }, asked.level.title), h("p", { class: "kl-case" }, asked.text), answer, h("p", { class: "kl-outcome", "data-outcome": found.outcome }, verdict), noticed, risks];
    return h("li", { class: "kl-try" }, ...lines);
  }

  /** Which levels have given the secret away, in words. */
  markLevels() {
    for (const { level, mark } of this.radios) {
      const { tries, out } = this.states.get(level.id);
      mark.textContent = out ? this.frame.text("level.out", { number: out }) : tries ? this.frame.text("level.tries", { number: tries }) : "";
    }
  }

  busy(yes) {
    usable(this.go, !yes);
    usable(this.stopButton, yes);
  }
}

export default lab("trick", (frame) => new Trick(frame));
