import { scenarioFrom, type World } from './scenario-from.js';

/* Hand-made worlds, small enough for the head. */

/** One resource `hub` of capacity 2, 3 slots, one route; 5 parcels of shippers a (3) and b (2) ready at 0. */
export const bottleneck: World = {
  slots: 3,
  resources: [{ id: 'hub', capacity: 2 }],
  routes: [{ id: 'way', origin: 'x', destination: 'y', steps: [{ resource: 'hub' }] }],
  demand: [
    { shipper: 'a', origin: 'x', destination: 'y', slot: 0, parcels: 3 },
    { shipper: 'b', origin: 'x', destination: 'y', slot: 0, parcels: 2 },
  ],
};

/** A worked case: a world, prices by `resource@slot`, and what Z and L must come to. */
export interface Solved {
  readonly title: string;
  readonly world: World;
  readonly prices: Readonly<Record<string, number>>;
  /** Least Z over whole parcels. */
  readonly optimum: number;
  /** L at the prices. */
  readonly bound: number;
}

const street = { origin: 'x', destination: 'y' };

export const solvedWorlds: readonly Solved[] = [
  {
    // Holds 0, 0, 1, 1, 2 cost 4. At prices 2, 1, 0 each parcel costs 2: 5·2 − (2·2 + 1·2) = 4.
    title: 'five parcels through a hub of two a slot',
    world: bottleneck,
    prices: { 'hub@0': 2, 'hub@1': 1 },
    optimum: 4,
    bound: 4,
  },
  {
    // T = 1: one released free, two carried over at c(1) + 24 = 25. At price 25: 3·25 − 25 = 50.
    title: 'what does not fit is carried over at c(T − s) + w·carryPenalty',
    world: {
      slots: 1,
      resources: [{ id: 'hub', capacity: 1 }],
      routes: [{ id: 'way', ...street, steps: [{ resource: 'hub' }] }],
      demand: [{ ...street, slot: 0, parcels: 3 }],
    },
    prices: { 'hub@0': 25 },
    optimum: 50,
    bound: 50,
  },
  {
    // c(h) = 2·(h + 0.5·max(0, h−1.5) + 0.1·h·(h−1)/2): c(1) = 2, c(2) = 4.7, c(3) = 8.1, one a slot.
    title: 'a service with promise, lateness and growth',
    world: {
      slots: 4,
      services: [{ id: 's', weight: 2, promise: 1.5, late: 0.5, growth: 0.1 }],
      resources: [{ id: 'hub', capacity: 1 }],
      routes: [{ id: 'way', ...street, steps: [{ resource: 'hub' }] }],
      demand: [{ ...street, slot: 0, parcels: 4 }],
    },
    prices: {},
    optimum: 14.8,
    bound: 0,
  },
  {
    // Free route for one, a detour of 0.4 for one more, both in slot 0; the third waits 1 on the free one.
    // Prices main 1, 0; side 0.6, 0: each costs 1: 3·1 − 1 − 0.6 = 1.4.
    title: 'a detour is taken while it costs less than waiting',
    world: {
      slots: 2,
      resources: [
        { id: 'main', capacity: 1 },
        { id: 'side', capacity: 1 },
      ],
      routes: [
        { id: 'free', ...street, steps: [{ resource: 'main' }] },
        { id: 'detour', ...street, cost: 0.4, steps: [{ resource: 'side' }] },
      ],
      demand: [{ ...street, slot: 0, parcels: 3 }],
    },
    prices: { 'main@0': 1, 'side@0': 0.6 },
    optimum: 1.4,
    bound: 1.4,
  },
  {
    // The floor holds 1 and each parcel stays 2 slots: releases in 0 and 2, holds 0 and 2.
    // Prices floor@1 = 2: leaving in 0 or 1 costs ≥ 2, in 2 it costs 2: 2·2 − 2·1 = 2.
    title: 'a span of two slots is occupied in both',
    world: {
      slots: 3,
      resources: [{ id: 'floor', capacity: 1 }],
      routes: [{ id: 'way', ...street, steps: [{ resource: 'floor', span: 2 }] }],
      demand: [{ ...street, slot: 0, parcels: 2 }],
    },
    prices: { 'floor@1': 2 },
    optimum: 2,
    bound: 2,
  },
  {
    // The hub is passed twice, in the slot of release and one later: 2 parcels fill slots 0 and 1 with
    // 1 each if they go in 0 and 2: capacity 1. Carrying the second costs 3 + 24. Price hub@1 = 2.
    title: 'a resource twice on a route adds up',
    world: {
      slots: 3,
      resources: [{ id: 'hub', capacity: 1 }],
      routes: [{ id: 'way', ...street, steps: [{ resource: 'hub', lag: 1 }, { resource: 'hub' }] }],
      demand: [{ ...street, slot: 0, parcels: 2 }],
    },
    prices: { 'hub@1': 2 },
    optimum: 2,
    bound: 2,
  },
  {
    // Ready at −2: released in 0 its hold is 2, but slot 0 is closed and slot 1 has 2 − 1 committed.
    // Holds 3 and 4 cost 7. Prices late@0 = 2, late@1 = 1: each costs 4: 2·4 − 0 − 1 = 7.
    title: 'age is kept, a closure closes, commitments take their room',
    world: {
      slots: 3,
      resources: [{ id: 'late', capacity: 2 }],
      capacity: [{ resource: 'late', slot: 0, capacity: 0 }],
      committed: [{ resource: 'late', slot: 1, parcels: 1 }],
      routes: [{ id: 'way', ...street, steps: [{ resource: 'late' }] }],
      demand: [{ ...street, slot: -2, parcels: 2 }],
    },
    prices: { 'late@0': 2, 'late@1': 1 },
    optimum: 7,
    bound: 7,
  },
  {
    // Slots ≥ T count: with lag 3 the releases of slots 0 and 1 load slots 3 and 4 ≥ T = 2, where the
    // override closes 3. All go in slot 1: 2 parcels wait 1. Price door@3 = 1, capacity 0: L = 2.
    title: 'an override beyond the horizon holds parcels before it',
    world: {
      slots: 2,
      resources: [{ id: 'door', capacity: 9 }],
      capacity: [{ resource: 'door', slot: 3, capacity: 0 }],
      routes: [{ id: 'way', ...street, steps: [{ resource: 'door', lag: 3 }] }],
      demand: [{ ...street, slot: 0, parcels: 2 }],
    },
    prices: { 'door@3': 1 },
    optimum: 2,
    bound: 2,
  },
  {
    // Without a route everything is carried over: 2·(2 + 24).
    title: 'demand without a route is carried over',
    world: {
      slots: 2,
      resources: [{ id: 'hub', capacity: 1 }],
      routes: [],
      demand: [{ ...street, slot: 0, parcels: 2 }],
    },
    prices: { 'hub@0': 1 },
    optimum: 52,
    bound: 51,
  },
];

/** The price table of `{ 'resource@slot': price }`. */
export function pricesOf(world: World, prices: Readonly<Record<string, number>>) {
  const { ids } = scenarioFrom(world).resources;
  const rows = Object.entries(prices).map(([key, price]) => {
    const [resource, slot] = key.split('@');
    return { resource: ids.findText(resource), slot: Number(slot), price };
  });
  return {
    resource: Int32Array.from(rows, (row) => row.resource),
    slot: Int32Array.from(rows, (row) => row.slot),
    price: Float64Array.from(rows, (row) => row.price),
  };
}
