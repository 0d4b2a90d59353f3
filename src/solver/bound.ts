import type { Merged } from './merge.js';
import type { Problem } from './problem.js';

/**
 * The dual function L(price), exactly: Σ over cohorts of amount · min(carry, min over t, o of the
 * priced cost) − Σ over entries of price · capacity. Any price ≥ 0 gives a valid lower bound.
 * The cheapest slot of a cohort never moves back as cohorts become available later, since holding
 * is convex; so the search starts where the one before ended. Prices of resources that `merged`
 * leaves out must be 0 (docs/maths/plan.md#dual).
 */
export function bound(problem: Problem, merged: Merged, price: Float64Array): number {
  const { slots, resources, classes } = problem;
  let sum = 0;
  const optionPrice: Float64Array[] = [];
  const best = new Float64Array(slots);
  const rest = new Float64Array(slots); // min of best from t on
  for (let g = 0; g < merged.groups; g++) {
    const o0 = merged.optionStart[g];
    const o1 = merged.optionStart[g + 1];
    for (let o = o0; o < o1; o++) {
      const p = (optionPrice[o - o0] ??= new Float64Array(slots)).fill(0);
      for (let j = merged.stepStart[o]; j < merged.stepStart[o + 1]; j++) {
        const r = merged.stepResource[j];
        const at = resources.at[r] + merged.stepLag[j] - resources.first[r];
        addWindows(p, price, at, merged.stepSpan[j]);
      }
    }
    for (let f = merged.flowStart[g]; f < merged.flowStart[g + 1]; f++) {
      const { weight, holding, carryPenalty } = classes[merged.flowClass[f]];
      best.fill(Infinity);
      for (let o = o0; o < o1; o++) {
        const p = optionPrice[o - o0];
        const cost = weight * merged.optionCost[o];
        for (let t = 0; t < slots; t++) best[t] = Math.min(best[t], cost + p[t]);
      }
      for (let t = slots - 1, low = Infinity; t >= 0; t--) {
        low = Math.min(low, best[t]);
        rest[t] = low;
      }
      let from = 0;
      for (let c = merged.cohortStart[f]; c < merged.cohortStart[f + 1]; c++) {
        const s = merged.cohortSlot[c];
        let low = Infinity;
        for (let t = Math.max(from, s, 0); t < slots; t++) {
          // Holding rises: nothing from here on can be cheaper.
          if (rest[t] + weight * holding[t - s] >= low) break;
          const v = best[t] + weight * holding[t - s];
          if (v < low) {
            low = v;
            from = t;
          }
        }
        sum += merged.cohortAmount[c] * Math.min(low, weight * (holding[slots - s] + carryPenalty));
      }
    }
  }
  sum += costWithoutOption(problem, merged);
  for (let i = 0; i < price.length; i++) {
    if (price[i] > 0) sum -= price[i] * resources.capacity[i];
  }
  return sum;
}

/** Flows that have no option are left over, whatever the prices. */
function costWithoutOption(problem: Problem, merged: Merged): number {
  let sum = 0;
  for (let f = 0; f < problem.flowBundle.length; f++) {
    if (merged.mergedFlow[f] >= 0) continue;
    const { weight, holding, carryPenalty } = problem.classes[problem.flowClass[f]];
    for (let c = problem.cohortStart[f]; c < problem.cohortStart[f + 1]; c++) {
      const hold = holding[problem.slots - problem.cohortSlot[c]];
      sum += problem.cohortAmount[c] * weight * (hold + carryPenalty);
    }
  }
  return sum;
}

/** p(t) += Σ of price over the `span` entries from at + t on. */
function addWindows(p: Float64Array, price: Float64Array, at: number, span: number): void {
  if (span === 1) {
    for (let t = 0; t < p.length; t++) p[t] += price[at + t];
    return;
  }
  let sum = 0;
  for (let u = 0; u < span - 1; u++) sum += price[at + u];
  for (let t = 0; t < p.length; t++) {
    sum += price[at + t + span - 1];
    p[t] += sum;
    sum -= price[at + t];
  }
}
