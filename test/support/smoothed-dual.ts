import type { Merged } from '../../src/solver/merge.js';
import type { Problem } from '../../src/solver/problem.js';

/** Sums per entry of the resource rows, and the releases: [merged flow][option][slot]. */
export interface Smoothed {
  readonly load: Float64Array;
  readonly diagonal: Float64Array;
  readonly tilt: Float64Array;
  readonly ground: Float64Array;
  readonly starts: readonly Float64Array[][];
}

/**
 * The smoothed dual's gradient and curvature the slow, plain way, nothing left out:
 *
 *     x(s, t, o) = n · exp(−v/μ) / (exp(−carry(s)/μ) + Σ over t, o of exp(−v/μ)),
 *     v = holding(t − s) + cost(o) + P(o, t)/w
 *
 * and, with c(o) the most steps of o that have a price in one slot (at least 1), q the option's share
 * of what starts in the slot and X the sum over options, each step of o adds to its entry
 *
 *     diagonal   c/(μ·w) · Σ over s of x·(1 − x/n)
 *     tilt       c/(μ·w) · Σ over s of x·(t − mean start slot of the cohort)
 *     ground     c/(μ·w) · Σ over s of x·(1 − q) + x·(share of the cohort left over)
 *
 * times the span for tilt and ground, and an entry has what the steps whose span covers it add.
 */
export function smoothedDual(
  problem: Problem,
  merged: Merged,
  price: Float64Array,
  mu: number,
): Smoothed {
  const entries = problem.resources.capacity.length;
  const sums: Smoothed = {
    load: new Float64Array(entries),
    diagonal: new Float64Array(entries),
    tilt: new Float64Array(entries),
    ground: new Float64Array(entries),
    starts: [],
  };
  const starts: Float64Array[][] = [];
  for (let g = 0; g < merged.groups; g++) {
    for (let f = merged.flowStart[g]; f < merged.flowStart[g + 1]; f++) {
      starts.push(addFlow(problem, merged, g, f, price, mu, sums));
    }
  }
  return { ...sums, starts };
}

function addFlow(
  problem: Problem,
  merged: Merged,
  g: number,
  f: number,
  price: Float64Array,
  mu: number,
  sums: Smoothed,
): Float64Array[] {
  const { slots, classes } = problem;
  const { weight, holding, carryPenalty } = classes[merged.flowClass[f]];
  const options = range(merged.optionStart[g], merged.optionStart[g + 1]);
  const starts = options.map(() => new Float64Array(slots));
  for (const k of range(merged.cohortStart[f], merged.cohortStart[f + 1])) {
    const [s, n] = [merged.cohortSlot[k], merged.cohortAmount[k]];
    const ways = options.flatMap((o) =>
      range(Math.max(0, s), slots).map((t) => {
        const p = pricedSteps(problem, merged, o, t, price).reduce((a, b) => a + b, 0);
        return { o, t, v: holding[t - s] + merged.optionCost[o] + p / weight };
      }),
    );
    const carry = holding[slots - s] + carryPenalty;
    const least = Math.min(carry, ...ways.map((way) => way.v));
    const left = Math.exp((least - carry) / mu);
    const shares = ways.map((way) => Math.exp((least - way.v) / mu));
    const started = shares.reduce((a, b) => a + b, 0);
    const mean = ways.reduce((sum, { t }, i) => sum + t * shares[i], 0) / started;
    for (const [i, { o, t }] of ways.entries()) {
      const x = (n * shares[i]) / (started + left);
      const q = shares[i] / ways.reduce((sum, w, j) => sum + (w.t === t ? shares[j] : 0), 0);
      const bend = (mostPriced(problem, merged, o, price) * x) / (mu * weight);
      starts[o - options[0]][t] += x;
      eachStep(problem, merged, o, t, (entry, span) => {
        sums.load[entry] += x;
        sums.diagonal[entry] += bend * (1 - x / n);
        sums.tilt[entry] += span * bend * (t - mean);
        sums.ground[entry] += span * bend * (1 - q + left / (started + left));
      });
    }
  }
  return starts;
}

/** The price of each step of option o started in slot t. */
function pricedSteps(
  problem: Problem,
  merged: Merged,
  o: number,
  t: number,
  price: Float64Array,
): number[] {
  return range(merged.stepStart[o], merged.stepStart[o + 1]).map((j) =>
    entriesOf(problem, merged, j, t).reduce((sum, entry) => sum + price[entry], 0),
  );
}

function mostPriced(problem: Problem, merged: Merged, o: number, price: Float64Array): number {
  const counts = range(0, problem.slots).map(
    (t) => pricedSteps(problem, merged, o, t, price).filter((p) => p > 0).length,
  );
  return Math.max(1, ...counts);
}

function eachStep(
  problem: Problem,
  merged: Merged,
  o: number,
  t: number,
  visit: (entry: number, span: number) => void,
): void {
  for (const j of range(merged.stepStart[o], merged.stepStart[o + 1])) {
    for (const entry of entriesOf(problem, merged, j, t)) visit(entry, merged.stepSpan[j]);
  }
}

/** What step j loads when its option starts in slot t. */
function entriesOf({ resources }: Problem, merged: Merged, j: number, t: number): number[] {
  const r = merged.stepResource[j];
  const from = resources.at[r] - resources.first[r] + merged.stepLag[j] + t;
  return range(from, from + merged.stepSpan[j]);
}

function range(from: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - from) }, (_, i) => from + i);
}
