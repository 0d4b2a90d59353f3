import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../../src/network/scenario.js';
import { POLICIES } from '../../../src/world/policy/policy.js';
import { Chance } from '../../../src/world/simulation/chance.js';
import { Fate } from '../../../src/world/simulation/fate.js';
import {
  NO_SURPRISE,
  ORDINARY,
  SURPRISE_MOST,
  type Surprises,
} from '../../../src/world/simulation/options.js';
import { simulate } from '../../../src/world/simulation/simulate.js';
import { compileWays } from '../../../src/world/simulation/ways.js';
import { arbitrarySeason, arbitrarySurprises } from '../../support/arbitrary-season.js';
import { askedFor, LivedWorld, PHYSICS } from '../../support/lived-world.js';
import { scenarioFrom, type World } from '../../support/scenario-from.js';
import { forecastOf } from '../../support/still-world.js';

describe('the same seed', () => {
  it('gives the same run, every table of it; another seed another one', async () => {
    const property = fc.asyncProperty(
      arbitrarySeason,
      arbitrarySurprises,
      fc.constantFrom(...POLICIES),
      async (world, surprises, policy) => {
        const options = askedFor({ policy, surprises, seed: 7 });
        const run = await simulate(scenarioFrom(world), options);
        expect(await simulate(scenarioFrom(world), options)).toEqual(run);
      },
    );
    await fc.assert(property, { numRuns: 15 });
    const runs = [7, 8].map((seed) =>
      simulate(scenarioFrom(hubs(3, 48)), askedFor({ seed, surprises: ORDINARY })),
    );
    const [one, other] = await Promise.all(runs);
    expect(one.curves.ready).not.toEqual(other.curves.ready);
    expect(one.stock).not.toEqual(other.stock);
  });

  it('is the same fate under every policy', async () => {
    const scenario = scenarioFrom(hubs(3, 48));
    const runs = await Promise.all(
      POLICIES.map((policy) =>
        simulate(scenario, askedFor({ policy, seed: 3, surprises: ORDINARY })),
      ),
    );
    const season = runs.map(({ curves }) => [...curves.ready.subarray(0, 48)]);
    for (const ready of season) expect(ready).toEqual(season[0]);
  });

  it('is the same fate in whatever order it is asked', () => {
    const scenario = scenarioFrom(hubs(5, 48));
    const at = Array.from({ length: 5 * 48 }, (_, i) => [i % 5, Math.floor(i / 5)]);
    const one = fateOf(scenario, SURPRISE_MOST);
    const other = fateOf(scenario, SURPRISE_MOST);
    const forwards = new Map(at.map((rt) => tell(one, rt)));
    const backwards = new Map(at.toReversed().map((rt) => tell(other, rt)));
    for (const [key, told] of forwards) expect(backwards.get(key)).toEqual(told);
  });
});

describe('a stream of surprises at 0', () => {
  const scenario = scenarioFrom(hubs(4, 72));
  const each = Array.from({ length: 4 * 72 }, (_, i) => [i % 4, Math.floor(i / 4)] as const);

  it('leaves its quantity as it is, whatever the others are', async () => {
    const forecast = Int32Array.from(forecastOf(scenario));
    expect(fateOf(scenario, without('demand')).cohortParcels).toEqual(forecast);
    const still = fateOf(scenario, without('service', 'absence', 'closures', 'travel', 'scans'));
    for (const [r, t] of each) {
      expect(still.capacityAt(r, t)).toBe(scenario.resources.capacity[r]);
      expect(still.attendance(r, t)).toBe(1);
      expect(still.delay(r, t, 40)).toBe(0);
      expect(still.scansLost(r, t)).toEqual({ late: 0, missing: 0 });
    }
    const lived = new LivedWorld(scenario, PHYSICS, without('scans'));
    for (let t = 0; t < 10; t++) {
      await lived.step((door) => {
        expect([...door.seenStock]).toEqual([...lived.flow.stock]);
        for (let f = 0; f < 4; f++) door.release(f, f, door.waiting[f]);
      });
    }
    expect(lived.flow.stock.some((n) => n > 0)).toBe(true);
  });

  it('shifts no other', () => {
    const all = fateOf(scenario, SURPRISE_MOST);
    const demandOnly = fateOf(scenario, { ...NO_SURPRISE, demand: SURPRISE_MOST.demand });
    expect(demandOnly.cohortParcels).toEqual(all.cohortParcels);
    const noDemand = fateOf(scenario, without('demand', 'travel', 'scans'));
    for (const [r, t] of each) expect(noDemand.capacityAt(r, t)).toBe(all.capacityAt(r, t));
  });
});

