import { expect } from 'vitest';
import type { Packing } from '../../src/solver/packing.js';
import type { Problem } from '../../src/solver/problem.js';

/**
 * Expects that a packing starts whole amounts by rising slot, no flow more than has become available
 * by then, and that what is free is the capacity less every load, and never negative.
 */
export function expectSound(packing: Packing): void {
  const { problem } = packing;
  for (let f = 0; f < problem.flowBundle.length; f++) {
    let started = 0;
    let before = 0;
    for (let i = packing.start[f]; i < packing.start[f] + packing.count[f]; i++) {
      const [t, n] = [packing.slot[i], packing.amount[i]];
      started += n;
      expect(Number.isInteger(n) && n > 0 && t >= before && t < problem.slots).toBe(true);
      expect(started).toBeLessThanOrEqual(available(problem, f, t));
      before = t;
    }
  }
  const load = loadOf(packing);
  expect(packing.free).toEqual(problem.resources.capacity.map((c, i) => c - load[i]));
  for (const free of packing.free) expect(free).toBeGreaterThanOrEqual(0);
}

/** Load of a packing, per entry of the resource rows. */
export function loadOf(packing: Packing): Float64Array {
  const { stepStart, stepResource, stepLag, stepSpan, resources } = packing.problem;
  const load = new Float64Array(resources.capacity.length);
  for (let f = 0; f < packing.start.length; f++) {
    for (let i = packing.start[f]; i < packing.start[f] + packing.count[f]; i++) {
      const o = packing.option[i];
      for (let j = stepStart[o]; j < stepStart[o + 1]; j++) {
        const r = stepResource[j];
        const at = resources.at[r] - resources.first[r] + packing.slot[i] + stepLag[j];
        for (let u = 0; u < stepSpan[j]; u++) load[at + u] += packing.amount[i];
      }
    }
  }
  return load;
}

/** What of flow f has become available by a slot. */
export function available(problem: Problem, f: number, slot: number): number {
  let sum = 0;
  for (let k = problem.cohortStart[f]; k < problem.cohortStart[f + 1]; k++) {
    if (problem.cohortSlot[k] <= slot) sum += problem.cohortAmount[k];
  }
  return sum;
}
