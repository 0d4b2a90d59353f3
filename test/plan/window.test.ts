import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../src/network/scenario.js';
import { capacityLeft } from '../../src/plan/slot-table.js';
import { type Present, windowOf } from '../../src/plan/window.js';
import { arbitraryScenario, arbitraryWorld } from '../support/arbitrary-scenario.js';
import { planned } from '../support/planned.js';
import { scenarioFrom, type World } from '../support/scenario-from.js';
import { forecastOf, StillWorld } from '../support/still-world.js';

const street = { origin: 'x', destination: 'y' };

/** Two hubs a slot apart, six slots; two services. */
const world: World = {
  slots: 6,
  services: [{ id: 's' }, { id: 'timed', weight: 3 }],
  resources: [
    { id: 'gate', kind: 'pickup', capacity: 9 },
    { id: 'hub', capacity: 10 },
  ],
  capacity: [
    { resource: 'hub', slot: 1, capacity: 7 },
    { resource: 'hub', slot: 5, capacity: 3 },
  ],
  committed: [
    { resource: 'hub', slot: 2, parcels: 4 },
    { resource: 'hub', slot: 3, parcels: 2 },
  ],
  routes: [{ id: 'way', ...street, steps: [{ resource: 'gate' }, { resource: 'hub', lag: 1 }] }],
  demand: [
    { ...street, slot: -2, parcels: 5 },
    { ...street, slot: 2, parcels: 6 },
    { ...street, slot: 4, parcels: 7 },
    { ...street, service: 'timed', slot: 3, parcels: 8 },
  ],
};

const nothing: Present = {
  eachWaiting: () => {},
  due: () => ({ slots: 0, values: new Float64Array(0) }),
  seenRate: new Float64Array(16).fill(1),
};

describe('the season as a plan sees it', () => {
  it('is the season itself at its start, with nothing in the network', async () => {
    const arbitrary = fc.tuple(arbitraryScenario, fc.boolean());
    await fc.assert(fc.asyncProperty(arbitrary, expectSame), { numRuns: 30 });
  });

  it('flows that have nothing left change nothing', async () => {
    const arbitrary = fc.tuple(arbitraryWorld, fc.nat(6));
    await fc.assert(fc.asyncProperty(arbitrary, expectSameWithout), { numRuns: 40 });
  });

  it('keeps the age of what waits, and knows the forecast of its later slots only', () => {
    const window = { from: 2, slots: 2, reserve: 0 };
    const { demand, slots } = windowOf(scenarioFrom(world), window, {
      ...nothing,
      eachWaiting: (visit) => {
        visit(0, -2, 3);
        visit(0, 2, 9);
        visit(1, 1, 4);
      },
    });
    expect(slots).toBe(2);
    expect([...demand.cohortStart]).toEqual([0, 2, 4]);
    expect([...demand.cohortSlot]).toEqual([-4, 0, -1, 1]);
    expect([...demand.rowParcels]).toEqual([3, 9, 4, 8]);
  });

  it('before the season begins cuts the forecast at its horizon', () => {
    const { demand } = windowOf(scenarioFrom(world), { from: 0, slots: 3, reserve: 0 });
    expect([...demand.cohortStart]).toEqual([0, 2, 2]);
    expect([...demand.cohortSlot]).toEqual([-2, 2]);
  });

  it('moves overrides and commitments with it, and forgets what has passed', () => {
    const window = { from: 3, slots: 3, reserve: 0 };
    const { resources } = windowOf(scenarioFrom(world), window, nothing);
    expect(resources.overrides).toMatchObject({ slot: Int32Array.of(2) });
    expect(resources.commitments).toMatchObject({ slot: Int32Array.of(0), value: f64(2) });
  });

  it('rolls what a resource cannot take on to its next slots', () => {
    // Hub from slot 2: 6, 8, 10, 3, 10 left. Due 9 + 8 + 1: 6 are taken, 3 + 8 become 8 and 3, with 1 4.
    const due = { slots: 4, values: f64(0, 0, 0, 0, 9, 8, 1, 0) };
    const scenario = scenarioFrom(world);
    const seen = windowOf(
      scenario,
      { from: 2, slots: 4, reserve: 0 },
      { ...nothing, due: () => due },
    );
    expect([...capacityLeft(seen, 5).values]).toEqual([9, 9, 9, 9, 9, 0, 0, 6, 3, 10]);
    expect([...seen.resources.commitments.value]).toEqual([10, 10, 4]);
  });

  it('leaves a share of the hubs free, rounded down, and of nothing else', () => {
    const { resources } = windowOf(scenarioFrom(world), { from: 0, slots: 6, reserve: 0.25 });
    expect([...resources.capacity]).toEqual([9, 7]);
    expect([...resources.overrides.value]).toEqual([5, 2]);
  });
});

/** The window of the whole season is planned as the season is. */
async function expectSame([scenario, begun]: [Scenario, boolean]): Promise<void> {
  const window = { from: 0, slots: scenario.slots, reserve: 0 };
  const present = begun ? new StillWorld(scenario, forecastOf(scenario), 1) : undefined;
  const seen = await planned(windowOf(scenario, window, present));
  const own = await planned(scenario);
  expect(seen.summary).toEqual(own.summary);
  expect(seen.result.runs()).toEqual(own.result.runs());
}

/** Demand after a slot cut off by the window, its flows left empty; and the same never there. */
async function expectSameWithout([full, last]: [World, number]): Promise<void> {
  const seen = windowOf(scenarioFrom(full), { from: 0, slots: last + 1, reserve: 0 });
  const demand = full.demand.filter(({ slot }) => slot <= last);
  const own = scenarioFrom({ ...full, demand });
  expect((await planned(seen)).summary).toEqual(
    (await planned({ ...own, slots: last + 1 })).summary,
  );
}

function f64(...values: number[]): Float64Array {
  return Float64Array.from(values);
}
