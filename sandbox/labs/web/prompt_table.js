// Cases in a table: what each prompt's answer was, whether the rule took it, and where the prompts differ.
// It does not know the rules, nor how the answers were made.

const SIDES = ["a", "b"];
const SIGNS = { true: "✓", false: "✗" };

/** Both prompts' answers to each case, by case: `[{a, b}, ...]`. */
function byCase(answers) {
  const cases = [];
  for (const answer of answers) (cases[answer.case] ??= {})[answer.side] = answer;
  return cases;
}

class CaseTable {
  constructor(frame) {
    this.frame = frame;
    this.body = h("tbody", { role: "rowgroup" });
    const heads = ["case", "expected", "a", "b", "difference"].map((key) => h("th", { scope: "col", role: "columnheader" }, frame.text(`table.${key}`)));
    const head = h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ...heads));
    this.table = h("table", { class: "kl-table kl-cases", role: "table" }, h("caption", { class: "kx-sr-only" }, frame.text("table.caption")), head, this.body);
    this.made = madeByModel(frame, "", this.table);
    this.score = h("p", { class: "kl-score", role: "status" });
    this.node = h("div", {}, this.score, this.made);
    this.node.hidden = true;
  }

  /** The answers so far; `now` is the one being written, `over` whether there will be no more. */
  show(cases, answers, now, over) {
    const found = byCase(answers);
    this.node.hidden = false;
    this.body.replaceChildren(...cases.map((one, number) => this.row(one, number, found[number] ?? {}, now)));
    this.score.textContent = this.scoreWords(answers, cases.length, over);
  }

  row(one, number, pair, now) {
    const cells = SIDES.map((side) => this.answerCell(pair[side], side, now?.case === number && now.side === side));
    const name = h("th", { scope: "row", role: "rowheader" }, h("span", { class: "kl-number" }, `${number + 1}. `), one.text);
    return h("tr", { role: "row", "data-difference": this.difference(pair) }, name, this.cell("expected", one.answer), ...cells, this.cell("difference", this.differenceWords(pair)));
  }

  cell(key, ...children) {
    return h("td", { role: "cell" }, h("span", { class: "kl-cell-name", "aria-hidden": "true" }, this.frame.text(`table.${key}`)), h("span", {}, ...children));
  }

  answerCell(answer, side, writing) {
    if (!answer) return this.cell(side, writing ? this.frame.text("writing") : "–");
    const word = this.frame.text(answer.right ? "right" : `why.${answer.why}`);
    const verdict = h("span", { class: "kl-verdict", "data-right": String(answer.right) }, `${SIGNS[answer.right]} ${word}`);
    return this.cell(side, h("span", { class: "kl-words" }, answer.text || this.frame.text("nothing")), verdict);
  }

  difference({ a, b }) {
    if (!a || !b) return "";
    if (a.right === b.right) return a.right ? "both" : "neither";
    return a.right ? "only-a" : "only-b";
  }

  differenceWords(pair) {
    const difference = this.difference(pair);
    return difference ? this.frame.text(`difference.${difference}`) : "–";
  }

  scoreWords(answers, count, over) {
    const [a, b] = SIDES.map((side) => answers.filter((answer) => answer.side === side));
    const [rightA, rightB] = [a, b].map((side) => side.filter((answer) => answer.right).length);
    const values = { a: rightA, b: rightB, doneA: a.length, doneB: b.length, count };
    if (!over || a.length < count || b.length < count) return this.frame.text("score.part", values);
    const outcome = rightA === rightB ? "same" : rightA > rightB ? "a" : "b";
    return `${this.frame.text("score", values)} ${this.frame.text(`score.${outcome}`, { more: Math.abs(rightA - rightB) })}`;
  }
}