/* Bounds are some five standard errors wide, and the seed is fixed. */
describe('chance has the mean and spread that it says:', () => {
  const size = 200;
  const season = scenarioFrom(hubs(size, 150, { slotMinutes: 1440 }));
  const many = Array.from({ length: size * 150 }, (_, i) => [i % size, Math.floor(i / size)]);

  it('uniform numbers and bells', () => {
    const chance = new Chance(1, 'test');
    const uniform = moments(many.map(([a, b]) => chance.uniform(a, b)));
    expect(uniform.mean).toBeCloseTo(0.5, 2);
    expect(uniform.spread).toBeCloseTo(Math.sqrt(1 / 12), 2);
    const bell = moments(many.map(([a, b]) => chance.bell(a, b)));
    expect(bell.mean).toBeCloseTo(0, 1);
    expect(bell.spread).toBeCloseTo(1, 1);
    for (const [a, b] of [
      [0, 1],
      [1, 0],
      [1, 1],
    ]) {
      const products = many.map(
        ([i, j]) => (chance.uniform(i, j) - 0.5) * (chance.uniform(i + a, j + b) - 0.5),
      );
      expect(Math.abs(moments(products).mean * 12)).toBeLessThan(0.03);
    }
  });

  it('demand: a factor of the origin and day, and one of the day, of half its spread', () => {
    const { cohortParcels } = fateOf(season, { ...NO_SURPRISE, demand: 0.1 });
    // Flows by origin, cohorts by day.
    const factor = (origin: number, day: number) => cohortParcels[origin * 150 + day] / 1e6;
    const all = moments(many.map(([o, d]) => factor(o, d)));
    expect(all.mean).toBeGreaterThan(0.98);
    expect(all.mean).toBeLessThan(1.02);
    const days = Array.from({ length: 150 }, (_, d) =>
      moments(Array.from({ length: size }, (__, o) => factor(o, d))),
    );
    const common = moments(days.map(({ mean }) => mean)).spread;
    expect(common).toBeGreaterThan(0.035);
    expect(common).toBeLessThan(0.065);
    expect(moments(days.map((day) => day.spread / day.mean)).mean).toBeCloseTo(0.1, 2);
  });

  it('travel: around the time on the road', () => {
    const fate = fateOf(season, { ...NO_SURPRISE, travel: 0.2 });
    const delays = moments(many.map(([leg, t]) => fate.delay(leg, t, 50)));
    expect(Math.abs(delays.mean)).toBeLessThan(0.3);
    expect(delays.spread / 50).toBeCloseTo(0.2, 2);
    // Of one slot, too: a fifth of an hour becomes an hour now and then.
    const short = moments(many.map(([leg, t]) => fate.delay(leg, t, 1)));
    expect(Math.abs(short.mean)).toBeLessThan(0.02);
    expect(short.spread).toBeGreaterThan(0.2);
  });

  it('service: around the rate, at every moment alike, and still so some hours later', () => {
    const hourly = scenarioFrom(hubs(size, 1));
    const fate = fateOf(hourly, { ...NO_SURPRISE, service: 0.1 });
    const at = (t: number) =>
      Array.from({ length: 3000 }, (_, i) => rate(fate, i % size, t + 40 * Math.floor(i / size)));
    for (const t of [0, 3, 5, 10]) {
      expect(moments(at(t)).mean).toBeCloseTo(1, 1);
      expect(moments(at(t)).spread).toBeCloseTo(0.1, 2);
    }
    const together = (lag: number) => {
      const [now, later] = [at(0), at(lag)];
      return moments(now.map((x, i) => (x - 1) * (later[i] - 1))).mean / 0.01;
    };
    expect(together(2)).toBeGreaterThan(0.8);
    expect(Math.abs(together(20))).toBeLessThan(0.1);
  });

  it('absence: a mean share, never more than twice it; who is expected comes on average', () => {
    const fate = fateOf(season, { ...NO_SURPRISE, absence: 0.2 });
    const absent = many.map(([r, day]) => 1 - 0.8 * fate.attendance(r, day));
    expect(moments(absent).mean).toBeCloseTo(0.2, 2);
    expect(Math.min(...absent)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...absent)).toBeLessThanOrEqual(0.4);
  });

  it('closures: their share of the days; what they cost does not turn on the length of a slot', () => {
    const lostHours = [15, 60, 1440].map((slotMinutes) => {
      const perDay = 1440 / slotMinutes;
      const fate = fateOf(scenarioFrom(hubs(size, 1, { slotMinutes })), {
        ...NO_SURPRISE,
        closures: 0.1,
      });
      const lost: number[] = [];
      for (let r = 0; r < size; r++) {
        for (let t = 0; t < 30 * perDay; t++) lost.push(1 - rate(fate, r, t));
      }
      if (slotMinutes === 1440) {
        const struck = lost.filter((share) => share > 1e-5).length / lost.length;
        expect(struck).toBeGreaterThan(0.09);
        expect(struck).toBeLessThan(0.13);
      }
      return moments(lost).mean * 24;
    });
    expect(lostHours[0]).toBeGreaterThan(0);
    for (const hours of lostHours) expect(Math.abs(hours / lostHours[0] - 1)).toBeLessThan(0.02);
  });

  it('closures: go on over midnight', () => {
    const quarters = scenarioFrom(hubs(size, 1, { slotMinutes: 15 }));
    const fate = fateOf(quarters, { ...NO_SURPRISE, closures: 0.1 });
    const lostAt = (hour: number): number => {
      const slots = many.filter(([, day]) => day > 0 && day < 30);
      return moments(slots.map(([r, day]) => 1 - rate(fate, r, 4 * (24 * day + hour)))).mean;
    };
    expect(lostAt(0)).toBeGreaterThan(0.7 * lostAt(12));
  });

  it('scans: a mean share late, a third as many missing', () => {
    const fate = fateOf(season, { ...NO_SURPRISE, scans: 0.3 });
    const lost = many.map(([r, t]) => fate.scansLost(r, t));
    expect(moments(lost.map(({ late }) => late)).mean).toBeCloseTo(0.3, 2);
    expect(moments(lost.map(({ missing }) => missing)).mean).toBeCloseTo(0.1, 2);
  });
});

