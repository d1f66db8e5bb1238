// A dot plot of preferences: one row for each sentence, and for each group a mean with its interval.
// Left is the first word, right the second; how far out is how many times likelier. It does not know where they come from.

const SCALES = [4, 16, 64, 256, 1024].map(Math.log);

/** The chart as a figure; `words(value)` says a value in words. Rows are `{group, text, value}`. */
function biasChart(frame, { rows, means, groups, a, b, summary }) {
  const values = [...rows.map((row) => row.value), ...Object.values(means).flatMap((mean) => (mean ? [mean.low, mean.high] : []))];
  const furthest = Math.max(0, ...values.map(Math.abs));
  const limit = SCALES.find((scale) => furthest <= scale) ?? SCALES.at(-1);
  const at = (value) => 50 - (Math.max(-limit, Math.min(limit, value)) / limit) * 47;
  const id = uid();
  const title = h("figcaption", { id, class: "kl-small-title" }, frame.text("chart", { a, b }));
  const plot = h("div", { class: "kl-plot", role: "img", "aria-labelledby": id, "aria-describedby": `${id}-desc` });
  plot.append(biasAxis(frame, limit, at, a, b));
  Object.entries(groups).forEach(([group, name], place) => {
    plot.append(h("p", { class: "kl-plot-group" }, name));
    for (const row of rows.filter((one) => one.group === group)) plot.append(biasRow(row.text, h("span", { class: `kl-dot kl-dot-${place}`, style: `left:${at(row.value)}%` })));
    if (means[group]) plot.append(biasMean(frame.text("mean"), means[group], at, place));
  });
  return h("figure", { class: "kl-figure" }, title, plot, h("p", { id: `${id}-desc`, class: "kx-sr-only" }, summary));
}

function biasRow(label, ...marks) {
  return h("div", { class: "kl-plot-row" }, h("span", { class: "kl-plot-label" }, label), h("span", { class: "kl-track" }, ...marks));
}

function biasMean(label, { mean, low, high }, at, place) {
  const [from, to] = [at(high), at(low)];
  const reach = h("span", { class: "kl-reach", style: `left:${from}%;width:${to - from}%` });
  const row = biasRow(label, reach, h("span", { class: `kl-dot kl-dot-${place} kl-dot-mean`, style: `left:${at(mean)}%` }));
  row.classList.add("kl-plot-mean");
  return row;
}

/** Which way is which, and how many times likelier the lines are. */
function biasAxis(frame, limit, at, a, b) {
  const ways = h("span", { class: "kl-ways" }, h("span", {}, `← ${a}`), h("span", {}, `${b} →`));
  const ticks = [limit, limit / 2, 0, -limit / 2, -limit].map((value) => h("span", { class: "kl-tick", style: `left:${at(value)}%` }, value ? `${frame.number(Math.round(Math.exp(Math.abs(value))))}×` : frame.text("even")));
  return h("div", { class: "kl-plot-row kl-plot-axis" }, h("span", { class: "kl-plot-label" }), h("span", { class: "kl-scale" }, ways, h("span", { class: "kl-ticks" }, ...ticks)));
}
