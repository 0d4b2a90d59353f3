import type { Scenario } from '../network/scenario.js';
import { addRelease, emptySlotTable, type SlotTable } from './slot-table.js';

/**
 * The loads if nothing were staggered: every parcel released when it is ready, in slot max(s, 0),
 * over the cheapest route of its pair (the first in the file among equals), whatever the
 * capacities. Demand without a route loads nothing.
 */
export function loadAtOnce(scenario: Scenario, slots: number): SlotTable {
  const { demand, resources, routes } = scenario;
  const load = emptySlotTable(resources.capacity.length, slots);
  for (let f = 0; f < demand.flowPair.length; f++) {
    const route = cheapestRoute(scenario, demand.flowPair[f]);
    if (route < 0) continue;
    for (let k = demand.cohortStart[f]; k < demand.cohortStart[f + 1]; k++) {
      let parcels = 0;
      for (let i = demand.rowStart[k]; i < demand.rowStart[k + 1]; i++) {
        parcels += demand.rowParcels[i];
      }
      addRelease(load, routes, route, Math.max(0, demand.cohortSlot[k]), parcels);
    }
  }
  return load;
}

/** The cheapest route of a pair, or −1 if it has none. */
function cheapestRoute(scenario: Scenario, pair: number): number {
  const { routeStart, routeList } = scenario.pairs;
  const { cost } = scenario.routes;
  let best = -1;
  for (let i = routeStart[pair]; i < routeStart[pair + 1]; i++) {
    const route = routeList[i];
    if (best < 0 || cost[route] < cost[best]) best = route;
  }
  return best;
}
