import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { objective } from '../../src/solver/objective.js';
import { Packing } from '../../src/solver/packing.js';
import type { Problem } from '../../src/solver/problem.js';
import { tighten } from '../../src/solver/tighten.js';
import { arbitraryPriced } from '../support/arbitrary-problem.js';
import { available, expectSound } from '../support/sound-packing.js';

/** A flow, an option of its bundle, a slot, and how much of what is waiting and fits starts there. */
const arbitraryStarts = fc.array(
  fc.record({
    flow: fc.nat(30),
    option: fc.nat(5),
    slot: fc.nat(7),
    share: fc.integer({ min: 1, max: 4 }),
  }),
  { maxLength: 25 },
);

it('constraint 2: room is the most that fits, also where an option loads an entry more than once', () => {
  fc.assert(
    fc.property(arbitraryPriced, fc.nat(), fc.nat(), ({ problem }, o, t) => {
      fc.pre(problem.optionCost.length > 0);
      const option = o % problem.optionCost.length;
      const slot = t % problem.slots;
      const packing = new Packing(problem);
      const before = packing.free.slice();
      const room = packing.room(option, slot);
      packing.take(option, slot, room);
      expect(Math.min(...packing.free)).toBeGreaterThanOrEqual(0);
      expect(packing.room(option, slot)).toBe(0);
      packing.take(option, slot, 1);
      expect(Math.min(...packing.free)).toBeLessThan(0);
      packing.take(option, slot, -room - 1);
      expect(packing.free).toEqual(before);
    }),
    { numRuns: 300 },
  );
});

it('constraints 1 and 2: tightening keeps a packing sound and never costs more', () => {
  fc.assert(
    fc.property(arbitraryPriced, arbitraryStarts, ({ problem }, starts) => {
      const packing = pack(problem, starts);
      expectSound(packing);
      const before = objective(packing);
      tighten(packing);
      expectSound(packing);
      expect(objective(packing)).toBeLessThanOrEqual(before * (1 + 1e-12));
      const twice = objective(packing);
      tighten(packing);
      expect(objective(packing)).toBeLessThanOrEqual(twice * (1 + 1e-12));
    }),
    { numRuns: 400 },
  );
});

type Starts = typeof arbitraryStarts extends fc.Arbitrary<infer T> ? T : never;

/** Starts what of each wish is waiting and fits. */
function pack(problem: Problem, starts: Starts): Packing {
  const packing = new Packing(problem);
  for (let f = 0; f < problem.flowBundle.length; f++) {
    const from = problem.optionStart[problem.flowBundle[f]];
    const options = problem.optionStart[problem.flowBundle[f] + 1] - from;
    const mine = starts.filter((s) => s.flow % problem.flowBundle.length === f && options > 0);
    packing.begin(f);
    let started = 0;
    for (const { option, slot, share } of mine.toSorted((a, b) => a.slot - b.slot)) {
      if (slot >= problem.slots) continue;
      const o = problem.optionList[from + (option % options)];
      const waiting = available(problem, f, slot) - started;
      const n = Math.floor((Math.min(waiting, packing.room(o, slot)) * share) / 4);
      if (n === 0) continue;
      packing.take(o, slot, n);
      packing.add(f, o, slot, n);
      started += n;
    }
  }
  return packing;
}
