// Three other answers to the same text, side by side, with what differs from the first one marked.
// It does not know how they are asked for.

const OTHERS = 3;

/** The words of `other` in order, each with whether it stands in `first` too, by their longest common run of words. */
function compareWords(first, other) {
  const [one, two] = [first, other].map((text) => text.match(/\s+|\S+/g) ?? []);
  const words = (parts) => parts.filter((part) => part.trim());
  const shared = commonWords(words(one).map(plainWord), words(two).map(plainWord));
  let place = 0;
  return two.map((text) => (text.trim() ? { text, same: shared.has(place++) } : { text, same: null }));
}

function plainWord(word) {
  return word.toLowerCase().replace(/^[\p{P}]+|[\p{P}]+$/gu, "");
}

/** The places in `two` of its longest common subsequence with `one`. */
function commonWords(one, two) {
  const lengths = Array.from({ length: one.length + 1 }, () => new Uint16Array(two.length + 1));
  for (let row = one.length - 1; row >= 0; row -= 1)
    for (let column = two.length - 1; column >= 0; column -= 1)
      lengths[row][column] = one[row] === two[column] ? lengths[row + 1][column + 1] + 1 : Math.max(lengths[row + 1][column], lengths[row][column + 1]);
  const places = new Set();
  for (let row = 0, column = 0; row < one.length && column < two.length; ) {
    if (one[row] === two[column]) {
      places.add(column);
      row += 1;
      column += 1;
    } else if (lengths[row + 1][column] >= lengths[row][column + 1]) row += 1;
    else column += 1;
  }
  return places;
}

/** What `other` says, as nodes: runs of words that the first answer lacks are marked. */
function markedDifferences(compared) {
  const nodes = [];
  let run = "";
  let space = "";
  const end = () => {
    if (run) nodes.push(h("span", { class: "kl-differs" }, run));
    run = "";
  };
  for (const { text, same } of compared) {
    if (same === null) space += text;
    else if (same) {
      end();
      nodes.push(space, text);
      space = "";
    } else {
      if (run) run += space;
      else nodes.push(space);
      run += text;
      space = "";
    }
  }
  end();
  return [...nodes, space];
}

/** The three answers as a part of the page: `grow(answers)`, `done(key)` marks them, `key` says how it ended. */
class OtherAnswers {
  constructor(frame, first, { title, lang }) {
    this.frame = frame;
    this.first = first;
    const id = uid();
    this.heading = h(frame.heading, { id, class: "kl-others-title", tabindex: "-1" }, frame.text("others.title"));
    this.bar = h("progress", { class: "kl-progress", max: OTHERS, value: 0, "aria-label": frame.text("others.progress") });
    this.state = h("p", { class: "kl-state", role: "status" }, frame.text("others.state", { done: 0, count: OTHERS }));
    this.columns = Array.from({ length: OTHERS }, (_, place) => this.column(place, title, lang));
    const grid = h("div", { class: "kl-others-grid" }, ...this.columns.map((column) => column.node));
    this.node = h("section", { class: "kl-others", "aria-labelledby": id }, this.heading, h("div", { class: "kl-running" }, this.bar, this.state), grid);
  }

  column(place, title, lang) {
    const body = h("p", { class: "kl-answer", lang });
    const same = h("p", { class: "kl-reason" });
    const name = h("p", { class: "kl-small-title" }, this.frame.text("others.number", { number: place + 1 }));
    return { node: madeByModel(this.frame, title, name, body, same), body, same, text: "" };
  }

  grow(answers) {
    answers.forEach(({ text }, place) => {
      this.columns[place].text = text;
      this.columns[place].body.textContent = text;
    });
    const done = answers.filter((answer) => answer.reason).length;
    if (this.bar.value !== done) this.state.textContent = this.frame.text("others.state", { done, count: OTHERS });
    this.bar.value = done;
  }

  done(key) {
    const { frame } = this;
    for (const column of this.columns) {
      const compared = compareWords(this.first, column.text);
      const words = compared.filter((part) => part.same !== null);
      const same = words.filter((part) => part.same).length;
      column.body.replaceChildren(...markedDifferences(compared));
      column.same.textContent = words.length ? frame.text("others.same", { same, count: words.length }) : frame.text("nothing");
    }
    const all = new Set(this.columns.map((column) => column.text.trim()).concat(this.first.trim()));
    this.bar.hidden = true;
    this.state.textContent = frame.text(key === "over" && all.size === 1 ? "others.alike" : `others.${key}`);
  }
}
