import { addPartition, emptyState, type NetworkState } from './network-state.js';
import { partitionOf, splitBatch } from './partitions.js';
import { Quarantine } from './quarantine.js';
import { type Outcomes, outcomesFor, type ScanBatch } from './scans.js';
import { Sources } from './sources.js';
import type { ParcelState, Track } from './track.js';
import type { TrackNetwork } from './track-network.js';

/** All of tracking in one thread: partitions, what is known of those who send, and the quarantine. */
export class Tracking {
  constructor(
    readonly network: TrackNetwork,
    readonly partitions: readonly Track[],
    readonly sources = new Sources(network),
    readonly quarantine = new Quarantine(),
  ) {}

  /** Applies the next batch of the log. */
  apply(batch: ScanBatch): Outcomes {
    const outcomes = outcomesFor(batch.count);
    const { partitions } = this;
    const parts = splitBatch(batch, partitions.length);
    const found = partitions.map((track, p) => {
      const part = outcomesFor(parts[p].count);
      track.apply(parts[p], part);
      return part;
    });
    const next = new Int32Array(partitions.length);
    for (let i = 0; i < batch.count; i++) {
      const p = partitionOf(batch.parcel[4 * i], partitions.length);
      const k = next[p]++;
      outcomes.status[i] = found[p].status[k];
      outcomes.reason[i] = found[p].reason[k];
    }
    for (const { displaced } of found) outcomes.displaced.push(...displaced);
    this.sources.take(batch, outcomes);
    this.quarantine.take(batch, outcomes);
    return outcomes;
  }

  /** What all partitions know together. */
  state(): NetworkState {
    const state = emptyState(this.network.resources);
    for (const track of this.partitions) addPartition(state, track);
    return state;
  }

  /** The state of a parcel, by its four words. */
  find(parcel: Int32Array): ParcelState | undefined {
    return this.partitions[partitionOf(parcel[0], this.partitions.length)].find(parcel);
  }

  /** A flow of a slot that is not released (T4). */
  flow(resource: number, kind: number, slot: number): number {
    return this.partitions.reduce((sum, { flows }) => sum + flows.get(resource, kind, slot), 0);
  }

  /** What a closed flow was as of the end of a slot of receipt, no earlier than its closing (T7). */
  flowAsOf(resource: number, kind: number, slot: number, received: number): number {
    return this.partitions.reduce(
      (sum, { corrections }) => sum - corrections.after(received, resource, kind, slot),
      this.flow(resource, kind, slot),
    );
  }
}

/**
 * Applies batches of a log received by a moment, in order: what was known then (T7). Receipts never fall from one batch
 * of a log to the next.
 */
export function replay(
  tracking: { apply(batch: ScanBatch): unknown },
  batches: Iterable<ScanBatch>,
  until = Number.POSITIVE_INFINITY,
): void {
  for (const batch of batches) {
    if (batch.receivedAt > until) return;
    tracking.apply(batch);
  }
}
