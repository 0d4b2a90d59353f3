import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importantHubs } from '../../../src/network/important.js';
import { countGridlocked, countInRings } from '../../../src/world/simulation/gridlock.js';
import { simulate } from '../../../src/world/simulation/simulate.js';
import { askedFor, LivedWorld, PHYSICS } from '../../support/lived-world.js';
import { scenarioFrom } from '../../support/scenario-from.js';

describe('the figures of a season of 14 slots of two hours', () => {
  // A hub that takes 2 a slot and has a floor of 4. Two parcels from 70 and 72 hours before and six more
  // wait in slot 0; four are ready in slot 12. A round takes a slot.
  const street = { origin: 'x', destination: 'y' };
  const scenario = scenarioFrom({
    slots: 14,
    slotMinutes: 120,
    resources: [{ id: 'hub', capacity: 2, floor: 4 }],
    routes: [{ id: 'way', ...street, steps: [{ resource: 'hub' }] }],
    demand: [
      { ...street, slot: -36, parcels: 1 },
      { ...street, slot: -35, parcels: 1 },
      { ...street, slot: 0, parcels: 6 },
      { ...street, slot: 12, parcels: 4 },
    ],
  });
  const world = { ...PHYSICS, vehicleParcels: 1, capacityDrop: 0, roundHours: 2 };

  it('all at once', async () => {
    const run = await simulate(scenario, askedFor({ world }));
    expect([...run.stock]).toEqual([5, 4, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0]);
    expect([...run.outside.subarray(0, 2)]).toEqual([1, 0]);
    // From release: 1, 1, 2, 2, 3, 3, 4, 4 and 1, 1, 2, 2 slots; the first two were 36 and 35 slots old.
    const hours = 2;
    expect(run.figures).toEqual({
      gridlockHours: 0,
      importantOverflowHours: hours,
      overflowHours: hours,
      smooth: (20 + 6) / 12,
      safe: 1 - 2 / 15,
      // Eight in 24 hours, of twelve in 28.
      steady: 8 / ((12 * 24) / 28),
      meanHours: expect.closeTo(((71 + 20 + 6) / 12) * hours, 12),
      p95Hours: 37 * hours,
      // 72 hours are within 72 hours.
      within72: 11 / 12,
      holdMeanHours: 0,
      holdInequality: 0,
      recoveryHours: hours,
      outsideMost: 1,
      ready: 12,
      delivered: 12,
    });
  });

  it('first planned, first served', async () => {
    const run = await simulate(scenario, askedFor({ world, policy: 'first-served' }));
    // Held 0, 0, 1, 1, 2, 2, 3, 3 and 0, 0, 1, 1 slots; what was carried over from slot 0 on.
    expect(run.figures).toMatchObject({
      overflowHours: 0,
      smooth: 1,
      safe: 1,
      meanHours: expect.closeTo(((71 + 20 + 6) / 12) * 2, 12),
      holdMeanHours: expect.closeTo((14 / 12) * 2, 12),
      outsideMost: 0,
    });
    expect(run.holds).toEqual([
      { by: 'service', key: 's', parcels: 12, meanHours: expect.closeTo(28 / 12, 12), p95Hours: 6 },
      { by: 'origin', key: 'x', parcels: 12, meanHours: expect.closeTo(28 / 12, 12), p95Hours: 6 },
    ]);
  });
});

it('important hubs are the fewest with half of their operator’s capacity, the largest first', () => {
  const operators = ['a', 'b', 'a', 'c', 'b', 'a', 'c', 'b', 'd'];
  const capacities = [30, 40, 50, 10, 20, 20, 10, 40, 0];
  const resources = operators.map((operator, i) => ({
    id: `h${i}`,
    operator,
    capacity: capacities[i],
  }));
  const scenario = scenarioFrom({ slots: 1, resources, routes: [], demand: [] });
  const important = importantHubs(scenario, Int32Array.from(resources.keys()));
  // a: 50 of 100; b: 40 and 40 of 100; c: the first 10 of 20; d has nothing to be important with.
  expect([...important]).toEqual([0, 1, 1, 1, 0, 0, 0, 1, 0]);
});

it('hubs over their floors block each other with an hour of vehicles', () => {
  const scenario = scenarioFrom({
    slots: 1,
    slotMinutes: 30,
    resources: [
      { id: 'a', capacity: 10, floor: 5 },
      { id: 'gate', capacity: 10, kind: 'pickup' },
      { id: 'b', capacity: 3, floor: 5 },
    ],
    routes: [],
    demand: [],
  });
  const blocking = (stock: number, ofA: number, ofB: number): number => {
    const { flow } = new LivedWorld(scenario);
    flow.stock.set([stock, 99, 6]);
    flow.blocked.set([0, ofA, ofB, 0]);
    return countGridlocked(flow);
  };
  expect(blocking(6, 20, 6)).toBe(2);
  expect(blocking(5, 20, 6)).toBe(0);
  expect(blocking(6, 19, 6)).toBe(0);
  expect(blocking(6, 20, 5)).toBe(0);
});

it('rings are the vertices that reach another one and are reached from it', () => {
  const graph = fc
    .integer({ min: 1, max: 9 })
    .chain((n) =>
      fc.array(fc.array(fc.nat(n - 1), { maxLength: 3 }), { minLength: n, maxLength: n }),
    );
  const property = fc.property(graph, (edges) => {
    const all = [...edges.keys()];
    const reach = edges.map((ends) => all.map((v) => ends.includes(v)));
    for (const k of all) {
      for (const i of all) for (const j of all) reach[i][j] ||= reach[i][k] && reach[k][j];
    }
    const inRings = all.filter((v) => all.some((w) => w !== v && reach[v][w] && reach[w][v]));
    expect(countInRings(edges)).toBe(inRings.length);
  });
  fc.assert(property, { numRuns: 2000 });
});
