// What temperature, top-k and top-p do to the next piece's probabilities. Pure sums; it knows no page.
//
// The model gives the likeliest pieces with their log probabilities; what all others share is the rest. Order as in
// llama.cpp: top-k and top-p leave out the unlikely, then the temperature sharpens or flattens what is left.
// How the rest is shared out is not known, so it is taken to fall off as a power of the rank, which language does.

const PIECES = 100000; // about how many pieces a model knows; the result hardly depends on it

/** `{shares, rest}`: the chance of each candidate (likeliest first), and of all the others together. */
function reshape(logprobs, { temperature, topK, topP }) {
  const plain = logprobs.map(Math.exp);
  const tail = makeTail(plain);
  const kept = cut(plain, tail.share, topK, topP);
  if (temperature === 0) return { shares: plain.map((_, rank) => (rank === 0 ? 1 : 0)), rest: 0 };
  const weights = kept.shares.map((share) => share ** (1 / temperature));
  const restWeight = kept.rest > 0 ? tail.weight(kept.rest, 1 / temperature) : 0;
  const sum = weights.reduce((total, weight) => total + weight, restWeight);
  return { shares: weights.map((weight) => weight / sum), rest: restWeight / sum };
}

/** Leave out what top-k (0: nothing) and top-p (1: nothing) leave out. */
function cut(shares, rest, topK, topP) {
  const kept = [];
  let sum = 0;
  for (const [rank, share] of shares.entries()) {
    const inside = (topK === 0 || rank < topK) && (rank === 0 || sum < topP);
    kept.push(inside ? share : 0);
    if (inside) sum += share;
  }
  const all = topK === 0 && sum < topP;
  return { shares: kept, rest: all ? Math.min(rest, topP - sum) : 0 };
}

/** The pieces that were not listed: their share of it all, and their weight when each is raised to a power. */
function makeTail(shares) {
  const count = shares.length;
  const last = shares[count - 1];
  const share = Math.max(0, 1 - shares.reduce((total, one) => total + one, 0));
  const mass = (fall, end, power = 1) => last ** power * integral(count, end, fall * power);
  const fall = solve((value) => mass(value, PIECES) - share);
  const end = (part) => count * (1 + (part * (1 - fall)) / (count * last)) ** (1 / (1 - fall));
  return { share, weight: (part, power) => mass(fall, part < share ? Math.min(PIECES, end(part)) : PIECES, power) };
}

/** The sum of (k / count) ** -fall for the ranks k from count to end. */
function integral(count, end, fall) {
  if (Math.abs(1 - fall) < 1e-9) return count * Math.log(end / count);
  return (count * ((end / count) ** (1 - fall) - 1)) / (1 - fall);
}

/** Where a falling function of the power crosses zero, between 0 and 30. */
function solve(excess) {
  let [low, high] = [1e-6, 30];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (excess(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2 === 1 ? 1.000001 : (low + high) / 2;
}

/** The rank that a throw (0 to 1) falls on; -1 for one of the others. */
function fallsOn(shares, thrown) {
  let sum = 0;
  for (const [rank, share] of shares.entries()) {
    sum += share;
    if (thrown < sum) return rank;
  }
  return -1;
}
