import { expect, it } from 'vitest';
import { Ledger } from '../../../src/plan/ledger.js';
import { capacityLeft } from '../../../src/plan/slot-table.js';
import { Overhang } from '../../../src/world/policy/overhang.js';
import { scenarioFrom } from '../../support/scenario-from.js';
import { forecastOf, runStill, StillWorld } from '../../support/still-world.js';

/** A hub of 4 a slot with a floor of 10, an hour and a day from two origins; a gate. */
const scenario = scenarioFrom({
  slots: 3,
  resources: [
    { id: 'gate', kind: 'pickup', capacity: 99 },
    { id: 'hub', capacity: 4, floor: 10 },
  ],
  capacity: Array.from({ length: 11 }, (_, i) => ({ resource: 'hub', slot: 3 + i, capacity: 0 })),
  routes: [
    {
      id: 'near',
      origin: 'near',
      destination: 'y',
      steps: [{ resource: 'gate' }, { resource: 'hub', lag: 1 }],
    },
    {
      id: 'far',
      origin: 'far',
      destination: 'y',
      steps: [{ resource: 'gate' }, { resource: 'hub', lag: 24 }],
    },
  ],
  demand: [
    { origin: 'near', destination: 'y', slot: 0, parcels: 8 },
    { origin: 'far', destination: 'y', slot: 0, parcels: 2 },
  ],
});

it('G8: shares that would load an overfull hub soon are held back until there is room for its overhang', () => {
  // 9 on a floor of 10 is 2 too many; in the next 12 slots the hub takes 12, of which 8 are promised.
  const ledger = new Ledger(scenario.routes, capacityLeft(scenario, 40), 0);
  const world = new StillWorld(scenario, forecastOf(scenario), 1);
  const overhang = new Overhang(scenario);
  ledger.take(0, 0, 4);
  ledger.take(0, 1, 4);
  world.seenStock[1] = 9;
  overhang.look(world, ledger);
  expect([overhang.heldBack(0, 5), overhang.room(0), overhang.room(1)]).toEqual([0, 2, Infinity]);
  world.seenStock[1] = 12.5;
  overhang.look(world, ledger);
  expect([overhang.heldBack(0, 5), overhang.heldBack(0, 1), overhang.heldBack(1, 5)]).toEqual([
    2, 1, 0,
  ]);
  overhang.relieve(0, 3);
  expect([overhang.heldBack(0, 5), overhang.room(0)]).toEqual([0, 1]);
  world.seenStock[1] = 7;
  overhang.look(world, ledger);
  expect([overhang.any, overhang.room(0)]).toEqual([false, Infinity]);
});

it('G8: what is held back goes later, when the hub is calm again', async () => {
  const calm = await runStill('plan', scenario, { after: 12 });
  expect(bySlot(calm, 0)).toEqual([4, 4]);
  const crowded = await runStill('plan', scenario, {
    after: 12,
    seenStock: (slot) => (slot === 0 ? [0, 14] : [0, 0]),
  });
  expect(bySlot(crowded, 0)[0]).toBeLessThan(4);
  expect(crowded.waiting).toEqual(new Float64Array(2));
});

function bySlot({ released }: StillWorld, flow: number): number[] {
  const sums: number[] = [];
  for (const r of released) {
    if (r.flow === flow) sums[r.slot] = (sums[r.slot] ?? 0) + r.parcels;
  }
  return sums;
}
