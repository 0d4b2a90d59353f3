import type { Packing } from './packing.js';

/** Cost of what a packing releases and leaves, cohorts served first in, first out. */
export function objective(packing: Packing): number {
  const { problem } = packing;
  let sum = 0;
  for (let f = 0; f < problem.flowBundle.length; f++) sum += flowCost(packing, f);
  return sum;
}

/** Runs of a flow must be by rising slot. */
function flowCost(packing: Packing, f: number): number {
  const { problem } = packing;
  const { weight, holding, carryPenalty } = problem.classes[problem.flowClass[f]];
  let c = problem.cohortStart[f];
  const end = problem.cohortStart[f + 1];
  let rest = c < end ? problem.cohortAmount[c] : 0;
  let cost = 0;
  for (let i = packing.start[f]; i < packing.start[f] + packing.count[f]; i++) {
    const t = packing.slot[i];
    cost += packing.amount[i] * problem.optionCost[packing.option[i]];
    for (let left = packing.amount[i]; left > 0; ) {
      const n = Math.min(left, rest);
      cost += n * holding[t - problem.cohortSlot[c]];
      left -= n;
      rest -= n;
      if (rest === 0) rest = ++c < end ? problem.cohortAmount[c] : Infinity;
    }
  }
  for (; c < end; rest = problem.cohortAmount[c]) {
    cost += rest * (holding[problem.slots - problem.cohortSlot[c]] + carryPenalty);
    c += 1;
  }
  return weight * cost;
}
