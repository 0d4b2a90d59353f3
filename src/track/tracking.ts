import { addPartition, emptyState, type NetworkState } from './network-state.js';
import { partitionOf } from './partitions.js';
import { Quarantine } from './quarantine.js';
import { type Outcomes, outcomesFor, type ScanBatch } from './scans.js';
import { Sources } from './sources.js';
import type { ParcelState, Track } from './track.js';
import type { TrackNetwork } from './track-network.js';

/** Which partitions of how many an instance has: all of them unless it says otherwise. */
export interface Share {
  /** The first of them. */
  readonly first: number;
  /** Of all instances together. */
  readonly of: number;
}

/** Tracking in one thread: some partitions, what is known of those who send, and the quarantine. */
export class Tracking {
  readonly #share: Share;
  /** Scans of a batch by partition: those of the k-th at #rows[#ends[k − 1]] … #rows[#ends[k] − 1]. */
  #rows = new Int32Array(0);
  readonly #ends: Int32Array;

  /** @param receipts the last batch that sources and quarantine have, where they were restored. */
  constructor(
    readonly network: TrackNetwork,
    readonly partitions: readonly Track[],
    readonly sources = new Sources(network),
    readonly quarantine = new Quarantine(),
    share?: Share,
    private receipts = 0,
  ) {
    this.#share = share ?? { first: 0, of: partitions.length };
    this.#ends = new Int32Array(partitions.length);
  }

  /** The last batch that sources and quarantine have. */
  get receiptsSeq(): number {
    return this.receipts;
  }

  /** The last batch that all of it has. */
  get seq(): number {
    return this.partitions.reduce((least, { seq }) => Math.min(least, seq), this.receipts);
  }

  /**
   * Applies the next batch of the log. Parts that were restored with it, or with later ones, do not take it again: their
   * scans have no outcome here.
   *
   * @throws Error if all of it has the batch, or not the one before.
   */
  apply(batch: ScanBatch): Outcomes {
    if (batch.seq <= this.seq) throw new Error(`batch ${batch.seq} after ${this.seq}`);
    const outcomes = outcomesFor(batch.count);
    this.#sort(batch);
    this.partitions.forEach((track, p) => {
      const from = p === 0 ? 0 : this.#ends[p - 1];
      if (batch.seq > track.seq) track.apply(batch, outcomes, this.#rows, from, this.#ends[p]);
    });
    if (batch.seq > this.receipts) {
      this.sources.take(batch, outcomes);
      this.quarantine.take(batch, outcomes);
      this.receipts = batch.seq;
    }
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
    return this.partitionOf(parcel).find(parcel);
  }

  partitionOf(parcel: Int32Array): Track {
    return this.partitions[this.#partition(parcel[0])];
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

  #partition(word: number): number {
    return partitionOf(word, this.#share.of) - this.#share.first;
  }

  /** Sorts the scans of a batch by partition, in their order. */
  #sort({ parcel, count }: ScanBatch): void {
    if (this.#rows.length < count) this.#rows = new Int32Array(2 * count);
    const ends = this.#ends;
    ends.fill(0);
    for (let i = 0; i < count; i++) ends[this.#partition(parcel[4 * i])] += 1;
    let start = 0;
    for (let p = 0; p < ends.length; p++) {
      start += ends[p];
      ends[p] = start - ends[p];
    }
    for (let i = 0; i < count; i++) this.#rows[ends[this.#partition(parcel[4 * i])]++] = i;
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
