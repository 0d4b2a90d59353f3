import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { components } from '../../src/solver/components.js';
import { Kernel, type Records } from '../../src/solver/kernel-memory.js';
import { type Merged, merge } from '../../src/solver/merge.js';
import type { Problem } from '../../src/solver/problem.js';
import { split } from '../../src/solver/split.js';
import { allActive, arbitraryPriced } from '../support/arbitrary-problem.js';
import { smoothedDual } from '../support/smoothed-dual.js';
import { expectSound, loadOf } from '../support/sound-packing.js';

/** Sums of 32-bit floats, and exponentials to 2e-7. */
const SINGLE = 1e-4;
/** What is below 2^−11 of a cohort's best start is left out: at 8 slots and 3 options, so much of it. */
const CUT = 24 / 2048;

describe('evaluation', () => {
  it.each([8, 3])('at μ = %d, where nothing is cut, is the plain formula', async (mu) => {
    await withKernels(150, ({ problem, merged, price, kernel }) => {
      // A price of 20 at weight 0.5 is 40 slots: scaled down so that every start keeps a share.
      const low = price.map((p) => p / 40);
      kernel.evaluate(low, mu, true, { keep: 0, add: 1 });
      const plain = smoothedDual(problem, merged, low, mu);
      for (const sum of ['load', 'diagonal', 'tilt', 'ground'] as const) {
        expectNear(kernel.sums[sum], plain[sum], SINGLE * (1 + Math.max(...plain[sum], 0)));
      }
      plain.starts.forEach((options, f) => {
        options.forEach((starts, o) => {
          const kept = recordOf(kernel.records, f, o, problem.slots);
          expectNear(kept, starts, SINGLE * (1 + Math.max(...starts)));
        });
      });
    });
  });

  it.each([1, 0.1, 0.01])('at μ = %d leaves out no more than the cut allows', async (mu) => {
    await withKernels(100, ({ problem, merged, price, kernel }) => {
      kernel.evaluate(price, mu, false);
      const plain = smoothedDual(problem, merged, price, mu);
      const amount = merged.cohortAmount.reduce((a, b) => a + b, 0);
      expectNear(kernel.sums.load, plain.load, 12 * CUT * amount);
    });
  });
});

it('what was laid out before leaves no trace', async () => {
  await withKernels(200, async ({ problem, merged, price, kernel }) => {
    const fresh = await Kernel.open(problem, 1);
    for (const before of [merge(problem, new Uint8Array(problem.resources.count)), merged]) {
      kernel.load(before, components(before, problem.resources.count));
      kernel.evaluate(price, 0.5, true, { keep: 0, add: 1 });
    }
    fresh.load(merged, components(merged, problem.resources.count));
    fresh.evaluate(price, 0.5, true, { keep: 0, add: 1 });
    expect(kernel.sums).toEqual(fresh.sums);
    expect(kernel.records.amount).toEqual(fresh.records.amount);
    fresh.close();
  });
});

describe('settling', () => {
  it('keeps amounts whole, started once available, and the loads theirs', async () => {
    await withKernels(150, ({ problem, merged, price, kernel, active }) => {
      kernel.evaluate(price, 0.5, false, { keep: 0, add: 1 });
      kernel.roundRecords();
      expectWhole(problem, merged, kernel);
      const stiffness = price.map((_, i) => 0.02 + (i % 5) / 20);
      for (const [pass, over] of [0, 0, 5, 5].entries()) {
        kernel.settle(price, stiffness, over, problem.slots, pass % 2 === 1);
        expectWhole(problem, merged, kernel);
      }
      expectSplitAsSettled(problem, merged, kernel, active);
    });
  });
});

interface Laid {
  readonly problem: Problem;
  readonly merged: Merged;
  readonly active: Uint8Array;
  readonly price: Float64Array;
  readonly kernel: Kernel;
}

