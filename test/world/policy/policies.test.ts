import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../../src/network/scenario.js';
import { capacityLeft } from '../../../src/plan/slot-table.js';
import { POLICIES } from '../../../src/world/policy/policy.js';
import { arbitraryScenario } from '../../support/arbitrary-scenario.js';
import { scenarioFrom, type World } from '../../support/scenario-from.js';
import { forecastOf, runStill, type StillWorld } from '../../support/still-world.js';
import { bottleneck } from '../../support/worlds.js';

const street = { origin: 'x', destination: 'y' };

/** Plans every three slots, near enough, and for six slots more. */
const often = { gap: 0.05, replanHours: 3, after: 6 };

/** A forecast and what really becomes ready instead. */
const arbitrarySurprise = fc
  .tuple(arbitraryScenario, fc.array(fc.nat(9), { minLength: 1 }))
  .map(([scenario, draws]) => ({
    scenario,
    cohortParcels: forecastOf(scenario).map((_, k) => draws[k % draws.length]),
  }));

describe('every policy', () => {
  it.each(POLICIES)('%s releases what waits, no more and no earlier than ready', async (name) => {
    await forAll(arbitrarySurprise, 40, async ({ scenario, cohortParcels }) => {
      // The world throws when more is released than waits.
      const world = await runStill(name, scenario, { ...often, cohortParcels });
      for (const { slot, readySlot } of world.released) {
        expect(slot).toBeGreaterThanOrEqual(readySlot);
      }
    });
  });

  it.each(['throttle', 'first-served', 'plan', 'foresight'] as const)(
    '%s never schedules above the capacity left, whatever becomes ready',
    async (name) => {
      await forAll(arbitrarySurprise, 40, async ({ scenario, cohortParcels }) => {
        const world = await runStill(name, scenario, { ...often, cohortParcels });
        expectWithinCapacity(scenario, world);
      });
    },
  );

  it.each(POLICIES)('%s holds nobody where there is room for all', async (name) => {
    const scenario = scenarioFrom({ ...bottleneck, resources: [{ id: 'hub', capacity: 9 }] });
    const { released } = await runStill(name, scenario);
    expect(released).toEqual([{ slot: 0, flow: 0, readySlot: 0, route: 0, parcels: 5 }]);
  });

  it.each(['throttle', 'first-served', 'plan', 'foresight'] as const)(
    '%s fills a bottleneck slot by slot',
    async (name) => {
      const { released } = await runStill(name, scenarioFrom(bottleneck));
      expect(released.map(({ slot, parcels }) => [slot, parcels])).toEqual([
        [0, 2],
        [1, 2],
        [2, 1],
      ]);
    },
  );
});

describe('throttle', () => {
  it('shares by the fullest resource, and gives away what that leaves at others', async () => {
    // b wants hub and gate: the gate cuts it to 2 of 8. The hub's 10 for 8 + 8 give a 5 at first, and
    // then, as b leaves 3 of its 5, those 3 as well.
    const scenario = scenarioFrom({
      slots: 1,
      resources: [
        { id: 'hub', capacity: 10 },
        { id: 'gate', capacity: 2 },
      ],
      routes: [
        { id: 'a', origin: 'a', destination: 'y', steps: [{ resource: 'hub' }] },
        {
          id: 'b',
          origin: 'b',
          destination: 'y',
          steps: [{ resource: 'hub' }, { resource: 'gate' }],
        },
      ],
      demand: [
        { origin: 'a', destination: 'y', slot: 0, parcels: 8 },
        { origin: 'b', destination: 'y', slot: 0, parcels: 8 },
      ],
    });
    const { released } = await runStill('throttle', scenario);
    expect(released.map(({ flow, parcels }) => [flow, parcels])).toEqual([
      [0, 8],
      [1, 2],
    ]);
  });

  it('keeps the fractions of small flows until their turn comes', async () => {
    // One large flow, always more ready than fits, and twenty of a single parcel each.
    const small = Array.from({ length: 20 }, (_, i) => `s${i}`);
    const scenario = scenarioFrom(crowd(small, 60, 10, 20));
    const { waiting } = await runStill('throttle', scenario);
    expect([...waiting].filter((n) => n === 1)).toEqual([]);
  });
});

describe('first-served', () => {
  it('serves who was ready first, whatever their service, and books ahead', async () => {
    const scenario = scenarioFrom({
      slots: 4,
      services: [
        { id: 's', weight: 1 },
        { id: 'timed', weight: 9 },
      ],
      resources: [{ id: 'hub', capacity: 2 }],
      routes: [{ id: 'way', ...street, steps: [{ resource: 'hub' }] }],
      demand: [
        { ...street, slot: 0, parcels: 5 },
        { ...street, service: 'timed', slot: 1, parcels: 2 },
      ],
    });
    const { released } = await runStill('first-served', scenario);
    expect(released.map(({ slot, flow, parcels }) => [slot, flow, parcels])).toEqual([
      [0, 0, 2],
      [1, 0, 2],
      [2, 0, 1],
      [2, 1, 1],
      [3, 1, 1],
    ]);
  });

  it('takes the earliest release for which the most restrictive list has room', async () => {
    // The hub is shut in slot 2, two slots after release; the gate is wide.
    const scenario = scenarioFrom({
      slots: 4,
      resources: [
        { id: 'gate', capacity: 9 },
        { id: 'hub', capacity: 3 },
      ],
      capacity: [{ resource: 'hub', slot: 2, capacity: 0 }],
      routes: [
        { id: 'way', ...street, steps: [{ resource: 'gate' }, { resource: 'hub', lag: 2 }] },
      ],
      demand: [{ ...street, slot: 0, parcels: 4 }],
    });
    const { released } = await runStill('first-served', scenario);
    expect(released.map(({ slot, parcels }) => [slot, parcels])).toEqual([
      [1, 3],
      [2, 1],
    ]);
  });

  it('lengthens its lists for a queue of more than a week', async () => {
    const scenario = scenarioFrom(crowd([], 1, 1, 400));
    const { released } = await runStill('first-served', scenario, { after: 399 });
    expect(released).toHaveLength(400);
  });
});

/** A hub of some capacity; one large flow with so much ready in each slot, others with a parcel at 0. */
function crowd(small: readonly string[], slots: number, capacity: number, large: number): World {
  const origins = ['large', ...small];
  return {
    slots,
    resources: [{ id: 'hub', capacity }],
    routes: origins.map((id) => ({
      id,
      origin: id,
      destination: 'y',
      steps: [{ resource: 'hub' }],
    })),
    demand: [
      ...Array.from({ length: slots }, (_, slot) => ({
        origin: 'large',
        destination: 'y',
        slot,
        parcels: large,
      })),
      ...small.map((id) => ({ origin: id, destination: 'y', slot: 0, parcels: 1 })),
    ],
  };
}

function expectWithinCapacity(scenario: Scenario, { load }: StillWorld): void {
  const left = capacityLeft(scenario, load.slots).values;
  load.values.forEach((parcels, at) => expect(parcels).toBeLessThanOrEqual(left[at]));
}

async function forAll<V>(
  arbitrary: fc.Arbitrary<V>,
  numRuns: number,
  holds: (value: V) => Promise<void>,
): Promise<void> {
  await fc.assert(fc.asyncProperty(arbitrary, holds), { numRuns });
}
