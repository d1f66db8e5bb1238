// A text about something that does not exist, and what the model writes on from there: which of it could be checked?

class Fabricate {
  constructor(frame) {
    this.frame = frame;
    const { texts } = frame.config;
    this.attempt = 0;
    this.field = textField(frame, { label: frame.text("text"), hint: frame.text("text.hint"), value: texts.prompt });
    this.go = button(frame.text("go"), "primary", () => this.press());
    this.stopButton = button(frame.text("stop"), "secondary", () => this.stop());
    usable(this.stopButton, false);
    this.words = h("p", { class: "kl-answer" });
    this.made = madeByModel(frame, "", this.words);
    this.check = h("div", { class: "kl-how", hidden: true });
    this.made.hidden = true;
    this.node = h("div", { class: "kl-fabricate" }, this.field.node, frame.guard, h("div", { class: "kx-actions" }, this.go, this.stopButton), this.made, this.check);
  }

  ready(models) {
    this.model = models.find((model) => model.kind === "base") ?? models[0];
    this.made.querySelector(".kl-mark").lastChild.textContent = ` ${this.model?.title ?? ""}`;
    this.made.setAttribute("data-ai-model", this.model?.title ?? "");
  }

  press() {
    if (!isUsable(this.go)) return;
    const text = this.field.input.value.trimEnd();
    if (!text.trim()) {
      this.frame.say(this.frame.text("empty"));
      this.field.input.focus();
      return;
    }
    this.frame.guard.replaceChildren();
    this.check.hidden = true;
    this.busy(true);
    this.asked = { text, attempt: this.attempt, written: "" };
    this.attempt += 1;
    this.frame.say(this.frame.text("writing"));
    this.frame.ask({ text, attempt: this.asked.attempt, model: this.model?.id ?? null }, (message) => this.receive(message));
  }

  receive(message) {
    if (message.type === "masked") maskedNote(this.frame, message);
    else if (message.type === "guard") guardField(this.frame, message, this.field.input);
    else if (message.type === "text") this.write(message);
    if (message.end) this.over();
  }

  write({ text }) {
    this.asked.written = text;
    this.made.hidden = false;
    this.check.hidden = true;
    this.words.replaceChildren(h("span", { class: "kl-given" }, this.asked.text), text);
  }

  stop() {
    if (!isUsable(this.stopButton)) return;
    this.frame.cancel();
    this.over();
    this.go.focus();
  }

  over() {
    const { frame, asked } = this;
    this.busy(false);
    if (!asked.written) return;
    this.go.textContent = frame.text("again");
    const claims = findClaims(asked.written);
    this.words.replaceChildren(h("span", { class: "kl-given" }, asked.text), ...claims.nodes);
    const list = claims.found.length ? h("p", {}, frame.text("claims", { list: claims.found.join(" · ") })) : h("p", {}, frame.text("claims.none"));
    this.check.replaceChildren(h(frame.heading, { class: "kl-small-title" }, frame.text("how")), list, h("p", {}, frame.text("how.text")));
    this.check.hidden = false;
    frame.say(`${frame.text("done")} ${asked.written}`);
  }

  busy(yes) {
    usable(this.go, !yes);
    usable(this.stopButton, yes);
  }
}

const MONTHS = [
  "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december",
  "January|February|March|April|May|June|July|August|September|October|November|December",
].join("|");
const NUMBERS = `(?<![\\p{L}\\d])\\d[\\d.,:]*(?:(?:st|nd|rd|th)\\b)?(?:\\.?\\s(?:of\\s)?(?:${MONTHS})(?!\\p{L})(?:\\s\\d{4})?)?|(?:${MONTHS})\\s\\d{1,4}`;
const NAME = "(?:\\p{Lu}\\p{Ll}?\\.(?:\\p{Lu}\\.)*|\\p{Lu}[\\p{L}'’-]+)"; // also "H.C." and "Dr."
const NAMES = `(?<=[\\p{Ll}\\d,;:)"»”]\\s[("»“]?)${NAME}(?:\\s(?:(?:af|de|von|van|of|the|og|and|for)\\s)?${NAME})*`;
const CLAIM = new RegExp(`${NUMBERS}|${NAMES}`, "gu");

/** Numbers and dates, and names (words with a capital inside a sentence): what a reader could look up. */
function findClaims(text) {
  const nodes = [];
  const found = new Set();
  let place = 0;
  for (const match of text.matchAll(CLAIM)) {
    const claim = match[0].replace(/[.,:'’-]+$/u, "");
    nodes.push(text.slice(place, match.index), h("mark", { class: "kl-claim" }, claim));
    place = match.index + claim.length;
    found.add(claim);
  }
  return { nodes: [...nodes, text.slice(place)], found: [...found] };
}

export default lab("fabricate", (frame) => new Fabricate(frame));
