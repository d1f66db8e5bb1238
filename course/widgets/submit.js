// Handing in: what is unanswered, the button, how far the grading is, and the feedback.
// Python writes every sentence and the feedback's markup; this file does not know how grading is done.

const POLL_MS = 500;
const POLL_AWAY_MS = 3000;
const SETTLE_MS = 5000;

class Submit {
  constructor(model) {
    this.model = model;
    this.labels = model.get("labels");
    this.hub = hub(this.labels);
    this.send = sender(model);
    this.id = uid();
    this.missing = [];
    this.status = h("p", { role: "status", class: "kx-submit-status" });
    this.list = h("div", { class: "kx-missing" });
    this.button = h("button", { type: "button", class: "button button-primary", onclick: () => this.press() }, this.labels["submit.button"]);
    this.confirmation = h("div", { class: "kx-confirm", hidden: true });
    this.feedback = h("div", { class: "kx-report" });
    this.shownFeedback = "";
    this.node = h(
      "div",
      { class: "kx kx-submit", tabindex: "-1" },
      h("h3", { class: "kx-label" }, this.labels["submit.title"]),
      this.list,
      h("div", { class: "kx-actions" }, this.button),
      this.confirmation,
      this.status,
      this.feedback,
    );
    this.node.addEventListener("click", (event) => this.follow(event));
    this.unfold = () => this.feedback.querySelectorAll("details").forEach((details) => (details.open = true));
  }

  start() {
    this.model.on("msg:custom", (message) => this.receive(message));
    this.refresh = () => {
      clearTimeout(this.refreshing);
      this.refreshing = setTimeout(() => this.hello(), 200);
    };
    for (const name of ["saved", "awake"]) this.hub.addEventListener(name, this.refresh);
    addEventListener("beforeprint", this.unfold);
    this.busy(true); // until it is known what is unanswered
    this.hello();
  }

  stop() {
    removeEventListener("beforeprint", this.unfold);
    for (const name of ["saved", "awake"]) this.hub.removeEventListener(name, this.refresh);
    for (const timer of [this.refreshing, this.polling]) clearTimeout(timer);
    for (const what of ["hello", "hand-in"]) this.hub.waiting.delete(`${this.id}:${what}`);
  }

  hello() {
    this.hub.ask(`${this.id}:hello`, () => this.send({ type: "hello" }));
  }

  /** Links inside the widget lead to exercises: take the focus along. */
  follow(event) {
    const link = event.target.closest("a[href^='#item-']");
    if (!link) return;
    event.preventDefault();
    goTo(link.getAttribute("href").slice(1));
  }

  press() {
    if (this.button.getAttribute("aria-disabled") === "true") return;
    if (this.missing.length) this.askToConfirm();
    else this.handIn();
  }

  askToConfirm() {
    const close = () => {
      this.confirmation.hidden = true;
      this.button.focus();
    };
    const yes = h("button", { type: "button", class: "button button-primary", onclick: () => this.handIn() }, this.labels["submit.anyway"]);
    const no = h("button", { type: "button", class: "button button-secondary", onclick: close }, this.labels["submit.wait"]);
    const count = this.missing.length;
    const text = count === 1 ? this.labels["submit.confirm-one"] : fill(this.labels["submit.confirm"], { n: count });
    this.confirmation.replaceChildren(h("p", { id: `${this.id}-confirm`, tabindex: "-1" }, text), h("div", { class: "kx-actions" }, yes, no));
    this.confirmation.hidden = false;
    this.confirmation.firstChild.focus();
  }

  async handIn() {
    if (!this.confirmation.hidden) this.button.focus();
    this.confirmation.hidden = true;
    this.busy(true);
    if (this.hub.unsaved()) this.say(this.labels["submit.saving"]);
    if (!(await this.hub.settled(SETTLE_MS))) {
      this.busy(false);
      this.say(fill(this.labels["submit.unsaved"], { n: this.hub.unsaved() }));
      return;
    }
    this.say(this.labels["submit.sending"]);
    const stamp = `${Date.now()}-${uid()}`;
    this.hub.ask(`${this.id}:hand-in`, () => this.send({ type: "hand_in", stamp }));
  }

  busy(yes) {
    this.button.setAttribute("aria-disabled", String(yes));
  }

  say(text) {
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  receive(message) {
    if (message.type !== "submission") return;
    const waitsForHandIn = this.hub.waiting.has(`${this.id}:hand-in`) && !message.answers_hand_in;
    this.hub.done(`${this.id}:hello`);
    if (message.answers_hand_in) this.hub.done(`${this.id}:hand-in`);
    this.showMissing(message);
    this.showFeedback(message.feedback_html);
    if (waitsForHandIn) return;
    this.say(message.text);
    this.busy(message.busy);
    this.button.textContent = message.button;
    clearTimeout(this.polling);
    if (message.poll) this.polling = setTimeout(() => this.hello(), message.busy ? POLL_MS : POLL_AWAY_MS);
  }

  showMissing(message) {
    this.missing = message.missing;
    const links = message.missing.map((item) => h("li", {}, h("a", { href: `#item-${item.id}` }, item.label)));
    const line = h("p", {}, message.missing_text);
    this.list.replaceChildren(line, ...(links.length ? [h("ul", {}, links)] : []));
    if (!links.length) this.confirmation.hidden = true;
  }

  showFeedback(markup) {
    if (markup === this.shownFeedback) return;
    this.shownFeedback = markup;
    this.feedback.innerHTML = markup;
  }
}

export default {
  render({ model, el }) {
    const submit = new Submit(model);
    el.append(submit.node);
    submit.start();
    return () => submit.stop();
  },
};
