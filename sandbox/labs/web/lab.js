// The frame that every lab stands in: title, notice, what is said aloud, faults and getting over them.
// It sends what a lab asks to the kernel and gives the answers back. It does not know any lab, and keeps nothing.

const HEALTH_MS = 3000;
const BACK_MS = 10000; // how long a page says that the model is back

/** The widget definition of a lab: `build(frame)` returns `{node, ready?(models), back?(), replace?(text)}`. */
function lab(name, build) {
  return {
    render({ model, el }) {
      const frame = new Lab(model, name);
      frame.start(build(frame), el);
      return () => frame.close();
    },
  };
}

class Lab {
  constructor(model, name) {
    this.name = name;
    this.labels = model.get("labels");
    this.config = model.get("config");
    this.hub = hub(this.labels);
    this.send = sender(model);
    this.model = model;
    this.counter = 0;
    this.current = null;
    this.told = new Map();
    this.down = null;
    this.heading = this.config.texts.title ? "h4" : "h2"; // under the demo's own title, or under the page's
    this.spoken = h("p", { role: "status", class: "kx-sr-only" });
    this.trouble = h("div", { class: "kl-trouble", role: "status" });
    this.guard = h("div", { class: "kl-guard" });
    const { language } = this.config;
    this.percents = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });
    this.numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  }

  text(key, values) {
    const label = this.labels[key.startsWith("lab.") ? key : `${this.name}.${key}`];
    if (label === undefined) throw new Error(`No text for ${this.name}.${key}`);
    return fill(label, values);
  }

  /** A share as people read it: 34 %, 0,4 %, under 0,1 %. */
  percent(share) {
    if (share > 0 && share < 0.001) return this.text("lab.tiny", { share: this.percents.format(0.001) });
    return this.percents.format(share);
  }

  number(value) {
    return this.numbers.format(value);
  }

  start(part, el) {
    this.part = part;
    const { texts } = this.config;
    const title = texts.title ? h("h3", { class: "kx-label" }, texts.title) : null;
    const intro = texts.intro ? h("p", { class: "kl-intro" }, texts.intro) : null;
    this.node = h("div", { class: "kx kl", "data-lab": this.name, lang: this.config.language }, title, intro);
    this.node.append(this.trouble, part.node, this.spoken, ...this.remarks(), reportProblem(this));
    el.append(this.node);
    this.receiver = (message) => this.receive(message);
    this.model.on("msg:custom", this.receiver);
    this.hello();
  }

  /** What to notice, what this does not show, and the way back to the module. */
  remarks() {
    const { notice, limits, module } = this.config.texts;
    const note = notice && h("div", { class: "kl-notice" }, h("p", { class: "kl-small-title" }, this.text("lab.notice")), h("p", {}, notice));
    const more = limits && h("details", { class: "kl-limits" }, h("summary", {}, this.text("lab.limits")), h("p", {}, limits));
    const back = module && h("p", { class: "kl-module" }, this.text("lab.module"), " ", h("a", { href: this.config.texts["module.href"] }, module));
    return [note, more, back].filter(Boolean);
  }

  close() {
    this.cancel();
    clearInterval(this.down);
    for (const task of [this.helloTask, ...this.told.keys()]) this.hub.done(task);
    this.model.off("msg:custom", this.receiver);
  }

  newTask() {
    this.counter += 1;
    return `${this.name}-${this.counter}-${Math.random().toString(36).slice(2)}`;
  }

  hello() {
    const task = (this.helloTask = this.newTask());
    this.hub.ask(task, () => this.send({ type: "hello", task }));
  }

  /** Ask the kernel for something; `on(message)` gets every answer. What was under way is given up. */
  ask(payload, on) {
    this.cancel();
    const task = this.newTask();
    this.current = { task, on };
    this.hub.ask(task, () => this.send({ type: "ask", task, ...payload }));
  }

  /** Tell the kernel something beside what is asked; `on(message)` gets the answer. */
  tell(payload, on) {
    const task = this.newTask();
    this.told.set(task, on);
    this.hub.ask(task, () => this.send({ type: "tell", task, ...payload }));
  }

  /** Give up what is under way; true if there was something. */
  cancel() {
    if (!this.current) return false;
    this.hub.done(this.current.task);
    this.current = null;
    this.send({ type: "stop" });
    return true;
  }

  receive(message) {
    if (message.task === this.helloTask) this.greeted(message);
    else if (message.type === "health") this.checked(message.ok);
    else if (message.task === this.current?.task) this.answered(message);
    else if (this.told.has(message.task)) this.toldBack(message);
  }

  greeted(message) {
    if (message.type === "working") {
      this.hub.heard(this.helloTask);
      return;
    }
    this.hub.done(this.helloTask);
    if (message.type === "trouble") this.showTrouble(message);
    else this.part.ready?.(message.models);
  }

  toldBack(message) {
    this.hub.heard(message.task);
    if (message.type === "working") return;
    const on = this.told.get(message.task);
    this.hub.done(message.task);
    this.told.delete(message.task);
    on?.(message);
  }

  answered(message) {
    const { task, on } = this.current;
    this.hub.heard(task);
    if (message.type === "working") return;
    if (message.end) {
      this.hub.done(task);
      this.current = null;
    }
    if (message.type === "trouble") this.showTrouble(message);
    else if (message.type !== "masked") this.clearTrouble();
    on(message);
  }

  /** Say something to who cannot see the screen. */
  say(text) {
    this.spoken.textContent = "";
    setTimeout(() => (this.spoken.textContent = text), 50);
  }

  showTrouble({ kind, text }) {
    this.trouble.replaceChildren(h("div", { class: "alert alert-warning kl-alert", "data-kind": kind }, h("p", { class: "alert-text" }, text)));
    if (kind === "down" && !this.down) this.down = setInterval(() => this.look(), HEALTH_MS);
  }

  clearTrouble() {
    if (!this.down && this.trouble.firstChild !== this.backNote) this.trouble.replaceChildren();
  }

  /** Ask whether the model is back; not from a page that nobody sees, or its kernel would live for ever. */
  look() {
    if (document.visibilityState === "visible") this.send({ type: "health", task: this.newTask() });
  }

  checked(ok) {
    if (!ok || !this.down) return;
    clearInterval(this.down);
    this.down = null;
    const note = h("div", { class: "alert alert-success kl-alert", "data-kind": "back" }, h("p", { class: "alert-text" }, this.text("lab.back")));
    this.backNote = note;
    this.trouble.replaceChildren(note);
    setTimeout(() => note.remove(), BACK_MS);
    this.hello();
    this.part.back?.();
  }
}