/** Tries random worlds, merged over all or some of their resources, each laid out in a kernel. */
async function withKernels(
  numRuns: number,
  holds: (laid: Laid) => Promise<void> | void,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(arbitraryPriced, fc.boolean(), async ({ problem, active, price }, all) => {
      const some = all ? allActive(problem) : active;
      const merged = merge(problem, some);
      const kernel = await Kernel.open(problem, 1);
      kernel.load(merged, components(merged, problem.resources.count));
      await holds({ problem, merged, active: some, price, kernel });
      kernel.close();
    }),
    { numRuns },
  );
}

function recordOf({ amount, start, stride }: Records, f: number, o: number, slots: number) {
  const at = (start[f] + o) * stride;
  return amount.subarray(at, at + slots);
}

function expectNear(found: ArrayLike<number>, plain: ArrayLike<number>, slack: number): void {
  expect(found.length).toBe(plain.length);
  for (let i = 0; i < plain.length; i++) {
    expect(Math.abs(found[i] - plain[i])).toBeLessThanOrEqual(slack + SINGLE * Math.abs(plain[i]));
  }
}

/** Records are whole, never more than is available, and load what the kernel says they load. */
function expectWhole(problem: Problem, merged: Merged, kernel: Kernel): void {
  const load = new Float64Array(problem.resources.capacity.length);
  const { at, first } = problem.resources;
  for (let g = 0; g < merged.groups; g++) {
    for (let f = merged.flowStart[g]; f < merged.flowStart[g + 1]; f++) {
      const waiting = waitingOf(problem, merged, f);
      for (let o = merged.optionStart[g]; o < merged.optionStart[g + 1]; o++) {
        const kept = recordOf(kernel.records, f, o - merged.optionStart[g], problem.slots);
        kept.forEach((n, t) => {
          expect(Number.isInteger(n) && n >= 0).toBe(true);
          for (let u = t; u < waiting.length; u++) waiting[u] -= n;
          for (let j = merged.stepStart[o]; j < merged.stepStart[o + 1]; j++) {
            const entry = at[merged.stepResource[j]] - first[merged.stepResource[j]];
            const from = entry + merged.stepLag[j] + t;
            for (let i = from; i < from + merged.stepSpan[j]; i++) load[i] += n;
          }
        });
      }
      for (const left of waiting) expect(left).toBeGreaterThanOrEqual(0);
    }
  }
  const settled = new Float64Array(load.length);
  kernel.settledLoad(settled);
  expect(settled).toEqual(load);
}

/** What has become available to merged flow f, by slot. */
function waitingOf(problem: Problem, merged: Merged, f: number): Float64Array {
  const waiting = new Float64Array(problem.slots);
  for (let k = merged.cohortStart[f]; k < merged.cohortStart[f + 1]; k++) {
    waiting.subarray(Math.max(0, merged.cohortSlot[k])).forEach((n, i, rest) => {
      rest[i] = n + merged.cohortAmount[k];
    });
  }
  return waiting;
}

/** Where there is room for all, split flows load active resources exactly as the merged ones do. */
function expectSplitAsSettled(
  problem: Problem,
  merged: Merged,
  kernel: Kernel,
  active: Uint8Array,
): void {
  expectSound(split(problem, merged, kernel.records).packing);
  const capacity = problem.resources.capacity.map(() => 1e9);
  const roomy = { ...problem, resources: { ...problem.resources, capacity } };
  const { packing, clipped } = split(roomy, merged, kernel.records);
  expectSound(packing);
  expect(clipped.size).toBe(0);
  const settled = new Float64Array(capacity.length);
  kernel.settledLoad(settled);
  const { at, count } = problem.resources;
  const load = loadOf(packing);
  for (let r = 0; r < count; r++) {
    if (active[r] === 0) continue;
    expect(load.subarray(at[r], at[r + 1])).toEqual(settled.subarray(at[r], at[r + 1]));
  }
}
