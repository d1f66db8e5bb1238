// The chat: a conversation with a chosen model. The guard's reading comes first; nothing is kept when the page closes.
// It does not know how words are coloured, answers compared or copied: sureness.js, others.js and copying.js do.

/** The fold with the system text: what stands before the conversation. A base model gets it only if the learner says so. */
class SystemText {
  constructor(frame) {
    this.frame = frame;
    this.about = h("p", {});
    this.field = textField(frame, { label: frame.text("system.label"), rows: 3 });
    this.reset = button(frame.text("system.reset"), "secondary", () => this.fill());
    const id = uid();
    this.box = h("input", { id, type: "checkbox", class: "form-checkbox" });
    this.use = h("div", { class: "form-group-checkbox kx-option" }, this.box, h("label", { for: id }, frame.text("system.use")));
    this.node = h("details", { class: "kl-fold kl-system" }, h("summary", {}, frame.text("system")), this.about, this.use, this.field.node, h("div", { class: "kx-actions" }, this.reset));
  }

  /** Another model: what the text does there, and a text in its language. */
  changed(model) {
    const base = model?.kind === "base";
    this.about.textContent = this.frame.text(base ? "system.about.base" : "system.about.instruct");
    this.use.hidden = !base;
    this.box.checked = false;
    this.base = base;
    this.lang = model?.lang === "da" ? "da" : "en";
    this.fill();
  }

  fill() {
    this.field.input.value = this.frame.text(`system.default.${this.lang}`);
    this.field.input.lang = this.lang;
  }

  get() {
    return this.base && !this.box.checked ? "" : this.field.input.value.trim();
  }
}

