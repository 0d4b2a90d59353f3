import { type GateNetwork, pairOf } from '../../gate/gate-network.js';
import type { GatePlan } from '../../gate/gate-plan.js';
import type { Releases } from '../../warn/seen.js';

/** Parcels that a plan sends over each route, in all. */
export function routeParcelsOf(network: GateNetwork, { shares }: GatePlan): Float64Array {
  const parcels = new Float64Array(network.routes.pair.length);
  for (let i = 0; i < shares.count; i++) parcels[routeOf(network, shares, i)] += shares.parcels[i];
  return parcels;
}

/** What a plan lets go in slots `from` … `until` − 1, by slot and route. Cost: a look at every share of the plan. */
export function releasesOf(
  network: GateNetwork,
  { shares }: GatePlan,
  from: number,
  until: number,
): Releases {
  const routes = network.routes.pair.length;
  const sums = new Map<number, number>();
  for (let i = 0; i < shares.count; i++) {
    if (shares.slot[i] < from || shares.slot[i] >= until) continue;
    const cell = (shares.slot[i] - from) * routes + routeOf(network, shares, i);
    sums.set(cell, (sums.get(cell) ?? 0) + shares.parcels[i]);
  }
  const cells = Float64Array.from(sums.keys()).toSorted();
  return {
    route: Int32Array.from(cells, (cell) => cell % routes),
    slot: Int32Array.from(cells, (cell) => from + Math.floor(cell / routes)),
    parcels: Float64Array.from(cells, (cell) => sums.get(cell) ?? 0),
  };
}

/** Where a route begins, and how many slots after its release; −1 where it loads nothing. */
export function entryOf(
  { routes: { stepStart, stepResource, stepLag } }: GateNetwork,
  route: number,
): { readonly resource: number; readonly lag: number } {
  const first = stepStart[route];
  if (first === stepStart[route + 1]) return { resource: -1, lag: 0 };
  return { resource: stepResource[first], lag: stepLag[first] };
}

function routeOf(network: GateNetwork, shares: GatePlan['shares'], i: number): number {
  const { wayStart, wayRoute } = network;
  return wayRoute[wayStart[pairOf(network, shares.flow[i])] + shares.way[i]];
}
