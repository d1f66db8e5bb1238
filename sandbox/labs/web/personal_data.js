// Find the personal data: mark in a text, then see the same text with the guard's marks and the key, and why.

/** Whether so much of a place counts as found: at least half of its words. */
const isFound = (amount) => amount === "all" || amount === "most";

class PersonalData {
  constructor(frame) {
    this.frame = frame;
    this.samples = frame.config.settings.samples;
    this.marked = new Map(); // what is marked in each text, as long as the page is open
    const id = uid();
    this.select = h("select", { id, class: "form-select kl-select", onchange: () => this.open(this.select.selectedIndex) });
    this.select.append(...this.samples.map(({ title, level }, place) => h("option", {}, frame.text("option", { number: place + 1, title, level: frame.text(`level.${level}`) }))));
    const choice = h("div", { class: "kl-field" }, h("label", { class: "form-label", for: id }, frame.text("choose")), this.select);
    this.hint = h("p", { class: "form-hint", id: uid() }, frame.text("hint"));
    this.place = h("div");
    this.count = h("p", { class: "kl-state", role: "status" });
    this.compareButton = button(frame.text("compare"), "primary", () => this.compare());
    this.undoButton = button(frame.text("undo"), "secondary", () => this.undo());
    this.clearButton = button(frame.text("clear"), "secondary", () => this.text.clear());
    const actions = h("div", { class: "kx-actions" }, this.compareButton, this.undoButton, this.clearButton);
    this.marking = h("div", { class: "kl-pd-marking" }, this.hint, this.place, this.count, actions);
    this.result = h("section", { class: "kl-pd-result", "aria-label": frame.text("result") });
    this.node = h("div", { class: "kl-pd" }, choice, h("p", { class: "kl-pd-rule" }, frame.text("rule")), this.marking, this.result);
    this.marking.addEventListener("keydown", (event) => this.pressed(event));
    this.open(0);
  }

  ready() {}

  get sample() {
    return this.samples[this.select.selectedIndex];
  }

  open(place) {
    this.frame.cancel();
    this.select.selectedIndex = place;
    const { title, text, id } = this.sample;
    this.text = marker({ text, label: title, describedBy: this.hint.id, lang: this.frame.config.language, changed: (words) => this.changed(words) });
    this.text.set(this.marked.get(id) ?? []);
    this.place.replaceChildren(this.text.node);
    this.steps = 0;
    this.before = this.text.get();
    this.result.replaceChildren();
    this.count.textContent = this.state(this.before);
    this.tools();
  }

  state(words) {
    return words.length ? this.frame.text("count", { count: words.length }) : this.frame.text("count.none");
  }

  /** Say what was marked, for who cannot see it. */
  changed(words) {
    const every = this.sample.text.match(/\S+/g);
    const said = (from, to) => from.filter((word) => !to.includes(word)).map((word) => every[word]).join(" ");
    const [added, gone] = [said(words, this.before), said(this.before, words)];
    this.count.textContent = this.state(words);
    this.frame.say([added && this.frame.text("marked", { words: added }), gone && this.frame.text("unmarked", { words: gone })].filter(Boolean).join(" "));
    this.before = words;
    this.steps += 1;
    this.marked.set(this.sample.id, words);
    this.result.replaceChildren();
    this.tools();
  }

  tools() {
    usable(this.undoButton, this.steps > 0);
    usable(this.clearButton, this.before.length > 0);
  }

  undo() {
    if (!this.steps) return;
    this.text.undo();
    this.steps -= 2; // an undo is told as a change too
    this.tools();
  }

  pressed(event) {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    event.preventDefault();
    this.undo();
  }

  compare() {
    this.frame.ask({ text: this.sample.id, marked: this.text.get() }, (message) => message.type === "compared" && this.show(message));
  }

  show({ rows, scores, overlooked }) {
    const { frame } = this;
    const title = h(frame.heading, { class: "kl-pd-title", tabindex: "-1" }, frame.text("result"));
    const { you, guard } = scores;
    const total = you.found + you.missed;
    const lead = h("p", { class: "kl-pd-lead" }, total ? frame.text("lead", { you: you.found, guard: guard.found, total }) : frame.text("lead.none"));
    const misses = overlooked.length ? frame.text("overlooked", { kinds: new Intl.ListFormat(frame.config.language).format(overlooked.map((one) => `${one.kind} (${one.count})`)) }) : frame.text("overlooked.none");
    const guardSays = h("div", { class: "kl-pd-misses" }, h("p", {}, misses), h("p", {}, frame.text("general")));
    this.result.replaceChildren(title, lead, this.scoreTable(scores), this.drawn(rows), this.legend(), guardSays, this.table(rows), this.next());
    title.focus();
  }

