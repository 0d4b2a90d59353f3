import { createHash } from 'node:crypto';
import { HashSum } from './mix.js';
import { kindOf, resourceOf, SHELF_BITS, stampOf, toOf } from './parcel-table.js';
import { DELIVERED } from './scans.js';
import type { Track } from './track.js';

/**
 * What one partition knows, or several together: parts of disjoint partitions add. Equal sets of scans make equal
 * states, whatever the order, repetition, batches and partitions (P8).
 */
export interface NetworkState {
  /** Parcels at each resource, and departed towards each (T3). */
  readonly stock: Int32Array;
  readonly bound: Int32Array;
  /** Parcels somewhere, and of them departed. */
  parcels: number;
  departed: number;
  /** Distinct scans that count, and contents that lost under their identity (T1). */
  scans: number;
  conflicts: number;
  /** Sums over the scans that count, the flows (T4), and the states of parcels that are somewhere (T2). */
  readonly sums: readonly [scans: HashSum, flows: HashSum, parcels: HashSum];
}

export function emptyState(resources: number): NetworkState {
  return {
    stock: new Int32Array(resources),
    bound: new Int32Array(resources),
    parcels: 0,
    departed: 0,
    scans: 0,
    conflicts: 0,
    sums: [new HashSum(), new HashSum(), new HashSum()],
  };
}

/** Adds a partition's part. Cost: a pass over its parcels and flows. */
export function addPartition(state: NetworkState, track: Track): void {
  const { stock } = track;
  for (let r = 0; r < stock.at.length; r++) {
    state.stock[r] += stock.at[r];
    state.bound[r] += stock.bound[r];
  }
  state.parcels += stock.parcels;
  state.departed += stock.departed;
  state.scans += track.scans;
  state.conflicts += track.conflicts;
  state.sums[0].merge(track.sum.lanes);
  state.sums[1].merge(track.flows.sum());
  addParcels(state.sums[2], track);
}

/** Adds what other partitions know together, as another process has it. */
export function mergeStates(state: NetworkState, other: NetworkState): void {
  for (let r = 0; r < state.stock.length; r++) {
    state.stock[r] += other.stock[r];
    state.bound[r] += other.bound[r];
  }
  state.parcels += other.parcels;
  state.departed += other.departed;
  state.scans += other.scans;
  state.conflicts += other.conflicts;
  for (const [i, sum] of state.sums.entries()) sum.merge(other.sums[i].lanes);
}

/** SHA-256 of a state. */
export function stateHash(state: NetworkState): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([state.parcels, state.departed, state.scans, state.conflicts]));
  hash.update(state.stock);
  hash.update(state.bound);
  for (const { lanes } of state.sums) hash.update(lanes);
  return hash.digest('hex');
}

/** Parcels that are nowhere count by their scans only: when they leave memory does not show. */
function addParcels(sum: HashSum, { parcels }: Track): void {
  for (let n = 0; n < parcels.shelves; n++) {
    parcels.each(n, (shelf, row) => {
      const kind = kindOf(shelf, row);
      if (kind >= DELIVERED) return;
      const stamp = stampOf(shelf, row);
      sum.add(
        shelf[row] ^ (n << (32 - SHELF_BITS)),
        shelf[row + 1] ^ (Math.floor(stamp * 2 ** -32) | (kind << 8)),
        (shelf[row + 2] & 0xff) | (resourceOf(shelf, row) << 8),
        stamp ^ Math.imul(toOf(shelf, row) + 1, 0x9e3779b1),
        1,
      );
    });
  }
}
