import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/certify/check.js';
import { CapacityLeft, reachOf } from '../../src/certify/timetable.js';
import type { Scenario } from '../../src/network/scenario.js';
import { arbitraryScenario, arbitraryWorld } from '../support/arbitrary-scenario.js';
import { solveWithHighs } from '../support/highs-oracle.js';
import type { PlanRow } from '../support/plan-rows.js';
import { type Planned, planned, stoppedAfter } from '../support/planned.js';
import { scenarioFrom, type World } from '../support/scenario-from.js';
import { solvedWorlds } from '../support/worlds.js';

/** Sums in different orders differ by this, relative to max(1, the figure). */
const ROUNDING = 1e-9;

describe('a plan of any world', () => {
  it('constraints 1, 2 and 3: passes the independent checker, every figure stated as found', async () => {
    await forAll(arbitraryScenario, 150, async (scenario) => {
      await expectRight(scenario, await planned(scenario));
    });
  });

  it('certificate: L ≤ optimum ≤ Z, the optimum being what HiGHS finds', async () => {
    await forAll(arbitraryScenario, 150, async (scenario) => {
      const { optimum } = await solveWithHighs(scenario);
      const { summary } = await planned(scenario);
      expect(summary.bound).toBeLessThanOrEqual(upTo(optimum));
      expect(optimum).toBeLessThanOrEqual(upTo(summary.objective));
    });
  });

  it('certificate: with more capacity anywhere the new L is at most the old Z', async () => {
    await forAll(fc.tuple(arbitraryWorld, arbitraryMore), 80, async ([world, more]) => {
      const { summary } = await planned(scenarioFrom(world));
      const roomier = await planned(scenarioFrom(withMore(world, more)));
      expect(roomier.summary.bound).toBeLessThanOrEqual(upTo(summary.objective));
    });
  });

  it('certificate: what prices ask for room that is left over is at most Z − L', async () => {
    // Z − L = Σ price · (capacity left − load) + Σ what each parcel pays above its cheapest way, both
    // ≥ 0: at a gap of 0 a resource with room to spare has price 0 in that slot.
    await forAll(arbitraryScenario, 150, async (scenario) => {
      const plan = await planned(scenario);
      const { objective, bound } = plan.summary;
      expect(priceOfSlack(scenario, plan)).toBeLessThanOrEqual(upTo(objective) - bound);
    });
  });

  it('stopped at any moment there is a right plan', async () => {
    await forAll(fc.tuple(arbitraryScenario, fc.nat(600)), 100, async ([scenario, looks]) => {
      await expectRight(scenario, await planned(scenario, stoppedAfter(looks)));
    });
  });

  it('the same input gives the same plan, with 1, 2 or 3 threads and again', async () => {
    await forAll(fc.tuple(arbitraryScenario, fc.nat(600)), 25, async ([scenario, looks]) => {
      const once = await planned(scenario, stoppedAfter(looks));
      for (const threads of [1, 2, 3]) {
        const again = await planned(scenario, { ...stoppedAfter(looks), threads });
        expect(again.rows).toEqual(once.rows);
        expect(again.prices).toEqual(once.prices);
        expect(again.summary).toEqual(once.summary);
      }
    });
  });

  it('constraint 3: who ships a parcel changes neither Z nor L', async () => {
    await forAll(arbitraryWorld, 40, async (world) => {
      const demand = world.demand.map((d) => ({ ...d, shipper: 'one' }));
      const { summary } = await planned(scenarioFrom(world));
      const alone = await planned(scenarioFrom({ ...world, demand }));
      expect(alone.summary).toEqual(summary);
    });
  });

  it('begun with the prices of a plan, it proves no less; begun with any prices, it is right', async () => {
    await forAll(
      fc.tuple(arbitraryScenario, fc.array(fc.nat(60))),
      60,
      async ([scenario, noise]) => {
        const cold = await planned(scenario);
        const warm = await planned(scenario, { warmStart: cold.prices });
        await expectRight(scenario, warm);
        expect(warm.summary.bound).toBeGreaterThanOrEqual(cold.summary.bound);
        const price = cold.prices.price.map((p, i) => p + (noise[i] ?? 0) / 7);
        await expectRight(
          scenario,
          await planned(scenario, { warmStart: { ...cold.prices, price } }),
        );
      },
    );
  });
});

