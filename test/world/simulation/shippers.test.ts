import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { Shippers } from '../../../src/world/simulation/shippers.js';
import { arbitraryDraws, arbitrarySeason, drawnFrom } from '../../support/arbitrary-season.js';
import { scenarioFrom } from '../../support/scenario-from.js';

type Part = [flow: number, ready: number, parcels: number];

it('parcels wait first in, first out in each flow, whatever really becomes ready', () => {
  const property = fc.property(
    arbitrarySeason,
    fc.array(fc.nat(5), { minLength: 1 }),
    arbitraryDraws,
    (world, real, draws) => {
      const scenario = scenarioFrom(world);
      const { cohortSlot, cohortStart, flowPair } = scenario.demand;
      const cohortParcels = Int32Array.from(cohortSlot, (_, k) => real[k % real.length]);
      const shippers = new Shippers(scenario, cohortParcels);
      const drawn = drawnFrom(draws);
      let waits: Part[] = [];
      for (let t = 0; t < world.slots; t++) {
        flowPair.forEach((_, f) => {
          for (let k = cohortStart[f]; k < cohortStart[f + 1]; k++) {
            const joins = cohortSlot[k] === t || (t === 0 && cohortSlot[k] < 0);
            if (joins && cohortParcels[k] > 0) waits.push([f, cohortSlot[k], cohortParcels[k]]);
          }
        });
        shippers.advance(t);
        expect(listed(shippers)).toEqual(sorted(waits));
        for (let f = 0; f < flowPair.length; f++) {
          const n = drawn(shippers.waiting[f] + 1);
          const taken: Part[] = [];
          shippers.take(f, n, (ready, parcels) => taken.push([f, ready, parcels]));
          const [first, rest] = split(sorted(waits), f, n);
          expect(taken).toEqual(first);
          waits = rest;
        }
        expect(listed(shippers)).toEqual(sorted(waits));
        expect(shippers.total).toBe(waits.reduce((sum, [, , n]) => sum + n, 0));
      }
    },
  );
  fc.assert(property, { numRuns: 200 });
});

function listed(shippers: Shippers): Part[] {
  const parts: Part[] = [];
  shippers.each((...part) => parts.push(part));
  return parts;
}

function sorted(parts: readonly Part[]): Part[] {
  return parts.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
}

/** The first n parcels of a flow, and all others. */
function split(parts: readonly Part[], flow: number, n: number): [Part[], Part[]] {
  let left = n;
  const first: Part[] = [];
  const rest: Part[] = [];
  for (const [f, ready, parcels] of parts) {
    const taken = f === flow ? Math.min(left, parcels) : 0;
    left -= taken;
    if (taken > 0) first.push([f, ready, taken]);
    if (taken < parcels) rest.push([f, ready, parcels - taken]);
  }
  return [first, rest];
}
