import { expect, test } from 'vitest';
import type { ReleaseBatch } from '../../src/network/plan-files.js';
import { measureOverload } from '../../src/plan/overload.js';
import { viewHolds, viewLoads } from '../../src/plan/season-view.js';
import { scenarioFrom } from '../support/scenario-from.js';

/** One hub that takes 10 a slot; 25 parcels ready at once, five more a slot later. */
const scenario = scenarioFrom({
  slots: 4,
  resources: [
    { id: 'hub', capacity: 10 },
    { id: 'door', capacity: 100 },
  ],
  committed: [{ resource: 'hub', slot: 3, parcels: 4 }],
  routes: [
    { id: 'dear', origin: 'a', destination: 'b', cost: 2, steps: [{ resource: 'door' }] },
    {
      id: 'usual',
      origin: 'a',
      destination: 'b',
      steps: [{ resource: 'hub' }, { resource: 'door', lag: 2, span: 2 }],
    },
  ],
  demand: [
    { origin: 'a', destination: 'b', slot: 0, parcels: 25 },
    { origin: 'a', destination: 'b', slot: 1, parcels: 5 },
  ],
});

/** [ready slot, release slot or −1, route or −1, parcels] */
type Row = readonly [number, number, number, number];

function batchOf(rows: readonly Row[]): ReleaseBatch {
  const column = (i: number) => Int32Array.from(rows, (row) => row[i]);
  const zero = new Int32Array(rows.length);
  return {
    rows: rows.length,
    shipper: zero,
    service: zero,
    pair: zero,
    readySlot: column(0),
    releaseSlot: column(1),
    route: column(2),
    parcels: Float64Array.from(rows, (row) => row[3]),
  };
}

const releases = () => [
  batchOf([
    [0, 0, 1, 10],
    [0, 1, 1, 10],
  ]),
  batchOf([
    [0, 2, 1, 5],
    [1, 2, 1, 3],
    [1, -1, -1, 2],
  ]),
];
const prices = {
  resource: Int32Array.of(0, 0),
  slot: Int32Array.of(1, 40),
  price: Float64Array.of(2, 9),
};
const row = (table: { slots: number; values: Float64Array }, resource: number) =>
  Array.from(table.values.subarray(resource * table.slots, (resource + 1) * table.slots));

test('a season is seen at once, over the cheapest route, and as planned, slot by slot', async () => {
  const view = await viewLoads(scenario, { releases, prices });
  expect([...view.loadedUntil]).toEqual([4, 6]);
  expect(row(view.atOnce, 0)).toEqual([25, 5, 0, 0, 0, 0, 0]);
  expect(row(view.atOnce, 1)).toEqual([0, 0, 25, 30, 5, 0, 0]);
  expect(row(view.planned, 0)).toEqual([10, 10, 8, 0, 0, 0, 0]);
  expect(row(view.capacity, 0)).toEqual([10, 10, 10, 6, 10, 10, 10]);
  expect(row(view.price, 0)).toEqual([0, 2, 0, 0, 0, 0, 0]);
  expect(measureOverload(view.atOnce, view.capacity, 0)).toEqual({
    resourceSlots: 1,
    peakRatio: 2.5,
  });
  expect(measureOverload(view.planned, view.capacity, 0).resourceSlots).toBe(0);
});

test('the most costly holds come first, those carried over apart, each explained', async () => {
  const { costlyHolds, costlyCarried } = await viewHolds(scenario, { releases, prices });
  // Held and released: 10 · 1 + 5 · 2, and 3 · 1; carried over: 2 · ((4 − 1) + 24), of the second only.
  expect(costlyHolds.map(({ cohort }) => cohort.slot)).toEqual([0, 1]);
  expect(costlyCarried.map(({ cohort }) => cohort.slot)).toEqual([1]);
  expect(costlyCarried[0]).toMatchObject({ ready: 5, released: 3, carried: 2 });
});