describe('how near the best', () => {
  it.each(solvedWorlds)('meets the optimum worked by hand: $title', async ({ world, optimum }) => {
    const scenario = scenarioFrom(world);
    const plan = await planned(scenario);
    await expectRight(scenario, plan);
    expect(plan.summary.objective).toBeCloseTo(optimum, 9);
    expect(plan.summary.bound).toBeLessThanOrEqual(upTo(optimum));
  });

  it('in nine of ten small worlds no plan of whole parcels is better', async () => {
    const worlds = fc.sample(arbitraryScenario, { numRuns: 150, seed: 2 });
    let best = 0;
    for (const scenario of worlds) {
      const { optimum } = await solveWithHighs(scenario, true);
      const { objective } = (await planned(scenario)).summary;
      expect(objective).toBeGreaterThanOrEqual(optimum - 1e-6 * Math.max(1, optimum));
      if (objective <= optimum + 1e-6 * Math.max(1, optimum)) best += 1;
    }
    expect(best / worlds.length).toBeGreaterThanOrEqual(0.9);
  });
});

async function forAll<T>(
  arbitrary: fc.Arbitrary<T>,
  numRuns: number,
  holds: (value: T) => Promise<void>,
): Promise<void> {
  await fc.assert(fc.asyncProperty(arbitrary, holds), { numRuns });
}

async function expectRight(scenario: Scenario, plan: Planned): Promise<void> {
  const { violations } = await check(scenario, plan);
  expect(violations.first).toEqual([]);
}

function upTo(figure: number): number {
  return figure + ROUNDING * Math.max(1, Math.abs(figure));
}

/** Added to the capacity of each resource and override, taken from each commitment. */
const arbitraryMore = fc.record({
  capacity: fc.array(fc.nat(4), { minLength: 6, maxLength: 6 }),
  override: fc.array(fc.nat(4), { minLength: 6, maxLength: 6 }),
  committed: fc.array(fc.nat(8), { minLength: 5, maxLength: 5 }),
});

type More = typeof arbitraryMore extends fc.Arbitrary<infer T> ? T : never;

function withMore(world: World, more: More): World {
  return {
    ...world,
    resources: world.resources.map((r, i) => ({ ...r, capacity: r.capacity + more.capacity[i] })),
    capacity: (world.capacity ?? []).map((c, i) => ({
      ...c,
      capacity: c.capacity + more.override[i],
    })),
    committed: (world.committed ?? []).map((c, i) => ({
      ...c,
      parcels: Math.max(0, c.parcels - more.committed[i]),
    })),
  };
}

/** Σ price · (capacity left − load). */
function priceOfSlack(scenario: Scenario, { rows, prices }: Planned): number {
  const left = new CapacityLeft(scenario, reachOf(scenario));
  const loads = loadsOf(scenario, rows);
  let sum = 0;
  prices.price.forEach((price, i) => {
    const [resource, slot] = [prices.resource[i], prices.slot[i]];
    sum += price * (left.at(resource, slot) - (loads.get(`${resource}/${slot}`) ?? 0));
  });
  return sum;
}

function loadsOf(scenario: Scenario, rows: readonly PlanRow[]): Map<string, number> {
  const { stepStart, stepResource, stepLag, stepSpan } = scenario.routes;
  const loads = new Map<string, number>();
  for (const { route, releaseSlot, parcels } of rows) {
    if (route < 0) continue;
    for (let j = stepStart[route]; j < stepStart[route + 1]; j++) {
      for (let u = 0; u < stepSpan[j]; u++) {
        const key = `${stepResource[j]}/${releaseSlot + stepLag[j] + u}`;
        loads.set(key, (loads.get(key) ?? 0) + parcels);
      }
    }
  }
  return loads;
}
