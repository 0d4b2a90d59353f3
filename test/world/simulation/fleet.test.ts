import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  arbitraryDraws,
  arbitrarySeason,
  drawnFrom,
  releaseAny,
} from '../../support/arbitrary-season.js';
import { AMPLE, LivedWorld } from '../../support/lived-world.js';
import { scenarioFrom, type World } from '../../support/scenario-from.js';

const street = { origin: 'x', destination: 'y' };
/** A gate of 4 a slot, two hours before a hub; forty parcels at once. */
const world: World = {
  slots: 1,
  resources: [
    { id: 'gate', kind: 'customs', capacity: 4 },
    { id: 'hub', capacity: 99 },
  ],
  routes: [{ id: 'way', ...street, steps: [{ resource: 'gate' }, { resource: 'hub', lag: 2 }] }],
  demand: [{ ...street, slot: 0, parcels: 40 }],
};

describe('vehicles', () => {
  it('suffice for all that a place takes, when they come back in time', async () => {
    // Room for 4 · (2 · 2 + 1) = 20; two hours there, unloaded in the same slot, two hours back.
    expect(await leaving(world, { fleetHeadroom: 1 })).toEqual([4, 4, 4, 4, 4, 4, 4, 4, 4, 4]);
  });

  it('suffice for the forecast mix of ways; a place on detours only has them for its longest', () => {
    const { flow } = new LivedWorld(
      scenarioFrom({
        slots: 1,
        resources: [
          { id: 'gate', kind: 'pickup', capacity: 4 },
          { id: 'side', kind: 'pickup', capacity: 4 },
          { id: 'near', capacity: 9 },
          { id: 'far', capacity: 9 },
        ],
        routes: [
          { id: 'n', ...to('n'), steps: steps('gate', 'near', 1) },
          { id: 'f', ...to('f'), steps: steps('gate', 'far', 4) },
          { id: 'n-side', ...to('n'), cost: 1, steps: steps('side', 'near', 1) },
          { id: 'f-side', ...to('f'), cost: 1, steps: steps('side', 'far', 4) },
        ],
        demand: [
          { ...to('n'), slot: 0, parcels: 3 },
          { ...to('f'), slot: 0, parcels: 1 },
        ],
      }),
      { ...AMPLE, fleetHeadroom: 1 },
    );
    // 4 · (3/4 · 3 + 1/4 · 9), and 4 · 9.
    expect([...flow.fleet.room]).toEqual([18, 36, 0, 0]);
  });

  it('are missing at home until then', async () => {
    const half = [4, 4, 2, 0];
    expect(await leaving(world, { fleetHeadroom: 0.5 })).toEqual(
      [...half, ...half, ...half].slice(0, 10),
    );
  });

  it('are hired where there are none, and as many leave again', async () => {
    expect(await leaving(world, { fleetHeadroom: 0, hire: 0.5 })).toEqual(Array(10).fill(2));
    // With three of its own it hires one in slot 0. Those that come back are given for the hired ones.
    const mixed = await leaving(world, { fleetHeadroom: 0.15, hire: 0.5 });
    expect(mixed).toEqual([4, 2, 2, 2, 2, 2, 2, 2, 2, 2]);
  });

  it('there are for a site that opens for the season', async () => {
    const closed = world.resources.map((r) => (r.id === 'gate' ? { ...r, capacity: 0 } : r));
    const capacity = Array.from({ length: 10 }, (_, i) => ({
      resource: 'gate',
      slot: i,
      capacity: 4,
    }));
    const opens = { ...world, resources: closed, capacity };
    expect(await leaving(opens, { fleetHeadroom: 1 })).toEqual([4, 4, 4, 4, 4, 4, 4, 4, 4, 4]);
  });

  it('are all at home, and block nobody, once all is delivered', async () => {
    const property = fc.asyncProperty(arbitrarySeason, arbitraryDraws, async (some, draws) => {
      const scenario = scenarioFrom(some);
      const narrow = { ...AMPLE, vehicleParcels: 2, fleetHeadroom: 0.2, hire: 0.5 };
      const lived = new LivedWorld(scenario, narrow);
      const rooms = [...lived.flow.fleet.room];
      const drawn = drawnFrom(draws);
      for (let t = 0; t < 12; t++) await lived.step((door) => releaseAny(door, drawn));
      await lived.finish(100);
      fc.pre(lived.flow.inNetwork === 0);
      for (let t = 0; t < 20; t++) await lived.step();
      expect([...lived.flow.fleet.room]).toEqual(rooms);
      expect(lived.flow.fleet.coming).toBe(0);
      expect(lived.flow.blocked.every((parcels) => parcels === 0)).toBe(true);
    });
    await fc.assert(property, { numRuns: 100 });
  });
});

it('a pickup that chases volume collects more than it is rated for; no other place does', async () => {
  const pickup = {
    ...world,
    resources: [{ id: 'gate', kind: 'pickup', capacity: 4 }, world.resources[1]],
  };
  expect(await leaving(pickup, { fleetHeadroom: 9 })).toEqual([8, 8, 8, 8, 8, 0, 0, 0, 0, 0]);
  expect(await leaving(world, { fleetHeadroom: 9 })).toEqual(Array(10).fill(4));
});

/** Parcels that leave the gate in each of ten slots. */
async function leaving(some: World, physics: Partial<typeof AMPLE>): Promise<number[]> {
  const lived = new LivedWorld(scenarioFrom(some), { ...AMPLE, hire: 0, ...physics });
  for (let t = 0; t < 10; t++) await lived.step((door) => door.release(0, 0, door.waiting[0]));
  return lived.served.map((n) => n[0]);
}

function to(destination: string) {
  return { origin: 'x', destination };
}

/** Through a gate to a hub so many hours away. */
function steps(gate: string, hub: string, lag: number) {
  return [{ resource: gate }, { resource: hub, lag }];
}
