// What every lab offers besides itself: a rating of an answer, and a report of a problem.
// A report is read by the guard and shown as it would be stored; only then can it be sent. It knows no lab.

const REPORT_KINDS = ["error", "bias", "personal", "offensive", "other"];

/** "Was this useful?", with two buttons; `model` is the model's id. Only a count is kept. */
function rating(frame, model) {
  const thanks = h("span", { role: "status" });
  const buttons = ["up", "down"].map((way) => h("button", { type: "button", class: "kl-rate", "aria-pressed": "false", onclick: (event) => rate(way, event.currentTarget) }, frame.text(`lab.rate.${way}`)));
  const label = h("span", { id: uid() }, frame.text("lab.rate"));
  const node = h("div", { class: "kl-rating", role: "group", "aria-labelledby": label.id }, label, buttons, thanks);

  function rate(way, pressed) {
    if (buttons.some((button) => button.getAttribute("aria-pressed") === "true")) return;
    pressed.setAttribute("aria-pressed", "true");
    for (const button of buttons) usable(button, false);
    frame.tell({ what: `rated_${way}`, model });
    thanks.textContent = frame.text("lab.rate.thanks");
  }
  return node;
}

/** The fold with the form, at the end of a lab. */
function reportProblem(frame) {
  const body = h("div", {});
  const node = h("details", { class: "kl-report" }, h("summary", {}, frame.text("lab.report")), body);
  node.addEventListener("toggle", () => {
    if (node.open && !body.firstChild) body.append(new Report(frame).node);
  });
  return node;
}

class Report {
  constructor(frame) {
    this.frame = frame;
    this.text = textField(frame, { label: frame.text("lab.report.what"), hint: frame.text("lab.report.hint"), rows: 4, oninput: () => this.changed() });
    this.kinds = this.kindField();
    this.shown = h("div", { class: "kl-report-shown", role: "status" });
    this.readButton = button(frame.text("lab.report.read"), "secondary", () => this.read());
    const answer = button(frame.text("lab.report.answer"), "secondary", () => this.addAnswer());
    this.actions = h("div", { class: "kx-actions" }, this.readButton, answer);
    this.node = h("div", { class: "kl-report-form" }, h("p", {}, frame.text("lab.report.lead")), this.kinds.node, this.text.node, this.actions, this.shown);
  }

  kindField() {
    const name = uid();
    const inputs = REPORT_KINDS.map((kind) => h("input", { type: "radio", name, id: uid(), class: "form-radio", value: kind, checked: kind === "error" }));
    const rows = inputs.map((input) => h("div", { class: "form-group-radio kx-option" }, input, h("label", { for: input.id }, this.frame.text(`lab.report.kind.${input.value}`))));
    const node = h("fieldset", {}, h("legend", { class: "form-label" }, this.frame.text("lab.report.kind")), rows);
    return { node, get: () => inputs.find((input) => input.checked).value };
  }

  /** What was shown is no longer what would be stored. */
  changed() {
    this.shown.replaceChildren();
  }

  /** Put the latest answer of a model under what is written, where it can be edited. */
  addAnswer() {
    const last = [...this.frame.node.querySelectorAll(".kl-made .kl-answer, .kl-made .kl-words")].filter((node) => node.textContent.trim()).pop();
    if (!last) {
      this.shown.replaceChildren(h("p", {}, this.frame.text("lab.report.no-answer")));
      return;
    }
    const { input } = this.text;
    input.value = `${input.value.trimEnd()}\n\n${this.frame.text("lab.report.answered")} ${last.textContent.trim()}`.trimStart();
    this.changed();
    input.focus();
  }

  read() {
    const text = this.text.input.value.trim();
    if (!text) {
      this.shown.replaceChildren(h("p", {}, this.frame.text("lab.report.empty")));
      this.text.input.focus();
      return;
    }
    this.frame.tell({ what: "read", text }, (message) => this.show(message, text));
  }

  /** The text as it would be stored; while personal data are left in it, it can only be masked or edited. */
  show(message, text) {
    const { frame } = this;
    if (message.type !== "reading") {
      this.failed(message);
      return;
    }
    const title = h(frame.heading, { class: "kl-guard-title", tabindex: "-1" }, frame.text(message.clean ? "lab.report.this" : "lab.report.masks"));
    const put = () => {
      this.text.input.value = message.masked;
      this.read();
    };
    const next = message.clean ? button(frame.text("lab.report.send"), "primary", () => this.send(text)) : button(frame.text("lab.guard.mask"), "primary", put);
    const edit = button(frame.text("lab.guard.edit"), "secondary", () => {
      this.changed();
      this.text.input.focus();
    });
    const whys = message.clean ? null : h("ul", {}, message.whys.map((why) => h("li", {}, why)));
    this.shown.replaceChildren(h("section", { class: "kl-guard-panel" }, title, markedText(frame, message.parts), whys, h("div", { class: "kx-actions" }, next, edit)));
    title.focus();
  }

  send(text) {
    const model = this.frame.node.querySelector(".kl-select")?.value ?? "";
    this.frame.tell({ what: "report", kind: this.kinds.get(), model, text }, (message) => this.stored(message));
  }

  stored(message) {
    if (message.type !== "stored") {
      this.failed(message);
      return;
    }
    const thanks = h("p", { class: "kl-report-thanks", tabindex: "-1" }, this.frame.text("lab.report.stored", { receipt: message.receipt, days: message.days }));
    this.text.input.value = "";
    this.shown.replaceChildren(thanks);
    thanks.focus();
  }

  failed(message) {
    this.shown.replaceChildren(h("p", { class: "alert-text" }, message.text ?? this.frame.text("lab.trouble.other")));
  }
}
