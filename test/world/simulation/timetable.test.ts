import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../../src/network/scenario.js';
import {
  addRelease,
  capacityLeft,
  emptySlotTable,
  type SlotTable,
} from '../../../src/plan/slot-table.js';
import { LANE, LAST_MILE } from '../../../src/world/simulation/ways.js';
import {
  arbitraryDraws,
  arbitrarySeason,
  drawnFrom,
  releaseAny,
  spansOf,
  withAmpleRoom,
  withoutFloors,
} from '../../support/arbitrary-season.js';
import { AMPLE, LivedWorld, type Sent } from '../../support/lived-world.js';
import { planned } from '../../support/planned.js';
import { scenarioFrom } from '../../support/scenario-from.js';

describe('what a plan counts as load is what the world serves', () => {
  it('whatever is released, when nothing is short of anything', async () => {
    const property = fc.asyncProperty(arbitrarySeason, arbitraryDraws, async (world, draws) => {
      const scenario = scenarioFrom(withAmpleRoom(world));
      const lived = new LivedWorld(scenario);
      const drawn = drawnFrom(draws);
      for (let t = 0; t < 12; t++) await lived.step((door) => releaseAny(door, drawn));
      await lived.finish();
      expect(lived.flow.inNetwork).toBe(0);
      expectServed(lived, loadOf(scenario, lived.door.sent, lived.slot));
    });
    await fc.assert(property, { numRuns: 200 });
  });

  it('of a plan that no resource is too small for', async () => {
    const property = fc.asyncProperty(arbitrarySeason, async (world) => {
      const scenario = scenarioFrom(withoutFloors(world));
      const { rows } = await planned(scenario, { gap: 0.1 });
      const lived = new LivedWorld(scenario);
      const { flowPair, flowService } = scenario.demand;
      for (let t = 0; t < scenario.slots; t++) {
        await lived.step((door) => {
          for (const row of rows) {
            if (row.releaseSlot !== t) continue;
            const of = (p: number, f: number) => p === row.pair && flowService[f] === row.service;
            door.release(flowPair.findIndex(of), row.route, row.parcels);
          }
        });
      }
      await lived.finish(20);
      expectServed(lived, loadOf(scenario, lived.door.sent, lived.slot));
    });
    await fc.assert(property, { numRuns: 60 });
  });
});

it('takes all that there is room for and no more, parcels of longer span counted while they stay', async () => {
  const physics = { ...AMPLE, collectSurge: 1 };
  const property = fc.asyncProperty(arbitrarySeason, arbitraryDraws, async (world, draws) => {
    const scenario = scenarioFrom(withoutFloors(world));
    const lived = new LivedWorld(scenario, physics);
    const drawn = drawnFrom(draws);
    const left = capacityLeft(scenario, 40);
    const span = spansOf(scenario);
    for (let t = 0; t < 40; t++) {
      await lived.step((door) => releaseAny(door, drawn));
      const { queued, waitingOutside, ways } = lived.flow;
      for (let r = 0; r < span.length; r++) {
        if (ways.role[r] === LAST_MILE) continue;
        let room = left.values[r * 40 + t];
        for (let u = 1; u < span[r]; u++) room -= lived.served[t - u]?.[r] ?? 0;
        const waits = ways.role[r] === LANE ? waitingOutside[r] : queued[r];
        expect(lived.served[t][r]).toBeLessThanOrEqual(Math.max(0, room));
        if (waits > 0) expect(lived.served[t][r]).toBe(Math.max(0, room));
      }
    }
  });
  await fc.assert(property, { numRuns: 60 });
});

/** What releases load by their lags: parcels that come in, not those that stay. */
function loadOf(scenario: Scenario, sent: readonly Sent[], slots: number): SlotTable {
  const table = emptySlotTable(scenario.resources.capacity.length, slots);
  const entries = { ...scenario.routes, stepSpan: scenario.routes.stepSpan.map(() => 1) };
  for (const { slot, route, parcels } of sent) addRelease(table, entries, route, slot, parcels);
  return table;
}

function expectServed(lived: LivedWorld, { slots, values }: SlotTable): void {
  expect([...lived.servedFrom(0, slots).values]).toEqual([...values]);
}
