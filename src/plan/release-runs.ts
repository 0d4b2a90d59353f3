import type { Packing } from '../solver/packing.js';

/**
 * A plan's releases by flow, its cohorts and shippers merged: what a plan promises to a flow in each slot.
 * Flow f has runs start[f] … start[f+1] − 1, by rising slot; 10 bytes each.
 */
export interface ReleaseRuns {
  readonly start: Int32Array;
  readonly slot: Int16Array;
  readonly route: Int32Array;
  /** Parcels > 0. */
  readonly parcels: Uint32Array;
}

export function releaseRuns(packing: Packing): ReleaseRuns {
  const flows = packing.count.length;
  const start = new Int32Array(flows + 1);
  for (let f = 0; f < flows; f++) start[f + 1] = start[f] + packing.count[f];
  const slot = new Int16Array(start[flows]);
  const route = new Int32Array(start[flows]);
  const parcels = new Uint32Array(start[flows]);
  for (let f = 0; f < flows; f++) {
    const from = packing.start[f];
    for (let i = 0; i < packing.count[f]; i++) {
      slot[start[f] + i] = packing.slot[from + i];
      route[start[f] + i] = packing.option[from + i];
      parcels[start[f] + i] = packing.amount[from + i];
    }
  }
  return { start, slot, route, parcels };
}
