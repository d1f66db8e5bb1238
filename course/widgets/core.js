// The frame that every exercise stands in: heading, stem, confidence, saved state, practice feedback.
// A kind's own file builds the fields; this file does not know kinds.

/** The widget definition for a kind: `build(frame)` returns `{node, get(), set(value), focus()}`. */
function exercise(build) {
  return {
    render({ model, el }) {
      const frame = new Frame(model, build);
      el.append(frame.node);
      frame.start();
      return () => frame.stop();
    },
  };
}

class Frame {
  constructor(model, build) {
    this.model = model;
    this.item = model.get("item");
    this.labels = model.get("labels");
    this.config = model.get("config");
    this.hub = hub(this.labels);
    this.send = sender(model);
    this.ids = { title: uid(), context: uid(), error: uid(), status: uid(), hint: uid() };
    this.parts = this.makeParts();
    this.kind = build(this);
    this.confidence = this.item.confidence ? new Confidence(this) : null;
    this.node = this.assemble();
    const { learner, module } = this.config;
    const key = `koerekort:${learner}:${module}:${this.item.id}`;
    const show = (state, text) => this.showStatus(state, text);
    this.saver = new Saver({ key, labels: this.labels, hub: this.hub, send: this.send, show });
  }

  text(key, values) {
    return fill(this.labels[key], values);
  }

  /** Ids that describe the fields: context, hint, error. */
  get describedBy() {
    const context = this.item.context_html ? `${this.ids.context} ` : "";
    return `${context}${this.ids.hint} ${this.ids.error}`;
  }

  makeParts() {
    return {
      error: h("p", { id: this.ids.error, class: "form-error-message kx-error", hidden: true }),
      shown: h("span", { class: "kx-status-text", "aria-hidden": "true" }),
      status: h("span", { role: "status", class: "kx-sr-only" }),
      held: h("div", { class: "kx-held" }),
      feedback: h("div", { role: "status", class: "kx-feedback" }),
    };
  }

  assemble() {
    const { item, ids, parts } = this;
    const head = h(
      "div",
      { class: "kx-head" },
      h("h3", { id: ids.title, class: "kx-label" }, item.label),
      h("span", { class: "kx-tag" }, item.tag),
    );
    const context = item.context_html ? h("div", { class: "kx-context", id: ids.context, html: item.context_html }) : null;
    const status = h("p", { class: "kx-status", "data-state": "none" }, parts.shown, parts.status);
    parts.line = status;
    return h(
      "div",
      { class: "kx kx-item", id: `item-${item.id}`, tabindex: "-1", "data-kind": item.kind, "data-use": item.use },
      head,
      context,
      this.kind.node,
      parts.error,
      this.confidence?.node,
      this.actions(),
      status,
      parts.held,
      parts.feedback,
    );
  }

  actions() {
    if (this.item.use !== "practice") return h("p", { class: "kx-note" }, this.item.note);
    const check = h("button", { type: "button", class: "button button-secondary kx-check", onclick: () => this.check() }, this.text("check"));
    return h("div", { class: "kx-actions" }, check);
  }

  /** The learner changed something: save it. `typed` waits for a pause in the typing. */
  changed(typed = false) {
    const value = this.kind.get();
    this.setError(null);
    this.parts.held.replaceChildren();
    this.parts.feedback.replaceChildren();
    this.confidence?.offer(value !== null);
    this.saver.change(value, this.confidence?.get() ?? null, typed);
  }

  setError(text) {
    this.parts.error.hidden = !text;
    this.parts.error.textContent = text ?? "";
    this.kind.mark?.(Boolean(text));
  }

  showStatus(state, text) {
    this.parts.line.dataset.state = state;
    this.parts.shown.textContent = text;
    if (state !== "saving" && this.parts.status.textContent !== text) this.parts.status.textContent = text;
  }

