import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { emptySlotTable, type SlotTable } from '../../../src/plan/slot-table.js';
import type { DueTable } from '../../../src/world/policy/policy.js';
import { NO_SURPRISE } from '../../../src/world/simulation/options.js';
import {
  arbitraryDraws,
  arbitrarySeason,
  drawnFrom,
  releaseAny,
  spansOf,
} from '../../support/arbitrary-season.js';
import { LivedWorld, PHYSICS } from '../../support/lived-world.js';
import { scenarioFrom } from '../../support/scenario-from.js';

const street = { origin: 'x', destination: 'y' };

it('what the door says is due is what comes, wherever a parcel is, if nothing delays it further; and what is there stays', async () => {
  // A season short of everything: parcels on floors, in vehicles outside, before line-hauls, late on the
  // road. Then room for all, and no more releases.
  const narrow = {
    ...PHYSICS,
    vehicleParcels: 2,
    fleetHeadroom: 0.01,
    hire: 0.1,
    outletWaitHours: 0,
  };
  const property = fc.asyncProperty(
    arbitrarySeason,
    arbitraryDraws,
    fc.integer({ min: 1, max: 14 }),
    async (world, draws, now) => {
      const early = { ...world, capacity: world.capacity?.filter(({ slot }) => slot < now) ?? [] };
      const scenario = scenarioFrom({ ...early, committed: [] });
      const surprises = { ...NO_SURPRISE, travel: 0.4, service: 0.2, closures: 0.5 };
      const lived = new LivedWorld(scenario, narrow, surprises, draws[0]);
      const drawn = drawnFrom(draws);
      for (let t = 0; t < now; t++) await lived.step((door) => releaseAny(door, drawn));
      scenario.resources.capacity.fill(1e6);
      lived.flow.floor.fill(Infinity);
      lived.flow.fleet.room.fill(1e9);
      Object.assign(surprises, NO_SURPRISE);
      let due: DueTable = { from: 0, slots: 0, values: new Float64Array() };
      await lived.step((door) => void (due = door.due()));
      await lived.finish();
      expect(due.from).toBe(now);
      const { slots, values } = occupied(lived, now + due.slots, spansOf(scenario));
      const from = Array.from(values.keys()).filter((at) => at % slots >= now);
      expect([...due.values]).toEqual(from.map((at) => values[at]));
    },
  );
  await fc.assert(property, { numRuns: 200 });
});

it('counts a parcel at its outlet by the lag, though it comes earlier and waits there', async () => {
  // Three hours are waited at the outlet. It leaves the gate in slot 0 and passes the line-haul in slot 5.
  const scenario = scenarioFrom({
    slots: 1,
    resources: [
      { id: 'gate', capacity: 9, kind: 'pickup' },
      { id: 'road', capacity: 9, kind: 'lane' },
      { id: 'outlet', capacity: 9, kind: 'delivery' },
    ],
    routes: [
      { id: 'plain', ...street, steps: [{ resource: 'gate' }, { resource: 'outlet', lag: 6 }] },
      {
        id: 'hauled',
        ...street,
        steps: [{ resource: 'gate' }, { resource: 'road', lag: 5 }, { resource: 'outlet', lag: 6 }],
      },
    ],
    demand: [{ ...street, slot: 0, parcels: 5 }],
  });
  const lived = new LivedWorld(scenario, PHYSICS);
  const outlet = 2;
  const seen: string[] = [];
  for (let t = 0; t < 8; t++) {
    await lived.step((door) => {
      const { slots, values } = door.due();
      for (let u = 0; u < slots; u++) {
        const parcels = values[outlet * slots + u];
        if (parcels > 0) seen.push(`in ${t}: ${parcels} in ${t + u}`);
      }
      if (t > 0) return;
      door.release(0, 0, 2);
      door.release(0, 1, 3);
    });
  }
  expect(lived.served.map((n) => n[outlet])).toEqual([0, 0, 0, 2, 0, 3, 0, 0]);
  expect(seen).toEqual([1, 2, 3, 4, 5, 6].map((t) => `in ${t}: 5 in 6`));
});

/** Parcels that occupy each resource, those among them that came in earlier slots. */
function occupied(lived: LivedWorld, slots: number, span: Int32Array): SlotTable {
  const table = emptySlotTable(span.length, slots);
  lived.servedFrom(0, slots).values.forEach((n, at) => {
    const r = Math.floor(at / slots);
    for (let u = at; u < Math.min(at + span[r], (r + 1) * slots); u++) table.values[u] += n;
  });
  return table;
}
