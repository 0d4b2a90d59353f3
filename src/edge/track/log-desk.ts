import type { ScanRecordView } from '../../track/parcel-life.js';
import type { Outcomes, ScanBatch } from '../../track/scans.js';
import type { Tally } from '../../track/sources.js';
import type { ParcelState } from '../../track/track.js';
import type { LogStatus, ParcelStates, SlotCounts } from './track-service.js';

/** What one log knows of all resources at a moment. */
export interface LogPicture {
  /** The last entry applied, and the latest receipt, ms since 1970 (−Infinity before the first). */
  readonly seq: number;
  readonly receivedAt: number;
  readonly stock: Int32Array;
  readonly bound: Int32Array;
  /** The latest stamp heard of any source of each resource, ms since 1970; NaN where nothing was. */
  readonly newestAt: Float64Array;
  readonly parcels: number;
  readonly departed: number;
  readonly scans: number;
}

/** Flows of a resource in a slot as tracking counts them. */
export interface LogFlow {
  readonly slot: number;
  /** By kind − 1. */
  readonly scans: readonly number[];
  readonly corrections: readonly number[];
  readonly isClosed: boolean;
}

export interface LogSource {
  readonly number: number;
  readonly tally: Tally;
  readonly redriven: Tally;
  readonly newestAt: number;
  readonly lastReceivedAt: number;
  readonly delays: readonly number[];
  /** Distinct scans by slot of tracking. */
  readonly heard: readonly number[];
}

export interface LogQuarantined {
  /** Number of the entry in the log's quarantine. */
  readonly entry: number;
  /** Number of the source. */
  readonly source: number;
  readonly reason: number;
  readonly receivedAt: number;
  /** The first being 0. */
  readonly line: number;
  readonly scan: ScanRecordView | undefined;
}

/**
 * What may be asked of the owner of a log, in this process or another. Every call may throw Held: the owner is not there, or
 * another one by now; asking again is safe.
 */
export interface LogDesk {
  /** Takes the log's part of a batch; resolves when it is durable and applied. */
  take(batch: ScanBatch): Promise<Outcomes>;
  picture(): Promise<LogPicture>;
  /** In slots of tracking, `until` not included. */
  flows(resource: number, from: number, until: number): Promise<LogFlow[]>;
  /** What was counted in slots of tracking, `until` not included. */
  counts(from: number, until: number): Promise<SlotCounts>;
  find(
    parcel: Int32Array,
  ): Promise<
    { readonly state: ParcelState; readonly scans: readonly ScanRecordView[] } | undefined
  >;
  /** States of parcels of the log, four words each, in their order. */
  states(parcels: Int32Array): Promise<ParcelStates>;
  sources(): Promise<LogSource[]>;
  /** Entries from one on that are inside, at most so many; of one source if it is named. */
  quarantine(from: number, most: number, source?: number): Promise<LogQuarantined[]>;
  /** Entries by number, in their order; undefined where there is none. */
  quarantined(entries: readonly number[]): Promise<(LogQuarantined | undefined)[]>;
  /** Entries as the scans that were kept of them, to be judged again; those that cannot be are left out. */
  kept(entries: readonly number[]): Promise<KeptScans>;
  status(): LogStatus;
}

/** Scans as they were kept, with the entry of each. */
export interface KeptScans {
  readonly entries: readonly number[];
  readonly batch: ScanBatch;
}
