import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { boundOf } from '../../src/certify/bound.js';
import { costsOf } from '../../src/certify/cost.js';
import { CapacityLeft, reachOf } from '../../src/certify/timetable.js';
import { bound } from '../../src/solver/bound.js';
import { merge } from '../../src/solver/merge.js';
import type { Problem } from '../../src/solver/problem.js';
import { allActive, arbitraryPriced } from '../support/arbitrary-problem.js';

it('certificate: L over merged flows is L as the checker finds it, whatever is merged', () => {
  fc.assert(
    fc.property(arbitraryPriced, ({ scenario, problem, active, price }) => {
      const left = new CapacityLeft(scenario, reachOf(scenario));
      const found = boundOf(scenario, costsOf(scenario), left, tableOf(problem, price));
      const near = 1e-9 * Math.max(1, Math.abs(found));
      for (const some of [active, allActive(problem)]) {
        expect(Math.abs(bound(problem, merge(problem, some), price) - found)).toBeLessThan(near);
      }
    }),
    { numRuns: 500 },
  );
});

it('merging loses no amount and keeps a flow’s class and slots', () => {
  fc.assert(
    fc.property(arbitraryPriced, ({ problem, active }) => {
      const merged = merge(problem, active);
      expect(byClassAndSlot(problem, merged)).toEqual(byClassAndSlot(problem, problem, merged));
    }),
    { numRuns: 200 },
  );
});

interface Flows {
  readonly flowClass: Int32Array;
  readonly cohortStart: Int32Array;
  readonly cohortSlot: Int16Array;
  readonly cohortAmount: Float64Array;
}

/** Amounts by class and slot, of the flows that are merged into some. */
function byClassAndSlot(
  problem: Problem,
  flows: Flows,
  merged?: { readonly mergedFlow: Int32Array },
): Float64Array {
  const sums = new Float64Array(problem.classes.length * 64);
  flows.flowClass.forEach((c, f) => {
    if (merged && merged.mergedFlow[f] < 0) return;
    for (let k = flows.cohortStart[f]; k < flows.cohortStart[f + 1]; k++) {
      sums[c * 64 + 32 + flows.cohortSlot[k]] += flows.cohortAmount[k];
    }
  });
  return sums;
}

function tableOf({ resources }: Problem, price: Float64Array) {
  const { at, first, count } = resources;
  const rows = Array.from({ length: count }, (_, r) =>
    Array.from(price.subarray(at[r], at[r + 1]), (p, i) => ({ r, slot: first[r] + i, p })),
  ).flat();
  return {
    resource: Int32Array.from(rows, (row) => row.r),
    slot: Int32Array.from(rows, (row) => row.slot),
    price: Float64Array.from(rows, (row) => row.p),
  };
}
