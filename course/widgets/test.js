// A test: an introduction, then five questions a screen, and thanks. The answer is {form, answers: {question: option}}.
// Python sends the questions when the learner begins; this file does not know which form it is, nor what is right.

const PER_SCREEN = 5;

export default exercise((frame) => {
  const { item } = frame;
  const value = { form: null, answers: {} };
  const drawn = { form: null, fields: [], screens: [], at: 0 };
  let pressed = false;

  const begin = button("test.begin", "button-primary", () => ask((pressed = true)));
  const hint = h("p", { class: "form-hint", id: frame.ids.hint }, frame.text("hint.test"));
  const intro = h("div", { class: "kx-test-intro" }, h("p", { html: item.question_html }), hint, h("div", { class: "kx-actions" }, begin));
  const screens = h("div", {});
  const back = button("test.back", "button-secondary", () => go(drawn.at - 1));
  const next = button("test.next", "button-primary", () => go(drawn.at + 1));
  const count = h("p", { id: uid(), class: "kx-test-count" });
  const body = h("div", { hidden: true }, screens, count, h("div", { class: "kx-actions" }, back, next));
  const left = h("p", {});
  const thanks = h("div", { class: "kx-test-screen" }, heading("test.thanks"), h("p", {}, frame.text("test.hand-in")), left);

  function button(key, look, press) {
    return h("button", { type: "button", class: `button ${look}`, onclick: press }, frame.text(key));
  }

  function heading(key, values) {
    return h("h4", { class: "kx-test-head", tabindex: "-1" }, frame.text(key, values));
  }

  /** Ask for the questions: of the form that was begun, else of the one Python chooses. */
  function ask() {
    frame.hub.ask(frame.ask("form"), () => frame.send({ type: "begin", form: value.form }));
  }

  function receive(message) {
    if (message.type !== "form") return;
    frame.hub.done(frame.ask("form"));
    if (value.form !== message.form) Object.assign(value, { form: message.form, answers: { ...message.answers } });
    const anew = drawn.form !== message.form || body.hidden;
    if (drawn.form !== message.form) build(message);
    tick();
    if (anew) go(firstOpen(), pressed);
    if (pressed) frame.changed();
    pressed = false;
  }

  function build({ form, questions }) {
    drawn.form = form;
    drawn.fields = questions.map((question, index) => field(question, index + 1));
    drawn.screens = [];
    for (let from = 0; from < questions.length; from += PER_SCREEN) {
      const part = drawn.fields.slice(from, from + PER_SCREEN);
      const head = heading("test.screen", { from: from + 1, to: from + part.length, of: questions.length });
      head.setAttribute("aria-describedby", count.id);
      drawn.screens.push(h("div", { class: "kx-test-screen" }, head, part.map((one) => one.node)));
    }
    screens.replaceChildren(...drawn.screens, thanks);
  }

  /** One question with radio buttons, as in a single choice. */
  function field(question, number) {
    const context = question.context_html ? h("div", { id: uid(), class: "kx-context", html: question.context_html }) : null;
    const changed = () => choose(question.id);
    const { node, inputs } = choices({ item: question, ids: {}, describedBy: context?.id, changed }, "radio");
    const named = h("p", { class: "kx-test-number" }, frame.text("test.number", { n: number }));
    return { id: question.id, inputs, node: h("div", { class: "kx-test-question", "data-question": question.id }, named, context, node) };
  }

  function choose(id) {
    value.answers[id] = drawn.fields.find((one) => one.id === id).inputs.find((input) => input.checked).value;
    tell();
    frame.changed();
  }

  /** Tick what is answered. */
  function tick() {
    for (const one of drawn.fields) for (const input of one.inputs) input.checked = value.answers[one.id] === input.value;
    tell();
  }

  function tell() {
    const answered = Object.keys(value.answers).length;
    const open = item.of - answered;
    count.textContent = frame.text("test.count", { n: answered, of: item.of });
    left.textContent = open === 0 ? "" : frame.text(open === 1 ? "test.open-one" : "test.open", { n: open });
  }

  /** The screen with the first question that has no answer; the thanks when all have one. */
  function firstOpen() {
    const open = drawn.fields.findIndex((one) => !(one.id in value.answers));
    return open < 0 ? drawn.screens.length : Math.floor(open / PER_SCREEN);
  }

  /** Show a screen; the focus goes to its heading when the learner asked for it. */
  function go(to, focus = true) {
    drawn.at = to;
    intro.hidden = true;
    body.hidden = false;
    const all = [...drawn.screens, thanks];
    all.forEach((screen, index) => screen.classList.toggle("kx-off", index !== to));
    back.hidden = to === 0;
    back.textContent = frame.text(to === drawn.screens.length ? "test.again" : "test.back");
    next.hidden = to === drawn.screens.length;
    next.textContent = frame.text(to === drawn.screens.length - 1 ? "test.end" : "test.next");
    if (focus) all[to].querySelector(".kx-test-head").focus();
  }

  function notBegun() {
    Object.assign(value, { form: null, answers: {} });
    intro.hidden = false;
    body.hidden = true;
  }

  frame.model.on("msg:custom", receive);
  return {
    node: h("div", { class: "kx-test" }, intro, body),
    focus: () => begin.focus(),
    stop: () => frame.hub.waiting.delete(frame.ask("form")),
    get: () => (value.form ? { form: value.form, answers: { ...value.answers } } : null),
    set(saved) {
      if (!saved?.form) return notBegun();
      Object.assign(value, { form: saved.form, answers: { ...saved.answers } });
      if (drawn.form !== value.form) return ask();
      tick();
      if (body.hidden) go(firstOpen(), false);
    },
  };
});
