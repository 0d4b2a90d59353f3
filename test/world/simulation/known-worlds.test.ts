import { describe, expect, it } from 'vitest';
import type { SimulationRun } from '../../../src/world/simulation/run.js';
import { simulate } from '../../../src/world/simulation/simulate.js';
import { askedFor, PHYSICS } from '../../support/lived-world.js';
import { scenarioFrom, type World } from '../../support/scenario-from.js';

const street = { origin: 'x', destination: 'y' };
/** A round of three hours, in slots of one. */
const ROUND = 3;

describe('a single hub is a fluid queue', () => {
  it('by its closed form: length, last departure, mean wait', async () => {
    // q(t) = (a − c)(t + 1) while parcels come, then falls by c a slot. All n = a·k are through when
    // ⌈n / c⌉ slots have passed. Waits: Σ q(t) parcel-slots, each at the end of slot t.
    const [a, c, k] = [7, 4, 20];
    const n = a * k;
    const through = Math.ceil(n / c);
    const length = (t: number) => Math.max(0, Math.min(a * (t + 1), n) - c * (t + 1));
    const run = await simulate(scenarioFrom(queue(a, c, k)), askedFor());
    expect([...run.stock]).toEqual(Array.from({ length: run.slots }, (_, t) => length(t)));
    expect(run.slots).toBe(through + ROUND);
    expect(lastDelivery(run)).toBe(through - 1 + ROUND);
    expect(run.figures.recoveryHours).toBe(Math.ceil((0.99 * n) / c) + ROUND - k);
    const waited = run.stock.reduce((sum, q) => sum + q, 0);
    // Over all slots in which there is a queue: k slots of growth by a − c, then of fall by c.
    const fall = Math.ceil(((a - c) * k) / c);
    expect(waited).toBe(
      ((a - c) * k * (k + 1)) / 2 + fall * (a - c) * k - (c * fall * (fall + 1)) / 2,
    );
    expect(run.figures.meanHours).toBeCloseTo(ROUND + waited / n, 12);
    expect(run.figures.smooth).toBeCloseTo((ROUND + waited / n) / ROUND, 12);
  });

  it('also where its capacity changes', async () => {
    // 5 a slot for 6 slots; takes 5, nothing in slots 2 and 3, 12 in slot 5, else 5.
    const world = queue(5, 5, 6, {
      capacity: [
        { resource: 'hub', slot: 2, capacity: 0 },
        { resource: 'hub', slot: 3, capacity: 0 },
        { resource: 'hub', slot: 5, capacity: 12 },
      ],
    });
    const run = await simulate(scenarioFrom(world), askedFor());
    expect([...run.stock]).toEqual([0, 0, 5, 10, 10, 3, 0, 0, 0, 0]);
    expect([...run.curves.delivered]).toEqual([0, 0, 0, 5, 5, 0, 0, 5, 12, 3]);
    expect(run.figures.meanHours).toBeCloseTo(ROUND + 28 / 30, 12);
  });

  it('however long it takes: a queue that only drains is not taken for a lock', async () => {
    const run = await simulate(scenarioFrom(queue(200, 1, 1)), askedFor());
    expect(run.figures.delivered).toBe(200);
    expect(run.slots).toBe(200 + ROUND);
  });

  it('works slower when overfull, but works', async () => {
    // One a slot at best. With 2 or more on a floor of 2 it sorts 0.65 a slot: of five parcels at once one
    // goes in slot 0, then one whenever 0.65 have added up to 1, in slots 2 and 4; the last two in time.
    const world = queue(5, 1, 1, { resources: [{ id: 'hub', capacity: 1, floor: 2 }] });
    const run = await simulate(scenarioFrom(world), askedFor({ world: tight }));
    expect([...run.stock]).toEqual([3, 3, 3, 3, 2, 1, 0, 0, 0, 0]);
    expect([...run.outside.subarray(0, 3)]).toEqual([1, 1, 0]);
    expect([...run.curves.delivered]).toEqual([0, 0, 0, 1, 0, 1, 0, 1, 1, 1]);
  });
});

/** A vehicle a parcel, none more than what hubs need, and no hire. */
const tight = { ...PHYSICS, vehicleParcels: 1, hire: 0 };

/**
 * Hubs in a ring, 10 a slot and a floor of 30 each; from each hub 200 parcels go on to the next, an hour
 * away, all at once. The fleet of a hub carries ⌈1.3 · 10 · 3⌉ = 39: once so many wait outside the next
 * hub, behind its own 200, nobody can unload anything any more.
 */
function ring(hubs: number): World {
  const id = (h: number) => `h${h % hubs}`;
  const ends = (h: number) => ({ origin: id(h), destination: id(h + 1) });
  const each = Array.from({ length: hubs }, (_, h) => h);
  return {
    slots: 24,
    resources: each.map((h) => ({ id: id(h), capacity: 10, floor: 30 })),
    routes: each.map((h) => ({
      id: `r${h}`,
      ...ends(h),
      steps: [{ resource: id(h) }, { resource: id(h + 1), lag: 1 }],
    })),
    demand: each.map((h) => ({ ...ends(h), slot: 0, parcels: 200 })),
  };
}

