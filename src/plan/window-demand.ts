import type { Demand } from '../network/scenario.js';

/** Tells parcels that wait, by flow and ready slot ≤ now, oldest first in each flow. */
export type EachWaiting = (
  visit: (flow: number, readySlot: number, parcels: number) => void,
) => void;

/** Forecast demand of slots before `slots`: the season's own columns where that is all of it. */
export function forecastOf(demand: Demand, slots: number): Demand {
  if (demand.cohortSlot.every((s) => s < slots)) return demand;
  const kept = { first: demand.cohortStart.subarray(0, -1), end: cohortsBefore(demand, slots) };
  const columns = new Columns(demand, (f) => kept.end[f] - kept.first[f]);
  columns.addForecast(demand, kept.first, kept.end, 0);
  return columns.demand;
}

/** What waits, then what is forecast for the slots after the window's first; slots count from there. */
export function demandFrom(
  demand: Demand,
  from: number,
  slots: number,
  eachWaiting: EachWaiting,
): Demand {
  const first = cohortsBefore(demand, from + 1);
  const end = cohortsBefore(demand, from + slots);
  const cohorts = new Int32Array(first.length);
  eachWaiting((f) => {
    cohorts[f] += 1;
  });
  const columns = new Columns(demand, (f) => cohorts[f] + end[f] - first[f]);
  eachWaiting((f, readySlot, parcels) => columns.add(f, readySlot - from, parcels));
  columns.addForecast(demand, first, end, from);
  return columns.demand;
}

/** Per flow, the first cohort that is ready in slot s or later. */
function cohortsBefore({ cohortStart, cohortSlot }: Demand, s: number): Int32Array {
  const found = new Int32Array(cohortStart.length - 1);
  for (let f = 0; f < found.length; f++) {
    let [low, high] = [cohortStart[f], cohortStart[f + 1]];
    while (low < high) {
      const mid = (low + high) >>> 1;
      if (cohortSlot[mid] < s) low = mid + 1;
      else high = mid;
    }
    found[f] = low;
  }
  return found;
}

/** Demand columns of known length, flows as they were, a row a cohort, all of one shipper. */
class Columns {
  readonly demand: Demand;
  /** Where the next cohort of each flow goes. */
  readonly #next: Int32Array;

  constructor(season: Demand, cohortsOf: (flow: number) => number) {
    const flows = season.flowPair.length;
    const cohortStart = new Int32Array(flows + 1);
    for (let f = 0; f < flows; f++) cohortStart[f + 1] = cohortStart[f] + cohortsOf(f);
    const cohorts = cohortStart[flows];
    this.#next = cohortStart.slice(0, flows);
    this.demand = {
      shippers: season.shippers,
      flowPair: season.flowPair,
      flowService: season.flowService,
      cohortStart,
      cohortSlot: new Int16Array(cohorts),
      rowStart: new Int32Array(cohorts + 1).map((_, k) => k),
      rowShipper: new Int32Array(cohorts),
      rowParcels: new Uint32Array(cohorts),
      repeated: 0,
    };
  }

  add(flow: number, slot: number, parcels: number): void {
    const k = this.#next[flow]++;
    this.demand.cohortSlot[k] = slot;
    this.demand.rowParcels[k] = parcels;
  }

  /** Cohorts first[f] … end[f] − 1 of each flow, `from` slots earlier. */
  addForecast(season: Demand, first: Int32Array, end: Int32Array, from: number): void {
    for (let f = 0; f < first.length; f++) {
      for (let k = first[f]; k < end[f]; k++) {
        let parcels = 0;
        for (let i = season.rowStart[k]; i < season.rowStart[k + 1]; i++) {
          parcels += season.rowParcels[i];
        }
        this.add(f, season.cohortSlot[k] - from, parcels);
      }
    }
  }
}
