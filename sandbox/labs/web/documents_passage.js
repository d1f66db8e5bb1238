// A passage of a guide in a dialog: its date, its text with a sentence marked, and the rest of the guide in a fold.
// The browser's own dialog: Esc closes it, and the focus goes back to where it was. It does not know who opens it.

/** The text with one sentence marked, if it is there; `label` says for who listens that it is marked. */
function withMark(text, sentence, label) {
  const place = sentence ? text.indexOf(sentence) : -1;
  if (place < 0) return [text];
  return [text.slice(0, place), h("mark", { class: "kl-doc-mark" }, h("span", { class: "kx-sr-only" }, `${label} `), sentence), text.slice(place + sentence.length)];
}

/** A place for dialogs: `open(passage, sentence)`. Guides have other passages; a text of one's own has none. */
function passageDialog(frame, guides) {
  const { language } = frame.config;
  const node = h("dialog", { class: "kl-doc-dialog" });
  const close = () => node.close();
  const changed = (passage) => (passage.updated ? frame.text("updated", { date: dateWords(passage.updated, language) }) : "");
  const rest = (passage) => {
    const guide = guides.find((one) => one.passages.some(({ key }) => key === passage.key));
    if (!guide) return [];
    const others = guide.passages.filter(({ key }) => key !== passage.key).map((one) => [h("p", { class: "kl-small-title" }, one.heading), h("p", {}, one.text)]);
    return [h("details", { class: "kl-fold" }, h("summary", {}, frame.text("rest")), ...others.flat()), h("p", { class: "kl-doc-invented" }, guide.invented)];
  };
  const open = (passage, sentence = "") => {
    const id = uid();
    node.setAttribute("aria-labelledby", id);
    node.replaceChildren(
      h(frame.heading, { id, class: "kl-doc-title" }, passage.title),
      h("p", { class: "kl-doc-date" }, changed(passage)),
      passage.heading ? h("p", { class: "kl-small-title" }, passage.heading) : "",
      h("p", { class: "kl-doc-text" }, ...withMark(passage.text, sentence, frame.text("marked"))),
      ...rest(passage),
      h("div", { class: "kx-actions" }, button(frame.text("close"), "primary", close)),
    );
    node.showModal();
  };
  return { node, open, changed };
}

function dateWords(date, language) {
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { dateStyle: "long", timeZone: "UTC" }).format(new Date(date));
}
