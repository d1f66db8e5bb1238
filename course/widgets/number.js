// Number: typed with a decimal comma or point as the page's language has it; the answer is a number.

/** The number in a text, null for no text, NaN for a text that is no number. */
function readNumber(text, language) {
  const bare = text.replace(/[\s\u00a0]/g, "").replace("−", "-");
  if (!bare) return null;
  const [thousands, decimal] = language === "da" ? ["\\.", ","] : [",", "\\."];
  if (new RegExp(`^[+-]?\\d{1,3}(${thousands}\\d{3})+(${decimal}\\d+)?$`).test(bare)) {
    return Number(bare.replace(new RegExp(thousands, "g"), "").replace(",", "."));
  }
  return /^[+-]?(\d+([.,]\d*)?|[.,]\d+)$/.test(bare) ? Number(bare.replace(",", ".")) : NaN;
}

export default exercise((frame) => {
  const { language } = frame.config;
  const echo = h("span", { class: "kx-echo", role: "status" });
  const ids = { input: uid(), unit: uid() };
  const write = (value) => new Intl.NumberFormat(language, { maximumFractionDigits: 10 }).format(value);
  const input = h("input", {
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    id: ids.input,
    class: "form-input kx-number",
    "aria-describedby": `${ids.unit} ${frame.describedBy}`,
    oninput: () => typed(),
    onchange: () => settled(),
  });

  function typed() {
    frame.changed(true);
    show();
  }

  function settled() {
    frame.saver.flush();
    const wrong = Number.isNaN(readNumber(input.value, language));
    frame.setError(wrong ? frame.text("number.wrong", { text: input.value }) : null);
  }

  function show() {
    const value = get();
    echo.textContent = value === null ? "" : frame.text("number.read", { number: write(value), unit: frame.item.unit });
  }

  function get() {
    const value = readNumber(input.value, language);
    return Number.isFinite(value) ? value : null;
  }

  const node = h(
    "div",
    {},
    h("label", { for: ids.input, class: "form-label kx-question", html: frame.item.question_html }),
    h("span", { class: "form-hint", id: frame.ids.hint }, frame.text("hint.number")),
    h("div", { class: "kx-number-row" }, input, h("span", { class: "kx-unit", id: ids.unit }, frame.item.unit)),
    echo,
  );
  return {
    node,
    focus: () => input.focus(),
    mark: (wrong) => input.setAttribute("aria-invalid", String(wrong)),
    get,
    set(value) {
      if (value !== get()) input.value = typeof value === "number" ? write(value) : "";
      show();
    },
  };
});
