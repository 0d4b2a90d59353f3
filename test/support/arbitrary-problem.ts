import * as fc from 'fast-check';
import type { Scenario } from '../../src/network/scenario.js';
import { translate } from '../../src/plan/translate.js';
import type { Problem } from '../../src/solver/problem.js';
import { arbitraryScenario } from './arbitrary-scenario.js';

/** A problem of a random world, some of its resources active, and prices > 0 on some of these only. */
export interface Priced {
  readonly scenario: Scenario;
  readonly problem: Problem;
  readonly active: Uint8Array;
  /** Per entry of the resource rows. */
  readonly price: Float64Array;
}

export const arbitraryPriced: fc.Arbitrary<Priced> = fc
  .tuple(
    arbitraryScenario,
    fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
    fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 20, noNaN: true })), {
      minLength: 3,
      maxLength: 30,
    }),
  )
  .map(([scenario, isActive, prices]) => {
    const problem = translate(scenario);
    const { at, count } = problem.resources;
    const active = Uint8Array.from({ length: count }, (_, r) => Number(isActive[r]));
    const price = new Float64Array(at[count]);
    for (let r = 0; r < count; r++) {
      for (let i = at[r]; i < at[r + 1]; i++) price[i] = active[r] * prices[i % prices.length];
    }
    return { scenario, problem, active, price };
  });

export function allActive({ resources }: Problem): Uint8Array {
  return new Uint8Array(resources.count).fill(1);
}
