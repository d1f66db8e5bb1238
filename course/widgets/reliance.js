// A case of the reliance drill: answer, how sure, what the AI says, the answer again, and then why.
// The answer grows step by step: {first, confidence, advice, final}. What was decided is not changed afterwards,
// until the learner begins the case again.

export default exercise((frame) => {
  const { item } = frame;
  const value = {};
  const next = (key, press) => h("button", { type: "button", class: "button button-secondary", onclick: press }, frame.text(key));
  const first = radios(item.options.map(({ id, html }) => ({ value: id, html })), { html: item.question_html });
  const sure = radios(frame.config.levels.map((level) => ({ value: level, html: frame.text(`confidence.${level}`) })), { html: frame.text("confidence") });
  const final = radios(item.options.map(({ id, html }) => ({ value: id, html })), { html: frame.text("reliance.again") });
  const missing = h("p", { class: "form-error-message kx-error", role: "status" });
  const advice = h("div", { class: "kx-advice", tabindex: "-1" }, h("p", { class: "kx-advice-who" }, frame.text("reliance.advice")), h("div", { html: item.advice_html }));
  const told = h("div", { class: "kx-verdict", tabindex: "-1" });
  const decide = h("div", { class: "kx-actions" }, next("reliance.show", showAdvice));
  const end = h("div", { class: "kx-actions" }, next("reliance.done", finish));
  const again = h("div", { class: "kx-actions" }, next("reliance.restart", restart));
  const node = h("div", {}, first.node, h("span", { class: "form-hint", id: frame.ids.hint }, frame.text("hint.reliance")), sure.node, decide, missing, advice, final.node, end, told, again);

  /** Radio buttons in a fieldset; `lock` keeps what was chosen. */
  function radios(choices, legend) {
    const name = uid();
    const inputs = choices.map((choice) => h("input", { type: "radio", name, id: uid(), class: "form-radio", value: choice.value }));
    const rows = inputs.map((input, at) => h("div", { class: "form-group-radio kx-option" }, input, h("label", { for: input.id, html: choices[at].html })));
    const fieldset = h("fieldset", {}, h("legend", { class: "form-label kx-question", ...legend }), rows);
    return {
      node: fieldset,
      focus: () => (inputs.find((input) => input.checked) ?? inputs[0]).focus(),
      get: () => inputs.find((input) => input.checked)?.value ?? null,
      set: (to) => inputs.forEach((input) => (input.checked = input.value === String(to))),
      lock: (yes) => (fieldset.disabled = yes),
    };
  }

  function showAdvice() {
    const [answer, level] = [first.get(), sure.get()];
    missing.textContent = answer && level ? "" : frame.text(answer ? "reliance.how-sure" : "check.empty");
    if (missing.textContent) return (answer ? sure : first).focus();
    Object.assign(value, { first: answer, confidence: Number(level), advice: item.advice, final: null });
    final.set(answer);
    draw();
    frame.changed();
    advice.focus();
  }

  function finish() {
    value.final = final.get();
    draw();
    frame.changed();
    told.focus();
  }

  function restart() {
    for (const key of Object.keys(value)) delete value[key];
    for (const part of [first, sure, final]) part.set(null);
    draw();
    frame.changed();
    first.focus();
  }

  /** In words: what the advice was, and what became of it. */
  function verdict() {
    const right = value.final === item.key;
    const took = value.final === value.first ? "kept" : "changed";
    const head = frame.text(`reliance.${right ? "right" : "wrong"}`);
    told.className = `kx-verdict kx-verdict-${right ? "right" : "wrong"}`;
    told.replaceChildren(h("p", { class: "kx-verdict-head" }, h("strong", {}, head)), h("p", {}, frame.text(`reliance.${value.advice}.${took}`)), h("div", { html: item.why_html }));
  }

  function draw() {
    const advised = value.first !== undefined && value.first !== null;
    const done = advised && Boolean(value.final);
    first.lock(advised);
    sure.lock(advised);
    final.lock(done);
    decide.hidden = advised;
    for (const part of [advice, final.node]) part.hidden = !advised;
    end.hidden = !advised || done;
    told.hidden = again.hidden = !done;
    if (done) verdict();
  }

  return {
    node,
    focus: () => first.focus(),
    get: () => (value.first ? { ...value } : null),
    set(saved) {
      for (const key of Object.keys(value)) delete value[key];
      if (saved?.first) Object.assign(value, saved);
      first.set(value.first ?? null);
      sure.set(value.confidence ?? null);
      final.set(value.final ?? value.first ?? null);
      draw();
    },
  };
});
