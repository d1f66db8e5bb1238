// Marking words in a text. The answer is {language, words}: the numbers of the words marked in this language's text.

export default exercise((frame) => {
  const { item } = frame;
  const question = h("p", { id: uid(), class: "form-label kx-question", html: item.question_html });
  const hint = h("span", { class: "form-hint", id: frame.ids.hint }, frame.text("hint.mark"));
  const count = h("p", { class: "form-hint", role: "status" });
  const text = marker({
    text: item.text,
    label: frame.text("mark.text"),
    describedBy: `${question.id} ${frame.describedBy}`,
    changed: () => {
      other = null;
      draw();
      frame.changed();
    },
  });
  let other = null; // an answer that was given in the other language's text stays as it is until something is marked here
  const button = (key, press) => h("button", { type: "button", class: "button button-secondary", onclick: press }, frame.text(key));
  const tools = h("div", { class: "kx-actions" }, button("mark.undo", () => text.undo()), button("mark.clear", () => text.clear()));
  const node = h("div", {}, question, hint, text.node, count, tools);

  function draw() {
    const marked = text.get().length;
    count.textContent = other ? frame.text("mark.elsewhere") : frame.text("mark.count", { n: marked });
  }

  return {
    node,
    focus: () => text.focus(),
    get() {
      if (other) return other;
      const words = text.get();
      return words.length ? { language: item.language, words } : null;
    },
    set(value) {
      other = value && value.language !== item.language ? value : null;
      text.set(value && !other ? value.words : []);
      draw();
    },
  };
});
