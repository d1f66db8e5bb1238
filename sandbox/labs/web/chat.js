// The chat: a conversation with a chosen model. The guard's reading comes first; nothing is kept when the page closes.

class Chat {
  constructor(frame) {
    this.frame = frame;
    this.turns = [];
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
    this.node = h("div", { class: "kl-chat" }, this.models.node, this.log, frame.guard, this.field.node, this.examples);
    this.node.append(h("div", { class: "kx-actions" }, this.sendButton, this.stopButton, this.newButton), h("p", { class: "kx-note" }, frame.text("guard-misses")), h("p", { class: "kx-note" }, frame.text("kept")));
  }

  ready(models) {
    this.models.set(models);
  }

  /** Another model: a conversation of its own, and what it makes sense to write to it. A list that comes again
      (the service was away) changes nothing. */
  changed(model) {
    const { frame } = this;
    if (this.known && model?.id === this.known.id) return;
    this.known = model;
    const kind = model?.kind ?? "instruct";
    this.newConversation(false);
    this.field.node.querySelector("label").textContent = frame.text(`write.${kind}`);
    const examples = [1, 2].map((number) => frame.text(`example.${kind}.${number}`));
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
  ask(text, { masked = false, more = false } = {}) {
    const model = this.models.get();
    this.frame.guard.replaceChildren();
    this.asked = { text, model, more, answer: null };
    this.busy(true);
    this.frame.ask({ text, masked, model: model?.id ?? null, kind: model?.kind ?? "base", turns: this.turns }, (message) => this.receive(message));
  }

  receive(message) {
    if (message.type === "guard") this.held(message);
    else if (message.type === "masked") maskedNote(this.frame, message);
    else if (message.type === "text") this.write(message);
    else if (message.type === "trouble") this.failed();
  }

  /** The guard found something: nothing has gone to the model yet. */
  held(reading) {
    const { frame, field } = this;
    this.busy(false);
    this.sendButton.focus(); // who sent it with the keyboard goes on to the panel
    if (reading.verdict === "block") {
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
    answer.body.textContent = message.text;
    if (message.end) this.finish(message.reason);
  }

  /** Show the question and an empty answer; the field is free for the next one. */
  open() {
    const { frame, asked } = this;
    if (!asked.more) this.field.input.value = "";
    this.examples.hidden = true;
    const body = h("span", { class: "kl-words" });
    const end = h("div", { class: "kl-end" });
    const base = asked.model?.kind === "base";
    const answer = h("p", { class: "kl-answer", lang: asked.model?.lang ?? null }, base ? this.given(asked.text) : null, body);
    const article = madeByModel(frame, asked.model?.title ?? "", answer, end);
    asked.answer = { text: "", body, end };
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
    const { text, end } = asked.answer;
    const notes = { length: "cut", stopped: "stopped", broken: "broken" };
    const note = text.trim() ? notes[reason] : "nothing";
    if (note) end.append(h("p", { class: "kl-reason" }, frame.text(note)));
    end.append(h("p", { class: "kl-check" }, h("strong", {}, frame.text("check")), ` ${frame.text("check.text")}`));
    if (asked.model?.kind === "base" && text.trim()) end.append(this.moreButton(asked));
    else if (text.trim()) this.turns.push({ role: "user", text: asked.text }, { role: "assistant", text });
    this.busy(false);
    frame.say(`${frame.text("done")} ${text} ${note ? frame.text(note) : ""}`);
  }

  /** A base model goes on from where it stopped. */
  moreButton({ text, answer }) {
    const more = button(this.frame.text("more"), "secondary", () => {
      if (!isUsable(this.sendButton)) return;
      this.ask(text + answer.text, { masked: true, more: true });
    });
    return h("div", { class: "kx-actions" }, more);
  }

  failed() {
    if (this.asked.answer) this.finish("broken");
    else this.busy(false);
  }

  stop() {
    if (!isUsable(this.stopButton)) return;
    this.frame.cancel();
    if (this.asked.answer) this.finish("stopped");
    else {
      this.busy(false);
      this.frame.say(this.frame.text("stopped"));
    }
    this.field.input.focus();
  }

  newConversation(byHand) {
    this.frame.cancel();
    this.turns = [];
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
