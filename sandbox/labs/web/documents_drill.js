// The drill: an answer with a reference. Does the source say it? The reason comes at once, the count at the end.
// It does not know the key: the kernel tells it when a case has been judged.

const VERDICTS = ["yes", "partly", "no"];

class Drill {
  constructor(frame, dialog, passages) {
    Object.assign(this, { frame, dialog, passages, cases: frame.config.settings.cases });
    this.title = h(frame.heading, { class: "kl-doc-part", tabindex: "-1" }, frame.text("drill"));
    this.place = h("div");
    this.node = h("section", { class: "kl-doc-drill", "aria-label": frame.text("drill") }, this.title, h("p", {}, frame.text("drill.intro")), this.place);
    this.restart();
  }

  restart() {
    this.number = 0;
    this.outcomes = [];
    this.show();
  }

  show() {
    const { frame } = this;
    const one = this.cases[this.number];
    const name = uid();
    this.legend = h("legend", { class: "form-label", tabindex: "-1" }, frame.text("drill.legend", { number: this.number + 1, total: this.cases.length }));
    this.radios = VERDICTS.map((verdict) => h("input", { type: "radio", id: uid(), name, value: verdict, class: "form-radio" }));
    const choices = this.radios.map((radio) => h("div", { class: "kl-doc-choice" }, radio, h("label", { for: radio.id }, frame.text(`verdict.${radio.value}`))));
    const open = h("button", { type: "button", class: "kl-doc-ref", "aria-label": frame.text("open", { number: 1 }), onclick: () => this.open(one) }, "[1]");
    const claim = h("div", { class: "kl-doc-claim" }, h("p", { class: "kl-small-title" }, one.question), h("p", {}, one.answer, " ", open), h("p", { class: "kl-doc-author" }, frame.text("drill.author")));
    this.go = button(frame.text("drill.check"), "primary", () => this.judge(one));
    this.opener = button(frame.text("drill.open"), "secondary", () => this.open(one));
    this.result = h("div", { class: "kl-doc-verdict" });
    this.place.replaceChildren(claim, h("fieldset", { class: "kl-doc-choices" }, this.legend, ...choices), h("div", { class: "kx-actions" }, this.opener, this.go), this.result);
    this.mark = "";
  }

  open(one) {
    this.dialog.open(this.passages.get(one.passage), this.mark);
  }

  judge(one) {
    if (!isUsable(this.go)) return;
    const chosen = this.radios.find((radio) => radio.checked);
    if (!chosen) {
      this.result.replaceChildren(h("p", {}, this.frame.text("drill.choose")));
      this.frame.say(this.frame.text("drill.choose"));
      this.radios[0].focus();
      return;
    }
    this.frame.ask({ what: "judge", case: one.id, verdict: chosen.value }, (message) => message.type === "judged" && this.judged(message));
  }

  judged({ right, verdict, reason, mark, other }) {
    const { frame } = this;
    this.outcomes.push(right);
    this.mark = mark;
    usable(this.go, false);
    for (const radio of this.radios) radio.disabled = true;
    const title = h(frame.heading, { class: "kl-doc-outcome", tabindex: "-1", "data-right": String(right) }, frame.text(right ? "drill.right" : "drill.wrong", { verdict: frame.text(`verdict.${verdict}`) }));
    const last = this.number + 1 === this.cases.length;
    const next = button(frame.text(last ? "drill.finish" : "drill.next"), "primary", () => (last ? this.finish() : this.next()));
    const more = other ? [button(frame.text("drill.other"), "secondary", () => this.dialog.open(this.passages.get(other)))] : [];
    this.result.replaceChildren(title, h("p", {}, reason), h("div", { class: "kx-actions" }, next, ...more));
    title.focus();
  }

  next() {
    this.number += 1;
    this.show();
    this.legend.focus();
  }

  finish() {
    const { frame } = this;
    const count = this.outcomes.filter(Boolean).length;
    const title = h(frame.heading, { class: "kl-doc-outcome", tabindex: "-1" }, frame.text("drill.count", { count, total: this.cases.length }));
    const again = button(frame.text("drill.again"), "secondary", () => (this.restart(), this.legend.focus()));
    this.place.replaceChildren(title, h("p", {}, frame.text("drill.learned")), h("div", { class: "kx-actions" }, again));
    title.focus();
  }
}
