// Ask the documents: the same question with and without sources, the passages that were found and why, and a drill.
// A number in brackets opens the passage. Which passages fit, and what a rule sees in an answer, the kernel tells.

class Documents {
  constructor(frame) {
    this.frame = frame;
    const { texts, settings } = frame.config;
    this.passages = new Map(settings.guides.flatMap((guide) => guide.passages.map((one) => [one.key, one])));
    this.dialog = passageDialog(frame, settings.guides);
    this.model = modelChoice(frame);
    this.question = lineField({ label: frame.text("question"), hint: frame.text("question.hint"), value: texts.prompt });
    this.question.input.addEventListener("keydown", (event) => event.key === "Enter" && this.press());
    const tries = texts.examples.split("\n").filter(Boolean);
    const chips = tries.map((text) => h("button", { type: "button", class: "kl-example", onclick: () => this.choose(text) }, text));
    const examples = h("div", { class: "kl-examples", role: "group", "aria-label": frame.text("examples") }, h("span", {}, frame.text("examples")), ...chips);
    this.own = textField(frame, { label: frame.text("own"), hint: frame.text("own.hint"), rows: 6 });
    this.ownFold = h("details", { class: "kl-fold" }, h("summary", {}, frame.text("own.fold")), this.own.node);
    this.go = button(frame.text("go"), "primary", () => this.press());
    this.stopButton = button(frame.text("stop"), "secondary", () => this.stop());
    usable(this.stopButton, false);
    this.state = h("p", { class: "kl-state", role: "status" });
    this.result = h("div", { class: "kl-doc-result" });
    const ask = h("section", { class: "kl-doc-ask", "aria-label": frame.text("ask") }, h(frame.heading, { class: "kl-doc-part" }, frame.text("ask")), this.question.node, examples, this.ownFold, frame.guard, h("div", { class: "kx-actions" }, this.go, this.stopButton), this.state, this.result);
    const drill = new Drill(frame, this.dialog, this.passages);
    this.node = h("div", { class: "kl-doc" }, ask, this.model.node, this.measured(), this.library(), this.frames(), drill.node, this.dialog.node);
  }

  ready(models) {
    this.model.set(models);
  }

  choose(text) {
    this.question.input.value = text;
    this.question.input.focus();
  }

  press() {
    if (!isUsable(this.go)) return;
    const { frame } = this;
    const question = this.question.input.value.trim();
    if (!question) {
      this.state.textContent = frame.text("empty");
      this.question.input.focus();
      return;
    }
    frame.guard.replaceChildren();
    this.result.replaceChildren();
    this.busy(true, frame.text("searching"));
    frame.ask({ what: "ask", question, own: this.own.input.value, model: this.model.get()?.id ?? null }, (message) => this.receive(message));
  }

  receive(message) {
    if (message.type === "masked") maskedNote(this.frame, message);
    else if (message.type === "guard") this.held(message);
    else if (message.type === "found") this.found(message);
    else if (message.type === "with" || message.type === "without") this.write(message);
    else if (message.type === "answered") this.answered(message);
    if (message.end) this.busy(false, message.type === "answered" ? this.frame.text("done") : "");
  }

  held(message) {
    const own = message.field === "own";
    if (own) this.ownFold.open = true;
    guardField(this.frame, message, own ? this.own.input : this.question.input);
  }

  found({ passages, enough }) {
    const { frame } = this;
    this.shown = passages;
    this.answers = Object.fromEntries(["with", "without"].map((which) => [which, this.card(which)]));
    const none = h("div", { class: "kl-doc-none" }, h("p", { class: "kl-small-title" }, frame.text("none")), h("p", {}, frame.text("none.text")));
    const left = enough ? this.answers.with.node : none;
    const title = h(frame.heading, { class: "kl-doc-found-title" }, frame.text(enough ? "found" : "found.weak"));
    const list = passages.length ? h("ol", { class: "kl-doc-found no-max-width" }, ...passages.map((one, place) => this.passage(one, place))) : h("p", {}, frame.text("found.none"));
    this.result.replaceChildren(h("div", { class: "kl-sides kl-doc-sides" }, left, this.answers.without.node), title, h("p", {}, frame.text("found.how")), list);
    this.state.textContent = enough ? frame.text("writing") : frame.text("none");
  }

  card(which) {
    const words = h("p", { class: "kl-answer" }, "…");
    const more = h("div", { class: "kl-doc-check" });
    const title = h(this.frame.heading, { class: "kl-small-title" }, this.frame.text(`side.${which}`));
    return { words, more, node: h("div", { class: "kl-doc-side", "data-side": which }, title, madeByModel(this.frame, this.model.get()?.title ?? "", words, more)) };
  }

