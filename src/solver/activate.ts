import type { Records } from './kernel-memory.js';
import type { Merged } from './merge.js';
import type { Problem } from './problem.js';

/** Loads, per entry of the resource rows, if every cohort starts at once by its cheapest option. */
export function atOnceLoads(problem: Problem): Float64Array {
  const load = new Float64Array(problem.resources.capacity.length);
  const starts = new Float64Array(problem.slots);
  const flows = problem.flowBundle.length;
  for (let f = 0; f < flows; ) {
    const b = problem.flowBundle[f];
    starts.fill(0);
    for (; f < flows && problem.flowBundle[f] === b; f++) {
      for (let c = problem.cohortStart[f]; c < problem.cohortStart[f + 1]; c++) {
        starts[Math.max(0, problem.cohortSlot[c])] += problem.cohortAmount[c];
      }
    }
    const o = cheapest(problem, b);
    if (o >= 0) addOption(problem, o, starts, 1, load);
  }
  return load;
}

/**
 * Loads that the records cause on resources that the merged problem leaves out. A merged flow's
 * releases are taken to be its members' in proportion to their totals: near enough to tell which
 * resources fill up; the exact loads are known when the releases are split.
 */
export function inactiveLoads(
  problem: Problem,
  merged: Merged,
  records: Records,
  active: Uint8Array,
): Float64Array {
  const load = new Float64Array(problem.resources.capacity.length);
  const total = new Float64Array(merged.flowClass.length);
  const own = new Float64Array(problem.flowBundle.length);
  for (let f = 0; f < own.length; f++) {
    for (let c = problem.cohortStart[f]; c < problem.cohortStart[f + 1]; c++) {
      own[f] += problem.cohortAmount[c];
    }
    if (merged.mergedFlow[f] >= 0) total[merged.mergedFlow[f]] += own[f];
  }
  const starts = new Float64Array(problem.slots);
  for (let f = 0; f < own.length; ) {
    const b = problem.flowBundle[f];
    let end = f;
    while (end < own.length && problem.flowBundle[end] === b) end++;
    const g = merged.groupOf[b];
    const options = g < 0 ? 0 : merged.optionStart[g + 1] - merged.optionStart[g];
    for (let o = 0; o < options; o++) {
      starts.fill(0);
      let any = 0;
      for (let i = f; i < end; i++) {
        const m = merged.mergedFlow[i];
        if (m < 0) continue;
        const at = (records.start[m] + o) * records.stride;
        const share = own[i] / total[m];
        for (let t = 0; t < starts.length; t++) {
          starts[t] += share * records.amount[at + t];
          any += records.amount[at + t];
        }
      }
      if (any > 0) {
        addOption(problem, merged.optionOf[problem.optionStart[b] + o], starts, 1, load, active);
      }
    }
    f = end;
  }
  return load;
}

/**
 * Marks resources whose load goes over capacity by more than `tolerance` of the load; gives how many
 * are new.
 */
export function activate(
  problem: Problem,
  load: Float64Array,
  active: Uint8Array,
  tolerance: number,
): number {
  const { at, capacity, count } = problem.resources;
  let added = 0;
  for (let r = 0; r < count; r++) {
    if (active[r] !== 0) continue;
    let over = 0;
    let all = 0;
    for (let i = at[r]; i < at[r + 1]; i++) {
      over += Math.max(0, load[i] - capacity[i]);
      all += load[i];
    }
    if (over > tolerance * all) {
      active[r] = 1;
      added += 1;
    }
  }
  return added;
}

function cheapest(problem: Problem, b: number): number {
  let best = -1;
  for (let i = problem.optionStart[b]; i < problem.optionStart[b + 1]; i++) {
    const o = problem.optionList[i];
    if (best < 0 || problem.optionCost[o] < problem.optionCost[best]) best = o;
  }
  return best;
}

function addOption(
  problem: Problem,
  o: number,
  starts: Float64Array,
  factor: number,
  load: Float64Array,
  skip?: Uint8Array,
): void {
  const { at, first } = problem.resources;
  for (let j = problem.stepStart[o]; j < problem.stepStart[o + 1]; j++) {
    const r = problem.stepResource[j];
    if (skip !== undefined && skip[r] !== 0) continue;
    const to = at[r] + problem.stepLag[j] - first[r];
    for (let k = 0; k < problem.stepSpan[j]; k++) {
      for (let t = 0; t < starts.length; t++) load[to + k + t] += factor * starts[t];
    }
  }
}
