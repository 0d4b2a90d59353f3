import type { Routes, Scenario, Service } from '../network/scenario.js';
import { tailSlots } from '../plan/slot-table.js';

/**
 * What a gate needs of a network. It stays the same for a season: a plan version changes capacities and
 * shares, not routes. Flow f is service f mod S of pair ⌊f / S⌋. The *ways* of a pair are its routes by
 * rising cost, ties in file order, numbered from 0: a ticket keeps the way, in one byte.
 */
export interface GateNetwork {
  /** Start of slot 0, milliseconds since 1970. */
  readonly startMs: number;
  readonly slotMs: number;
  readonly services: readonly Service[];
  readonly resources: number;
  readonly pairs: number;
  readonly routes: Routes;
  /** Way i of pair p is number w = wayStart[p] + i among all ways, and route wayRoute[w]. */
  readonly wayStart: Int32Array;
  readonly wayRoute: Int32Array;
  readonly loads: WayLoads;
  /** By way: 1 if it may load a resource more than once in a slot. */
  readonly repeats: Uint8Array;
  /** Slots after its own that a release can load. */
  readonly tail: number;
}

/**
 * The steps of ways' routes, by way: way w loads what steps start[w] … start[w + 1] − 1 say. Of step i, word 2i is
 * the resource, word 2i + 1 its lag and, from bit 16, its span: side by side, for memory is slow to find.
 */
export interface WayLoads {
  readonly start: Int32Array;
  readonly step: Int32Array;
}

/** @throws RangeError if a pair has more than 256 routes: a ticket has one byte for its way. */
export function gateNetwork(scenario: Scenario): GateNetwork {
  const { pairs, routes } = scenario;
  const wayRoute = pairs.routeList.slice();
  for (let p = 0; p < pairs.size; p++) {
    const ways = wayRoute.subarray(pairs.routeStart[p], pairs.routeStart[p + 1]);
    if (ways.length > 256) throw new RangeError('a pair has more than 256 routes');
    if (ways.length > 1) ways.sort((a, b) => routes.cost[a] - routes.cost[b] || a - b);
  }
  return {
    startMs: Date.parse(scenario.start),
    slotMs: scenario.slotMinutes * 60_000,
    services: scenario.services,
    resources: scenario.resources.capacity.length,
    pairs: pairs.size,
    routes,
    wayStart: pairs.routeStart,
    wayRoute,
    loads: wayLoads(routes, wayRoute),
    repeats: repeatsOf(routes, wayRoute),
    tail: tailSlots(routes),
  };
}

export function lagOf(word: number): number {
  return word & 0xffff;
}

export function spanOf(word: number): number {
  return word >> 16;
}

export function flowOf(network: GateNetwork, pair: number, service: number): number {
  return pair * network.services.length + service;
}

export function pairOf(network: GateNetwork, flow: number): number {
  return Math.floor(flow / network.services.length);
}

export function serviceOf(network: GateNetwork, flow: number): Service {
  return network.services[flow % network.services.length];
}

export function flowsOf(network: GateNetwork): number {
  return network.pairs * network.services.length;
}

function wayLoads(routes: Routes, wayRoute: Int32Array): WayLoads {
  const { stepStart, stepResource, stepLag, stepSpan } = routes;
  const start = new Int32Array(wayRoute.length + 1);
  wayRoute.forEach((route, way) => {
    start[way + 1] = start[way] + stepStart[route + 1] - stepStart[route];
  });
  const step = new Int32Array(2 * start[wayRoute.length]);
  wayRoute.forEach((route, way) => {
    let at = 2 * start[way];
    for (let i = stepStart[route]; i < stepStart[route + 1]; i++) {
      step[at++] = stepResource[i];
      step[at++] = stepLag[i] | (stepSpan[i] << 16);
    }
  });
  return { start, step };
}

function repeatsOf({ stepStart, stepResource }: Routes, wayRoute: Int32Array): Uint8Array {
  const repeats = new Uint8Array(wayRoute.length);
  wayRoute.forEach((route, way) => {
    const first = stepStart[route];
    for (let j = first + 1; j < stepStart[route + 1]; j++) {
      for (let i = first; i < j; i++) if (stepResource[i] === stepResource[j]) repeats[way] = 1;
    }
  });
  return repeats;
}
