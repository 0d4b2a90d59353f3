import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../../src/network/scenario.js';
import { PlanCache } from '../../../src/world/policy/plan-cache.js';
import { arbitraryScenario } from '../../support/arbitrary-scenario.js';
import { type Planned, planned } from '../../support/planned.js';
import { scenarioFrom, type World } from '../../support/scenario-from.js';
import { type Released, runStill } from '../../support/still-world.js';

const street = { origin: 'x', destination: 'y' };

/** One hub of 4 a slot, four slots; `big` and `small` are two origins. */
const world: World = {
  slots: 4,
  services: [{ id: 's' }, { id: 'timed', weight: 3 }],
  resources: [{ id: 'hub', capacity: 4 }],
  routes: ['big', 'small'].map((origin) => ({
    id: origin,
    origin,
    destination: 'y',
    steps: [{ resource: 'hub' }],
  })),
  demand: [
    { origin: 'big', destination: 'y', slot: 0, parcels: 6 },
    { origin: 'small', destination: 'y', slot: 0, parcels: 2 },
  ],
};

describe('the plan, carried out', () => {
  it.each(['plan', 'foresight'] as const)(
    '%s: where all comes as forecast, it is the plan itself, where that is the best there is',
    async (name) => {
      const same = async (scenario: Scenario): Promise<void> => {
        const plan = await planned(scenario);
        fc.pre(plan.summary.gap < 1e-9);
        const { released } = await runStill(name, scenario);
        expect(releasedOf(scenario, released)).toEqual(plannedOf(plan));
      };
      await fc.assert(fc.asyncProperty(arbitraryScenario, same), { numRuns: 60 });
    },
  );

  it('G5, G7: what a share leaves is free, and those who wait beyond theirs take it', async () => {
    // Planned: 6 + 2 in slots 0 and 1. Nobody comes from `small`, 8 from `big`: they fill both slots.
    const { released } = await runStill('plan', scenarioFrom(world), { cohortParcels: [8, 0] });
    expect(sumBySlot(released)).toEqual([4, 4]);
  });

  it('serves the dearest first where more wait than there is room', async () => {
    const scenario = scenarioFrom({
      ...world,
      demand: [
        { origin: 'big', destination: 'y', slot: 0, parcels: 1 },
        { origin: 'small', service: 'timed', destination: 'y', slot: 0, parcels: 1 },
      ],
    });
    const { released } = await runStill('plan', scenario, { cohortParcels: [9, 3] });
    expect(released[0]).toMatchObject({ slot: 0, flow: 0, parcels: 1 });
    expect(released[1]).toMatchObject({ slot: 0, flow: 1, parcels: 1 });
    expect(released[2]).toMatchObject({ slot: 0, flow: 1, parcels: 2 });
  });

  it('takes a free detour only if it is worth the wait', async () => {
    // One a slot on the free way, any number on detours of 1.5 and 9 slots. Forecast: one parcel a slot, so
    // there is no need of a detour. Four at once: one goes; of the others two would wait 2 and 3 slots.
    const scenario = scenarioFrom({
      slots: 4,
      resources: [
        { id: 'main', capacity: 1 },
        { id: 'side', capacity: 9 },
      ],
      routes: [
        { id: 'free', ...street, steps: [{ resource: 'main' }] },
        { id: 'far', ...street, cost: 9, steps: [{ resource: 'side' }] },
        { id: 'detour', ...street, cost: 1.5, steps: [{ resource: 'side' }] },
      ],
      demand: [0, 1, 2, 3].map((slot) => ({ ...street, slot, parcels: 1 })),
    });
    const { released } = await runStill('plan', scenario, { cohortParcels: [4, 0, 0, 0] });
    expect(released.map(({ slot, route }) => [slot, route])).toEqual([
      [0, 0],
      [0, 2],
      [0, 2],
      [1, 0],
    ]);
  });

  it('plans again from what waits, its age kept, and once the season is over', async () => {
    const slots: number[] = [];
    const scenario = scenarioFrom(world);
    const season = await runStill('plan', scenario, {
      cohortParcels: [30, 2],
      after: 8,
      replanHours: 3,
      onPlan: ({ slot }) => slots.push(slot),
    });
    expect(slots).toEqual([0, 3, 4, 6]);
    expect(sumBySlot(season.released)).toEqual([4, 4, 4, 4, 4, 4, 4, 4]);
  });

  it('leaves the reserve free', async () => {
    const { released } = await runStill('plan', scenarioFrom(world), { reserve: 0.3, after: 4 });
    expect(sumBySlot(released)).toEqual([2, 2, 2, 2]);
  });

  it('takes the first plan from the cache, and no other', async () => {
    const scenario = scenarioFrom(world);
    const cache = new PlanCache();
    const options = { cohortParcels: [30, 2], after: 8, replanHours: 3, cache };
    const first = await runStill('plan', scenario, options);
    const again = await runStill('plan', scenario, options);
    expect(again.released).toEqual(first.released);
    expect([first.policy.plans, again.policy.plans]).toEqual([4, 3]);
    const other = await runStill('plan', scenario, { ...options, horizonHours: 5 });
    expect(other.policy.plans).toBe(4);
  });
});

/** Parcels by pair, service, ready slot, release slot and route. */
function releasedOf({ demand }: Scenario, released: readonly Released[]): [string, number][] {
  return sumByKey(
    released.map(({ flow, slot, route, readySlot, parcels }) => [
      [demand.flowPair[flow], demand.flowService[flow], readySlot, slot, route].join(' '),
      parcels,
    ]),
  );
}

function plannedOf({ rows }: Planned): [string, number][] {
  return sumByKey(
    rows
      .filter(({ releaseSlot }) => releaseSlot >= 0)
      .map(({ pair, service, releaseSlot, route, readySlot, parcels }) => [
        [pair, service, readySlot, releaseSlot, route].join(' '),
        parcels,
      ]),
  );
}

function sumByKey(parts: readonly (readonly [string, number])[]): [string, number][] {
  const sums = new Map<string, number>();
  for (const [key, parcels] of parts) sums.set(key, (sums.get(key) ?? 0) + parcels);
  return [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function sumBySlot(released: readonly { slot: number; parcels: number }[]): number[] {
  const sums: number[] = [];
  for (const { slot, parcels } of released) sums[slot] = (sums[slot] ?? 0) + parcels;
  return Array.from(sums, (sum) => sum ?? 0);
}
