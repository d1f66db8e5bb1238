// An answer's words coloured by how likely the model computed them to be; a word opens what else it was chosen among.
// Colour is never alone: each step has its own line under the word, and the word says its number. It knows no page.

const STEPS = [0.75, 0.4, 0.1]; // a word at least this likely; less than the last one is the fourth step

function stepOf(share) {
  const found = STEPS.findIndex((least) => share >= least);
  return found < 0 ? STEPS.length : found;
}

/** The key to the colours: a sample of each step. */
function sureLegend(frame) {
  const limits = STEPS.map((share) => frame.percent(share));
  const words = [...limits.map((least, step) => (step ? frame.text("sure.between", { least, most: limits[step - 1] }) : frame.text("sure.above", { least }))), frame.text("sure.below", { most: limits.at(-1) })];
  return h("ul", { class: "kl-legend no-max-width", "aria-label": frame.text("sure.legend") }, ...words.map((text, step) => h("li", {}, h("span", { class: "kl-word", "data-step": String(step) }, text))));
}

/** The words of one answer. `set` them when they are known; `show(true)` colours them. */
class SureWords {
  constructor(frame) {
    this.frame = frame;
    this.body = h("span", { class: "kl-words" });
    this.table = foldedTable(frame.text("sure.table"), frame.text("sure.table"), ["sure.table.word", "sure.table.share", "sure.table.other"].map((key) => frame.text(key)));
    this.table.node.hidden = true;
    this.text = "";
    this.parts = [];
    this.on = false;
    this.panel = null;
    this.body.addEventListener("keydown", (event) => this.pressed(event));
    this.body.addEventListener("click", (event) => getSelection().isCollapsed && this.open(event.target.closest("[data-place]")));
  }

  set(text, parts) {
    this.text = text;
    this.parts = parts ?? this.parts;
    if (!this.on) this.body.textContent = text;
    else this.draw();
  }

  show(on) {
    if (this.on === on) return;
    this.on = on;
    this.close();
    this.draw();
  }

  /** The words that are known, and after them the text that came later. */
  draw() {
    const known = this.on && this.parts.some((part) => part.pieces);
    this.table.node.hidden = !known;
    if (known) {
      this.body.setAttribute("role", "group");
      this.body.setAttribute("aria-label", this.frame.text("sure.group"));
    } else for (const name of ["role", "aria-label"]) this.body.removeAttribute(name);
    if (!known) {
      this.body.textContent = this.text;
      return;
    }
    const length = this.parts.reduce((sum, part) => sum + part.text.length, 0);
    this.body.replaceChildren(...this.parts.map((part, place) => (part.pieces ? this.makeWord(part, place) : part.text)), this.text.slice(length));
    this.body.querySelector("[data-place]")?.setAttribute("tabindex", "0");
    this.table.rows(this.parts.filter((part) => part.pieces).map((part) => [part.text, this.frame.percent(Math.exp(part.logprob)), this.likeliestOther(part)]));
  }

  /** Not a button, which could not be selected and copied as text. */
  makeWord(part, place) {
    const share = this.frame.percent(Math.exp(part.logprob));
    return h("span", { class: "kl-word", role: "button", tabindex: "-1", "data-place": String(place), "data-step": String(stepOf(Math.exp(part.logprob))), "aria-label": `${part.text}, ${share}`, "aria-haspopup": "dialog" }, part.text);
  }

  likeliestOther(part) {
    const [other] = part.pieces[0].others;
    return other ? `${pieceWords(this.frame, other[0])} (${this.frame.percent(Math.exp(other[1]))})` : "";
  }

  pressed(event) {
    const words = [...this.body.querySelectorAll("[data-place]")];
    const here = words.indexOf(event.target);
    if (here < 0) return;
    const steps = { ArrowRight: here + 1, ArrowLeft: here - 1, ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: words.length - 1 };
    if (event.key in steps) this.move(event.target, words[steps[event.key]]);
    else if (event.key === "Enter" || event.key === " ") this.open(event.target);
    else return;
    event.preventDefault();
  }

  move(from, to) {
    if (!to) return;
    from.setAttribute("tabindex", "-1");
    to.setAttribute("tabindex", "0");
    to.focus();
  }

  /** Show what stood to choose among, below the word; Esc closes it and the focus is on the word again. */
  open(word) {
    if (!word) return;
    this.close();
    const part = this.parts[Number(word.dataset.place)];
    this.panel = this.makePanel(part, word);
    const frame = this.body.closest(".kl-made");
    frame.append(this.panel);
    const [box, place] = [frame.getBoundingClientRect(), word.getBoundingClientRect()];
    this.panel.style.top = `${place.bottom - box.top + 6}px`;
    this.panel.style.left = `${Math.max(8, Math.min(place.left - box.left, box.width - this.panel.offsetWidth - 10))}px`;
    word.classList.add("kl-open");
    this.panel.focus();
    this.panel.scrollIntoView({ block: "nearest" });
  }

  makePanel(part, word) {
    const { frame } = this;
    const id = uid();
    const back = () => {
      this.close();
      for (const one of this.body.querySelectorAll('[tabindex="0"]')) one.setAttribute("tabindex", "-1");
      word.setAttribute("tabindex", "0");
      word.focus();
    };
    const onkeydown = (event) => {
      if (event.key === "Escape") back();
    };
    const title = h("p", { id, class: "kl-small-title" }, frame.text("sure.word", { word: part.text, share: frame.percent(Math.exp(part.logprob)) }));
    const many = part.pieces.length > 1 ? h("p", {}, frame.text("sure.pieces", { count: part.pieces.length })) : null;
    const close = button(frame.text("sure.close"), "secondary", back);
    return h("div", { class: "kl-alternatives", role: "dialog", "aria-labelledby": id, tabindex: "-1", onkeydown }, title, many, ...part.pieces.map((piece) => this.pieceList(piece)), close);
  }

  /** A piece and the likeliest others in its place, likeliest first. */
  pieceList(piece) {
    const { frame } = this;
    const all = [[piece.text, piece.logprob, true], ...piece.others.slice(0, 5)].sort((one, other) => other[1] - one[1]);
    const item = ([text, logprob, chosen]) => h("li", { class: chosen ? "kl-chosen" : null }, `${pieceWords(frame, text)}: ${frame.percent(Math.exp(logprob))}`, chosen ? ` ${frame.text("sure.chosen")}` : "");
    return h("ul", { class: "kl-choices no-max-width" }, ...all.map(item));
  }

  close() {
    this.panel?.remove();
    this.panel = null;
    for (const word of this.body.querySelectorAll(".kl-open")) word.classList.remove("kl-open");
  }
}