describe.each([2, 3])('%d hubs in a ring', (hubs) => {
  it('lock for ever once every vehicle waits outside a full floor', async () => {
    const run = await simulate(scenarioFrom(ring(hubs)), askedFor({ world: tight }));
    const { figures, gridlocked, slots, stock, outside } = run;
    // In each hub, from slot 0 on: 31 on the floor, and of its own and those on vehicles 169 outside.
    expect(new Set(stock)).toEqual(new Set([31]));
    expect(new Set(outside.subarray(hubs))).toEqual(new Set([169]));
    // An hour's worth of vehicles waits from slot 1 on.
    expect([...gridlocked]).toEqual(Array.from({ length: slots }, (_, t) => (t === 0 ? 0 : hubs)));
    // Nothing moves behind the season for more than 72 hours. In `smooth` all
    // count as delivered then; the timetable says 1 + 3 hours.
    expect(slots).toBe(24 + 73);
    expect(figures).toMatchObject({ gridlockHours: slots - 1, delivered: 0, smooth: slots / 4 });
    expect(figures.recoveryHours).toBeNaN();
  });

  it('come free with vehicles hired from elsewhere', async () => {
    const world = { ...tight, hire: 0.1 };
    const run = await simulate(scenarioFrom(ring(hubs)), askedFor({ world }));
    expect(run.figures.gridlockHours).toBeGreaterThan(24);
    expect(run.gridlocked[run.slots - 1]).toBe(0);
    expect(run.figures.delivered).toBe(200 * hubs);
  });

  it('do not lock when releases keep to what the hubs take', async () => {
    const run = await simulate(
      scenarioFrom(ring(hubs)),
      askedFor({ policy: 'plan', world: tight }),
    );
    expect(run.figures).toMatchObject({ gridlockHours: 0, overflowHours: 0, smooth: 1 });
    expect(run.figures.delivered).toBe(200 * hubs);
  });
});

it('a full hub fills those behind it; that alone is no gridlock', async () => {
  // 20 a slot through a and b into c, which takes 2: its floor fills, then b's, then a's.
  const run = await simulate(
    scenarioFrom({
      slots: 24,
      resources: [
        { id: 'a', capacity: 20, floor: 40 },
        { id: 'b', capacity: 20, floor: 40 },
        { id: 'c', capacity: 2, floor: 40 },
      ],
      routes: [
        {
          id: 'way',
          ...street,
          steps: [{ resource: 'a' }, { resource: 'b', lag: 1 }, { resource: 'c', lag: 2 }],
        },
      ],
      demand: Array.from({ length: 20 }, (_, slot) => ({ ...street, slot, parcels: 20 })),
    }),
    askedFor({ world: tight }),
  );
  const [a, b, c] = [0, 1, 2].map((h) => run.overflow.findIndex((x, i) => i % 3 === h && x === 1));
  // The floor of c holds 18, then 36 at the end of slots 2 and 3, and is passed in slot 4.
  expect(c).toBe(3 * 4 + 2);
  expect(b).toBeGreaterThan(c);
  expect(a).toBeGreaterThan(b);
  expect(run.figures.gridlockHours).toBe(0);
  expect(run.figures.delivered).toBe(400);
});

describe('a policy that releases nothing delivers nothing, and the world ends', () => {
  const shut: World = {
    slots: 5,
    resources: [{ id: 'hub', capacity: 0 }],
    routes: [{ id: 'way', ...street, steps: [{ resource: 'hub' }] }],
    demand: [{ ...street, slot: 2, parcels: 9 }],
  };

  it.each(['throttle', 'first-served', 'plan', 'foresight'] as const)('%s', async (policy) => {
    const run = await simulate(scenarioFrom(shut), askedFor({ policy }));
    expect(run.figures).toMatchObject({ ready: 9, delivered: 0, meanHours: 0, within72: 0 });
    expect([...run.curves.released, ...run.curves.delivered].every((n) => n === 0)).toBe(true);
    // The season, and more than 72 hours.
    expect(run.slots).toBe(5 + 73);
  });

  it('at-once, where there is no route', async () => {
    const run = await simulate(scenarioFrom({ ...shut, routes: [] }), askedFor());
    expect(run.figures).toMatchObject({ ready: 9, delivered: 0 });
    expect(run.slots).toBe(5);
  });
});

describe('the world waits', () => {
  const far: World = {
    slots: 2,
    resources: [
      { id: 'gate', capacity: 9, kind: 'pickup' },
      { id: 'hub', capacity: 9 },
    ],
    routes: [
      { id: 'way', ...street, steps: [{ resource: 'gate' }, { resource: 'hub', lag: 170 }] },
    ],
    demand: [{ ...street, slot: 0, parcels: 4 }],
  };

  it('for parcels that are a week on the road', async () => {
    expect(lastDelivery(await simulate(scenarioFrom(far), askedFor()))).toBe(170 + ROUND);
  });

  it('for the end of a closure that everybody knows of', async () => {
    const capacity = Array.from({ length: 300 }, (_, slot) => ({
      resource: 'hub',
      slot,
      capacity: 0,
    }));
    const run = await simulate(scenarioFrom({ ...far, capacity }), askedFor());
    expect(lastDelivery(run)).toBe(300 + ROUND);
  });

  it('20 days at the most', async () => {
    // One an hour: 481 go in slots 0 … 480, the rest counts as delivered at the end.
    const run = await simulate(scenarioFrom(queue(600, 1, 1)), askedFor());
    expect(run.slots).toBe(481);
    expect(run.figures.delivered).toBe(481);
    const waits = (480 * 481) / 2 + 481 * ROUND + (600 - 481) * 481;
    expect(run.figures.smooth).toBeCloseTo(waits / (600 * ROUND), 12);
  });
});

function lastDelivery({ curves }: SimulationRun): number {
  return curves.delivered.findLastIndex((n) => n > 0);
}

/** a parcels a slot in slots 0 … k − 1 into a hub that takes c, at once. */
function queue(a: number, c: number, k: number, more: Partial<World> = {}): World {
  return {
    slots: k,
    resources: [{ id: 'hub', capacity: c }],
    routes: [{ id: 'way', ...street, steps: [{ resource: 'hub' }] }],
    demand: Array.from({ length: k }, (_, slot) => ({ ...street, slot, parcels: a })),
    ...more,
  };
}