  scoreTable(scores) {
    const { frame } = this;
    const heads = ["who", "found", "missed", "extra"].map((key) => h("th", { scope: "col" }, frame.text(`score.${key}`)));
    const lines = Object.entries(scores).map(([who, score]) => h("tr", {}, h("th", { scope: "row" }, frame.text(who)), ...[score.found, score.missed, score.extra].map((value) => h("td", {}, String(value)))));
    const table = h("table", { class: "kl-table" }, h("caption", { class: "kx-sr-only" }, frame.text("score.caption")), h("thead", {}, h("tr", {}, ...heads)), h("tbody", {}, ...lines));
    return h("div", { class: "kl-scroll" }, table);
  }

  /** The text with everybody's marks: a frame, letters for who marked it, and words for who listens. */
  drawn(rows) {
    const node = h("div", { class: "kl-pd-drawn" });
    let word = 0;
    let inside = null;
    for (const piece of this.sample.text.match(/\s+|\S+/g)) {
      const row = /\S/.test(piece) ? rows.find(({ start, end }) => start <= word && word < end) : null;
      if (row && word === row.start && this.seen(row)) node.append((inside = h("mark", { class: "kl-pd-mark", "data-state": this.who(row) })));
      (inside ?? node).append(piece);
      if (!/\S/.test(piece)) continue;
      word += 1;
      if (inside && word === row.end) {
        inside.append(...this.badge(row));
        inside = null;
      }
    }
    return node;
  }

  seen(row) {
    return row.data || row.you !== "none" || row.guard !== "none";
  }

  who({ data, you, guard }) {
    if (!data) return "extra";
    if (isFound(you)) return isFound(guard) ? "both" : "you";
    return isFound(guard) ? "guard" : "nobody";
  }

  badge(row) {
    const { frame } = this;
    const marked = ["you", "guard"].filter((name) => (row.data ? isFound(row[name]) : row[name] !== "none"));
    const letters = marked.map((name) => frame.text(`badge.${name}`)).join("+") || "0";
    const words = frame.text(`state.${this.who(row)}`);
    return [h("span", { class: "kl-pd-badge", "aria-hidden": "true" }, row.data ? letters : `${letters} ✕`), h("span", { class: "kx-sr-only" }, ` (${words}${row.data ? "" : `: ${marked.map((name) => frame.text(name)).join(", ")}`})`)];
  }

  legend() {
    const { frame } = this;
    const signs = { both: `${frame.text("badge.you")}+${frame.text("badge.guard")}`, you: frame.text("badge.you"), guard: frame.text("badge.guard"), nobody: "0", extra: "✕" };
    const entries = Object.entries(signs).map(([state, sign]) => h("li", {}, h("span", { class: "kl-pd-mark", "data-state": state, "aria-hidden": "true" }, h("span", { class: "kl-pd-badge" }, sign)), ` ${frame.text(`state.${state}`)}`));
    return h("ul", { class: "kl-pd-legend no-max-width", "aria-label": frame.text("legend") }, ...entries);
  }

  table(rows) {
    const { frame } = this;
    const heads = ["place", "kind", "you", "guard", "why"].map((key) => frame.text(`table.${key}`));
    const table = foldedTable(frame.text("table"), frame.text("table"), heads);
    table.rows(rows.map((row) => [row.text, row.kind, this.did(row, "you"), this.did(row, "guard"), row.why]));
    table.node.open = true;
    table.node.classList.add("kl-pd-table");
    return table.node;
  }

  did(row, name) {
    return this.frame.text(`did.${row.data ? "data" : "other"}.${row[name]}`);
  }

  next() {
    const { frame } = this;
    const last = this.select.selectedIndex + 1 >= this.samples.length;
    const go = button(frame.text(last ? "first" : "next"), "primary", () => {
      this.open(last ? 0 : this.select.selectedIndex + 1);
      this.select.focus();
      this.select.scrollIntoView({ block: "center" });
    });
    const again = button(frame.text("again"), "secondary", () => this.text.focus());
    return h("div", { class: "kx-actions" }, go, again);
  }
}

export default lab("personal_data", (frame) => new PersonalData(frame));
