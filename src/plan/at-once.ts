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
  const cheapest = cheapestRoutes(scenario);
  for (let f = 0; f < demand.flowPair.length; f++) {
    const route = cheapest[demand.flowPair[f]];
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

/** The cheapest route of each pair, the first in the file among equals; −1 for a pair without one. */
export function cheapestRoutes({ pairs, routes }: Scenario): Int32Array {
  const cheapest = new Int32Array(pairs.size).fill(-1);
  for (let pair = 0; pair < pairs.size; pair++) {
    for (let i = pairs.routeStart[pair]; i < pairs.routeStart[pair + 1]; i++) {
      const route = pairs.routeList[i];
      const best = cheapest[pair];
      if (best < 0 || routes.cost[route] < routes.cost[best]) cheapest[pair] = route;
    }
  }
  return cheapest;
}
