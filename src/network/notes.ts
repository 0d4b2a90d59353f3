import type { Scenario } from './scenario.js';

/** What is worth knowing of a scenario without being wrong in it. */
export interface ScenarioNotes {
  /** Demand whose operator has no route between its places: it can only be carried over. */
  readonly withoutRoute: { readonly pairs: number; readonly parcels: number };
  /** Rows that repeated a key and were summed. */
  readonly repeatedRows: number;
  /** No resource has capacity in any slot: everything is carried over. */
  readonly hasNoCapacity: boolean;
  /** Parcels carried over from an earlier plan (ready before slot 0). */
  readonly carriedFromBefore: number;
}

/** O(rows of demand). */
export function notesOf({ demand, pairs, resources }: Scenario): ScenarioNotes {
  const withoutRoute = new Set<number>();
  let parcelsWithoutRoute = 0;
  let carriedFromBefore = 0;
  for (let f = 0; f < demand.flowPair.length; f++) {
    const pair = demand.flowPair[f];
    const hasRoute = pairs.routeStart[pair + 1] > pairs.routeStart[pair];
    if (!hasRoute) withoutRoute.add(pair);
    for (let k = demand.cohortStart[f]; k < demand.cohortStart[f + 1]; k++) {
      if (hasRoute && demand.cohortSlot[k] >= 0) continue;
      const parcels = cohortParcels(demand, k);
      if (!hasRoute) parcelsWithoutRoute += parcels;
      if (demand.cohortSlot[k] < 0) carriedFromBefore += parcels;
    }
  }
  return {
    withoutRoute: { pairs: withoutRoute.size, parcels: parcelsWithoutRoute },
    repeatedRows: demand.repeated,
    hasNoCapacity: resources.capacity.every(isZero) && resources.overrides.value.every(isZero),
    carriedFromBefore,
  };
}

function cohortParcels(demand: Scenario['demand'], cohort: number): number {
  let parcels = 0;
  for (let i = demand.rowStart[cohort]; i < demand.rowStart[cohort + 1]; i++) {
    parcels += demand.rowParcels[i];
  }
  return parcels;
}

function isZero(capacity: number): boolean {
  return capacity === 0;
}