  write({ type, text }) {
    this.answers[type].words.replaceChildren(...this.withReferences(text));
  }

  /** The answer, with each [1] that was found made into a button. */
  withReferences(text, sentence = "") {
    return text.split(/(\[\d+\])/).map((part) => {
      const one = /^\[\d+\]$/.test(part) ? this.shown[Number(part.slice(1, -1)) - 1] : null;
      return one ? this.reference(one, part, sentence) : part;
    });
  }

  reference(one, text, sentence) {
    const number = this.shown.indexOf(one) + 1;
    return h("button", { type: "button", class: "kl-doc-ref", "aria-label": this.frame.text("open", { number }), onclick: () => this.dialog.open(one, sentence) }, text);
  }

  answered({ sourced, bare, check }) {
    const { frame } = this;
    this.answers.without.more.replaceChildren(h("p", {}, frame.text("check.bare")));
    if (check) {
      const { words, more } = this.answers.with;
      words.replaceChildren(...this.withReferences(sourced, check.sentence));
      const says = check.strange.length ? frame.text("check.strange", { numbers: check.strange.join(", ") }) : frame.text(check.numbers.length ? "check.known" : "check.numberless");
      const open = button(frame.text("check.open"), "secondary", () => this.dialog.open(this.shown[check.place], check.sentence));
      more.replaceChildren(h("p", {}, says), ...(/\[\d+\]/.test(sourced) ? [] : [h("p", {}, frame.text("check.unreferenced"))]), h("div", { class: "kx-actions" }, open));
    }
    frame.say([check ? `${frame.text("side.with")}: ${sourced}` : frame.text("none"), `${frame.text("side.without")}: ${bare}`].join(". "));
  }

  passage(one, place) {
    const { frame } = this;
    const text = one.parts.map((part) => (part.hit ? h("mark", { class: "kl-doc-hit" }, part.text) : part.text));
    const counted = one.weights.filter(({ score }) => score > 0).map(({ word, score }) => `${word} (${frame.number(score)})`);
    const missing = one.weights.filter(({ score }) => score === 0).map(({ word }) => word);
    const why = [frame.text("why", { words: counted.join(", "), score: frame.number(one.score) }), missing.length ? frame.text("why.missing", { words: missing.join(", ") }) : ""];
    const head = h("p", { class: "kl-small-title" }, this.reference(one, `[${place + 1}]`, ""), ` ${[one.title, one.heading].filter(Boolean).join(": ")}`);
    return h("li", {}, head, h("p", { class: "kl-doc-date" }, this.dialog.changed(one)), h("p", { class: "kl-doc-text" }, ...text), h("p", { class: "kl-doc-why" }, why.filter(Boolean).join(" ")));
  }

  measured() {
    const { settings, language } = this.frame.config;
    const measured = { ...settings.measured, measured: dateWords(settings.measured.measured, language) };
    const answers = measured.model ? ` ${this.frame.text("measured.model", measured)}` : "";
    return h("p", { class: "kl-doc-measured" }, this.frame.text("measured", measured), answers);
  }

  library() {
    const { frame } = this;
    const { guides } = frame.config.settings;
    const rows = guides.map((guide) => h("li", {}, h("button", { type: "button", class: "kl-doc-link", onclick: () => this.dialog.open(guide.passages[0]) }, guide.title), h("span", { class: "kl-doc-date" }, ` ${this.dialog.changed(guide)}`)));
    return h("details", { class: "kl-fold" }, h("summary", {}, frame.text("library", { count: guides.length })), h("p", {}, guides[0].invented), h("ul", { class: "kl-doc-library" }, ...rows));
  }

  frames() {
    const { frame } = this;
    const { frames } = frame.config.settings;
    const both = ["with", "without"].map((which) => [h("p", { class: "kl-small-title" }, frame.text(`side.${which}`)), h("pre", { class: "kl-frame" }, frames[which])]);
    return h("details", { class: "kl-fold" }, h("summary", {}, frame.text("frames")), h("p", {}, frame.text("frames.text")), ...both.flat());
  }

  stop() {
    if (!isUsable(this.stopButton)) return;
    this.frame.cancel();
    this.busy(false, this.frame.text("stopped"));
    this.go.focus();
  }

  busy(yes, state) {
    usable(this.go, !yes);
    usable(this.stopButton, yes);
    this.state.textContent = state;
  }
}

export default lab("documents", (frame) => new Documents(frame));
