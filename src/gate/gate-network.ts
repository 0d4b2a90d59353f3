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
  /** Way i of pair p is route wayRoute[wayStart[p] + i]. */
  readonly wayStart: Int32Array;
  readonly wayRoute: Int32Array;
  /** 1 for a route that may load a resource more than once in a slot. */
  readonly repeats: Uint8Array;
  /** Slots after its own that a release can load. */
  readonly tail: number;
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
    repeats: repeatsOf(routes),
    tail: tailSlots(routes),
  };
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

function repeatsOf({ cost, stepStart, stepResource }: Routes): Uint8Array {
  const repeats = new Uint8Array(cost.length);
  for (let route = 0; route < cost.length; route++) {
    for (let j = stepStart[route] + 1; j < stepStart[route + 1]; j++) {
      for (let i = stepStart[route]; i < j; i++) {
        if (stepResource[i] === stepResource[j]) repeats[route] = 1;
      }
    }
  }
  return repeats;
}