class Chat {
  constructor(frame) {
    this.frame = frame;
    this.turns = [];
    this.answers = [];
    this.system = new SystemText(frame);
    this.sure = this.makeSure();
    this.models = modelChoice(frame, (model) => this.changed(model));
    this.examples = h("div", { class: "kl-examples", role: "group", "aria-label": frame.text("examples") });
    this.field = textField(frame, { label: frame.text("write.instruct"), hint: frame.text("write.hint"), rows: 4 });
    this.field.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.press();
    });
    this.log = h("ol", { class: "kl-turns no-max-width", "aria-label": frame.text("conversation") });
    this.sendButton = button(frame.text("send"), "primary", () => this.press());
    this.stopButton = button(frame.text("stop"), "secondary", () => this.stop());
    this.newButton = button(frame.text("new"), "secondary", () => this.newConversation(true));
    usable(this.sendButton, false); // until the models are known: choosing one begins a conversation anew
    usable(this.stopButton, false);
    this.node = h("div", { class: "kl-chat" }, this.models.node, this.system.node, this.sure.node, this.log, frame.guard, this.field.node, this.examples);
    this.node.append(h("div", { class: "kx-actions" }, this.sendButton, this.stopButton, this.newButton), h("p", { class: "kx-note" }, frame.text("guard-misses")), h("p", { class: "kx-note" }, frame.text("kept")));
  }

  ready(models) {
    this.models.set(models);
    if (!this.copies) markSelections(this.frame, this.node);
    this.copies = true;
  }

  /** The switch that colours the words of every answer, and the key to the colours. */
  makeSure() {
    const { frame } = this;
    const id = uid();
    const legend = h("div", { class: "kl-sure-key", hidden: true }, h("p", {}, frame.text("sure.how")), sureLegend(frame));
    const show = () => {
      legend.hidden = !box.checked;
      for (const answer of this.answers) answer.words.show(box.checked);
    };
    const box = h("input", { id, type: "checkbox", class: "form-checkbox", onchange: show });
    const tick = h("div", { class: "form-group-checkbox kx-option" }, box, h("label", { for: id }, frame.text("sure.show")));
    const none = h("p", { class: "kx-note", hidden: true }, frame.text("sure.none"));
    const able = (yes) => {
      tick.hidden = !yes;
      none.hidden = yes;
    };
    return { node: h("div", { class: "kl-sure" }, tick, none, legend), on: () => box.checked, able };
  }

  /** Another model: a conversation of its own, and what it makes sense to write to it. A list that comes again
      (the service was away) changes nothing. */
  changed(model) {
    const { frame } = this;
    if (this.known && model?.id === this.known.id) return;
    this.known = model;
    const kind = model?.kind ?? "instruct";
    this.newConversation(false);
    this.system.changed(model);
    this.sure.able(!model || Boolean(model.logprobs));
    this.field.node.querySelector("label").textContent = frame.text(`write.${kind}`);
    const examples = [1, 2].map((number) => frame.text(`example.${kind}.${number}`));
    if ([undefined, "", this.example].includes(this.field.input.value)) this.field.input.value = examples[0];
    this.example = examples[0];
    this.examples.replaceChildren(h("span", {}, frame.text("examples")), ...examples.map((text) => this.makeExample(text)));
  }

  makeExample(text) {
    const fill = () => {
      this.field.input.value = text;
      this.field.input.focus();
    };
    return h("button", { type: "button", class: "kl-example", onclick: fill }, text.replace(/\s+/g, " "));
  }

  press() {
    const text = this.field.input.value;
    if (!isUsable(this.sendButton)) return;
    if (!text.trim()) {
      this.frame.say(this.frame.text("empty"));
      this.field.input.focus();
    } else this.ask(text);
  }

  /** `masked`: the learner has seen the guard's reading and sends the masked text; `more`: the model goes on. */
  ask(text, { masked = false, more = false, system = this.system.get() } = {}) {
    const model = this.models.get();
    this.frame.guard.replaceChildren();
    this.asked = { text, system, masked, model, more, answer: null, turns: [...this.turns] };
    this.others = null;
    this.busy(true);
    this.frame.ask(this.payload("answer", this.asked), (message) => this.receive(message));
  }

  payload(what, { text, system, masked, model, turns }) {
    return { what, text, system, masked, model: model?.id ?? null, kind: model?.kind ?? "base", logprobs: Boolean(model?.logprobs), turns };
  }

  receive(message) {
    if (message.type === "guard") this.held(message);
    else if (message.type === "masked") maskedNote(this.frame, message);
    else if (message.type === "text") this.write(message);
    else if (message.type === "trouble") this.failed();
  }

  /** The guard found something: nothing has gone to the model yet. */
  held(reading) {
    const { frame, system } = this;
    const field = reading.field === "system" ? system.field : this.field;
    if (field !== this.field) system.node.open = true;
    this.busy(false);
    this.sendButton.focus(); // who sent it with the keyboard goes on to the panel
    if (reading.verdict === "block" || field !== this.field) {
      guardField(frame, reading, field.input);
      return;
    }
    const edit = () => {
      frame.guard.replaceChildren();
      field.input.focus();
    };
    const send = () => this.ask(reading.masked, { masked: true });
    guardPanel(frame, reading, [button(frame.text("send.masked"), "primary", send), button(frame.text("lab.guard.edit"), "secondary", edit)]);
  }

  write(message) {
    if (!this.asked.answer) this.open();
    const { answer } = this.asked;
    answer.text = message.text;
    answer.words.set(message.text, message.words);
    if (message.end) this.finish(message.reason);
  }

  /** Show the question and an empty answer; the field is free for the next one. */
  open() {
    const { frame, asked } = this;
    if (!asked.more) this.field.input.value = "";
    this.examples.hidden = true;
    const words = new SureWords(frame);
    const end = h("div", { class: "kl-end" });
    const base = asked.model?.kind === "base";
    const answer = h("p", { class: "kl-answer", lang: asked.model?.lang ?? null }, base ? this.given(asked.text) : null, words.body);
    const article = madeByModel(frame, asked.model?.title ?? "", answer, words.table.node, end);
    asked.answer = { text: "", words, end, article };
    this.answers.push(asked.answer);
    const turn = h("li", { class: "kl-turn" }, base ? null : this.question(asked.text), article);
    this.log.append(turn);
    frame.say(frame.text("writing"));
    turn.scrollIntoView({ block: "nearest" });
  }

  question(text) {
    return h("div", { class: "kl-asked" }, h("p", { class: "kl-who" }, this.frame.text("you")), h("p", { class: "kl-words" }, text));
  }

  /** The text that a base model goes on with stands before what it wrote, paler, and said aloud as the learner's. */
  given(text) {
    const { frame } = this;
    const aloud = (key) => h("span", { class: "kx-sr-only" }, `${frame.text(key)}: `);
    return [h("span", { class: "kl-given" }, aloud("you"), text), aloud("on")];
  }

  finish(reason) {
    const { frame, asked } = this;
    const { text, end, words, article } = asked.answer;
    const notes = { length: "cut", stopped: "stopped", broken: "broken" };
    const note = text.trim() ? notes[reason] : "nothing";
    if (note) end.append(h("p", { class: "kl-reason" }, frame.text(note)));
    end.append(h("p", { class: "kl-check" }, h("strong", {}, frame.text("check")), ` ${frame.text("check.text")}`));
    words.show(this.sure.on());
    const base = asked.model?.kind === "base";
    if (text.trim()) {
      if (!base) this.turns.push({ role: "user", text: asked.text }, { role: "assistant", text });
      const copied = () => frame.tell({ what: "copied", model: asked.model?.id });
      end.append(checkAndCopy(frame, article, () => ({ given: base ? asked.text : "", made: text }), copied), this.goOn(asked, base), rating(frame, asked.model?.id));
    }
    this.busy(false);
    frame.say(`${frame.text("done")} ${text} ${note ? frame.text(note) : ""}`);
  }

  /** What one can do with an answer: see three others, and let a base model go on from where it stopped. */
  goOn(asked, base) {
    const { frame } = this;
    const again = button(frame.text("others"), "secondary", () => isUsable(this.sendButton) && this.askOthers(asked));
    const onward = () => isUsable(this.sendButton) && this.ask(asked.text + asked.answer.text, { masked: true, more: true, system: asked.system });
    const more = base ? button(frame.text("more"), "secondary", onward) : null;
    return h("div", { class: "kx-actions" }, more, again);
  }

  /** Three other answers to the very same text, below the one there is. */
  askOthers(asked) {
    const { frame } = this;
    const { text, article, others } = asked.answer;
    others?.node.remove();
    this.others = new OtherAnswers(frame, text, { title: asked.model?.title ?? "", lang: asked.model?.lang ?? null });
    asked.answer.others = this.others;
    article.after(this.others.node);
    this.others.heading.focus();
    this.busy(true);
    frame.ask(this.payload("others", { ...asked, masked: true }), (message) => this.receiveOthers(message));
  }

  receiveOthers(message) {
    if (message.type === "others") this.others.grow(message.answers);
    if (!message.end) return;
    this.others.done(message.type === "others" ? "over" : "stopped");
    this.busy(false);
  }

  failed() {
    if (this.asked.answer) this.finish("broken");
    else this.busy(false);
  }

  stop() {
    if (!isUsable(this.stopButton)) return;
    this.frame.cancel();
    if (this.others) {
      this.others.done("stopped");
      this.busy(false);
    } else if (this.asked.answer) this.finish("stopped");
    else {
      this.busy(false);
      this.frame.say(this.frame.text("stopped"));
    }
    this.field.input.focus();
  }

  newConversation(byHand) {
    this.frame.cancel();
    this.turns = [];
    this.answers = [];
    this.others = null;
    this.log.replaceChildren();
    this.examples.hidden = false;
    this.frame.guard.replaceChildren();
    this.frame.clearTrouble();
    this.busy(false);
    if (!byHand) return;
    this.frame.say(this.frame.text("new.done"));
    this.field.input.focus();
  }

  busy(yes) {
    usable(this.sendButton, !yes);
    usable(this.stopButton, yes);
    this.node.setAttribute("data-busy", String(yes));
  }
}

export default lab("chat", (frame) => new Chat(frame));