  start() {
    this.model.on("msg:custom", (message) => this.receive(message));
    if (this.saver.pending) {
      this.show(this.saver.pending);
      this.showStatus("saving", this.labels["save.saving"]);
    } else this.show({ value: null, confidence: null });
    this.awake = () => this.hello();
    this.hub.addEventListener("awake", this.awake);
    this.hello();
  }

  stop() {
    this.hub.removeEventListener("awake", this.awake);
    for (const id of ["hello", "check"]) this.hub.waiting.delete(this.ask(id));
    this.kind.stop?.();
    this.saver.stop();
  }

  ask(what) {
    return `${this.saver.key}:${what}`;
  }

  hello() {
    this.hub.ask(this.ask("hello"), () => this.send({ type: "hello" }));
  }

  /** Show an answer; one that does not fit this kind shows as no answer. */
  show({ value, confidence }) {
    try {
      this.kind.set(value);
    } catch {
      this.kind.set(null);
    }
    this.confidence?.set(confidence);
    this.confidence?.offer(this.kind.get() !== null);
  }

  receive(message) {
    if (message.type === "state") this.receiveState(message);
    else if (message.type === "saved") this.saver.saved(message.stamp);
    else if (message.type === "refused") this.saver.refused(message.stamp, message.text);
    else if (message.type === "held") this.receiveHeld(message);
    else if (message.type === "trouble") this.hub.notice(message.text);
    else if (message.type === "feedback") this.receiveFeedback(message);
  }

  receiveState(message) {
    this.hub.done(this.ask("hello"));
    if (this.saver.pending) return;
    if (JSON.stringify(message.value) !== JSON.stringify(this.kind.get())) this.parts.feedback.replaceChildren();
    this.show(message);
    if (message.value !== null) this.showStatus("saved", this.labels["save.saved"]);
  }

  /** A free text with personal data in it: show it with the masks, and let the learner put them in or write anew. */
  receiveHeld(message) {
    if (!this.saver.held(message.stamp, message.text)) return;
    const put = () => {
      this.show({ value: message.value, confidence: this.confidence?.get() ?? null });
      this.changed();
      this.kind.focus();
    };
    const button = h("button", { type: "button", class: "button button-secondary", onclick: put }, this.text("held.put"));
    const texts = message.texts.map((text) => h("p", { class: "kx-own-text" }, text));
    this.parts.held.replaceChildren(h("p", {}, this.text("held.lead")), ...texts, h("div", { class: "kx-actions" }, button));
  }

  check() {
    this.saver.flush();
    const value = this.kind.get();
    if (value === null) {
      this.setError(this.text("check.empty"));
      this.kind.focus();
      return;
    }
    this.asked = JSON.stringify(value);
    this.parts.feedback.replaceChildren(h("p", {}, this.text("check.wait")));
    this.hub.ask(this.ask("check"), () => this.send({ type: "check", value }));
  }

  receiveFeedback(message) {
    this.hub.done(this.ask("check"));
    if (JSON.stringify(this.kind.get()) !== this.asked) return;
    this.parts.feedback.innerHTML = message.html;
  }
}

/** "How sure are you?": offered when there is an answer to be sure of. */
class Confidence {
  constructor(frame) {
    const name = uid();
    this.inputs = frame.config.levels.map((level) => h("input", { type: "radio", name, id: uid(), class: "form-radio", value: level, onchange: () => frame.changed() }));
    const rows = this.inputs.map((input) => h("div", { class: "form-group-radio kx-option" }, input, h("label", { for: input.id }, frame.text(`confidence.${input.value}`))));
    const legend = h("legend", { class: "form-label" }, frame.text("confidence"));
    this.node = h("div", { class: "kx-confidence", hidden: true }, h("fieldset", {}, legend, rows));
  }

  get() {
    const chosen = this.inputs.find((input) => input.checked);
    return chosen ? Number(chosen.value) : null;
  }

  set(level) {
    for (const input of this.inputs) input.checked = Number(input.value) === level;
  }

  offer(answered) {
    this.node.hidden = !answered;
  }
}