/** Hubs of 10⁶ a slot, each with an origin of its own that has as many ready in each slot. */
function hubs(count: number, slots: number, more: Partial<World> = {}): World {
  const each = Array.from({ length: count }, (_, i) => String(i).padStart(3, '0'));
  return {
    slots,
    resources: each.map((id) => ({ id, capacity: 1e6 })),
    routes: each.map((id) => ({ id, origin: id, destination: 'y', steps: [{ resource: id }] })),
    demand: each.flatMap((origin) =>
      Array.from({ length: slots }, (_, slot) => ({
        origin,
        destination: 'y',
        slot,
        parcels: 1e6,
      })),
    ),
    ...more,
  };
}

/** All that fate has to say of a resource, or leg, and slot. */
function tell(fate: Fate, [r, t]: number[]): [string, unknown[]] {
  return [
    `${r} ${t}`,
    [fate.capacityAt(r, t), fate.delay(r, t, 40), fate.attendance(r, t), fate.scansLost(r, t)],
  ];
}

function without(...names: (keyof Surprises)[]): Surprises {
  const none: Record<string, number> = Object.fromEntries(names.map((name) => [name, 0]));
  return { ...SURPRISE_MOST, ...none };
}

function fateOf(scenario: Scenario, surprises: Surprises): Fate {
  return new Fate(scenario, compileWays(scenario), surprises, 11);
}

function rate(fate: Fate, r: number, t: number): number {
  return fate.capacityAt(r, t) / 1e6;
}

function moments(values: readonly number[]): { mean: number; spread: number } {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const square = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
  return { mean, spread: Math.sqrt(square) };
}
