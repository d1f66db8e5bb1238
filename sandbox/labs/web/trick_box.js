// The fixed parts of the trick lab: which known risk each try belongs to, and what protects better than an instruction.
// It does not know what was tried.

/** A fold with the risks in OWASP's list, what they mean here, and where the list is from. */
function riskBox(frame, { risks, tries, source, address }) {
  const of = (id) => tries.filter((one) => one.risks.includes(id)).map((one) => one.title);
  const items = risks.map((risk) => {
    const mine = of(risk.id);
    const examples = mine.length ? h("p", {}, frame.text("risks.tries", { tries: new Intl.ListFormat(frame.config.language).format(mine) })) : null;
    return h("li", {}, h("strong", {}, `${risk.id} `, h("span", { lang: "en" }, risk.name)), h("p", {}, risk.about), examples);
  });
  const from = h("p", { class: "kl-expect" }, source, " ", h("span", { class: "kl-address" }, address));
  return h("details", { class: "kl-fold" }, h("summary", {}, frame.text("risks")), h("ul", { class: "kl-risks" }, ...items), from);
}

/** What a municipality does instead. */
function insteadBox(frame, { instead }) {
  const id = uid();
  const title = h(frame.heading, { class: "kl-instead-title", id }, frame.text("instead"));
  return h("section", { class: "kl-instead", "aria-labelledby": id }, title, h("p", {}, frame.text("instead.lead")), h("ul", {}, ...instead.map((text) => h("li", {}, text))));
}

/** The whole text that the model goes on with; it gives the secret away, so it is folded. */
function frameBox(frame, text) {
  return h("details", { class: "kl-fold" }, h("summary", {}, frame.text("frame")), h("pre", { class: "kl-frame" }, text));
}
