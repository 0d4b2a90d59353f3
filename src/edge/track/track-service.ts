import type { ScanRecordView } from '../../track/parcel-life.js';
import type { Outcomes, ScanBatch } from '../../track/scans.js';
import type { Gap, Tally } from '../../track/sources.js';
import type { ParcelState } from '../../track/track.js';
import type { TrackSeason } from './track-season.js';

/** A batch as it was taken. */
export interface TakenBatch {
  readonly outcomes: Outcomes;
  readonly tally: Tally;
}

/** All resources at one moment (T3, T8). Numbers of resources as in the scenario. */
export interface Picture {
  /** The season's clock when it was taken, and the latest receipt in it; ms since 1970. */
  readonly at: number;
  readonly receivedAt: number;
  /** Rises whenever something was applied. */
  readonly version: number;
  /** Parcels at each resource, and departed towards each. On a lane: those on it. */
  readonly stock: Int32Array;
  readonly bound: Int32Array;
  /** The latest stamp that came from any source of each resource, ms since 1970; NaN where nothing ever came. */
  readonly newestAt: Float64Array;
  /** 1 where all sources of a resource are late (T8). */
  readonly stale: Uint8Array;
  /** Parcels somewhere, and of them departed. */
  readonly parcels: number;
  readonly departed: number;
  /** Distinct scans that count. */
  readonly scans: number;
}

/** A flow of a resource in a slot of the scenario, by kind (T4). */
export interface SlotFlow {
  /** As the scenario counts: negative before its start. */
  readonly slot: number;
  /** By kind − 1 (scans.ts). */
  readonly scans: readonly number[];
  /** Whether it changes by corrections only, and by how much it has since it was closed (T7). */
  readonly isClosed: boolean;
  readonly corrections: readonly number[];
}

/**
 * What was counted in slots from … until − 1, of all resources: of resource r in slot s at r · (until − from) + s − from; of legs
 * (track-network.ts) likewise.
 */
export interface SlotCounts {
  readonly from: number;
  readonly until: number;
  /** Slots before change by corrections only (T7). */
  readonly closedUntil: number;
  /** No scan is stamped in a slot before; Infinity where there is none. */
  readonly begun: number;
  /** Flows by kind (T4); `ended` are delivered and returned. */
  readonly accepted: Int32Array;
  readonly arrived: Int32Array;
  readonly departed: Int32Array;
  readonly ended: Int32Array;
  /** What came to the stock, and to what is bound, less what went (past.ts). */
  readonly stock: Int32Array;
  readonly bound: Int32Array;
  /** By resource: stock and bound as of the moment of counting, all slots together. */
  readonly stockNow: Int32Array;
  readonly boundNow: Int32Array;
  /** Departed over each leg. */
  readonly legs: Int32Array;
}

export interface ParcelLife {
  readonly state: ParcelState;
  /** Its scans, the one received last first. */
  readonly scans: readonly ScanRecordView[];
}

/** What is known of one that sends scans (T6, T8). */
export interface SourceView {
  /** Organisation. */
  readonly source: string;
  readonly tally: Tally;
  readonly redriven: Tally;
  /** ms since 1970; −Infinity where there is none. */
  readonly newestAt: number;
  readonly lastReceivedAt: number;
  /** Distinct scans by their delay: below 1 s, 2 s, 4 s … */
  readonly delays: readonly number[];
  /** In slots of the scenario. */
  readonly gaps: readonly Gap[];
}

export interface QuarantinedView {
  /** Stable: `log.entry`. */
  readonly id: string;
  readonly source: string;
  /** Of `REASONS` (scans.ts); `none` once it was driven through. */
  readonly reason: string;
  readonly receivedAt: number;
  /** In what was received, the first being 1. */
  readonly line: number;
  /** The scan as it was kept, by hash of its waybill; undefined where it could not be parsed. */
  readonly scan: ScanRecordView | undefined;
}

/** States of several parcels as columns (T2). */
export interface ParcelStates {
  /** Milliseconds since 1970. */
  readonly at: Float64Array;
  /** Number of the kind; 0 where a parcel was never scanned: then no other column counts. */
  readonly kind: Uint8Array;
  readonly resource: Int32Array;
  /** Number of a resource, or NOWHERE. */
  readonly to: Int32Array;
}

/** How a log of scans stands, as this process knows. */
export interface LogStatus {
  readonly log: number;
  /** `away`: another process owns it, or none at the moment. */
  readonly state: 'ready' | 'opening' | 'away';
  readonly epoch: number;
  /** Entries of the log. */
  readonly seq: number;
  /** Scans taken that are not durable yet, and since when the oldest is not, milliseconds. */
  readonly waiting: number;
  readonly behindMs: number;
}

/** A scan that is driven in again, mended or not: another scan, or undefined for the very one that was kept. */
export interface Redriven {
  readonly id: string;
  /** Of batch `batch` the row; left out, the scan as it was kept is judged again. */
  readonly row?: number;
}

/**
 * Tracking of a season as routes use it, whether its logs are owned by this process or by others. Every call may
 * throw Held (units/held.ts): nothing is acknowledged then, and sending again is safe (P7).
 */
export interface TrackService {
  readonly season: TrackSeason;
  /** Takes a batch (seq 0); resolves when it is durable and applied, never before (T6). */
  take(batch: ScanBatch): Promise<TakenBatch>;
  /** The number of a source, by organisation; given at its first batch and kept. */
  sourceOf(organisation: string): Promise<number>;
  picture(): Promise<Picture>;
  /** Flows of a resource in slots of the scenario, `until` not included (T4, T7). */
  flows(resource: number, from: number, until: number): Promise<SlotFlow[]>;
  /** What was counted of all resources, in slots of the scenario. */
  counts(from: number, until: number): Promise<SlotCounts>;
  /** A parcel by its four words. */
  find(parcel: Int32Array): Promise<ParcelLife | undefined>;
  /** States of parcels, four words each, in their order; at the cost of no object a parcel. */
  states(parcels: Int32Array): Promise<ParcelStates>;
  sources(): Promise<SourceView[]>;
  /** Entries of the quarantine behind one (by id, in its order), at most so many; of one source if it is named. */
  quarantine(after: string | undefined, most: number, source?: string): Promise<QuarantinedView[]>;
  /** Entries of the quarantine by their ids, in the order of the ids; undefined where there is none. */
  quarantined(ids: readonly string[]): Promise<(QuarantinedView | undefined)[]>;
  /** Drives scans in again (T5): `batch` has the mended ones. Outcomes are in the order of `scans`. */
  redrive(source: number, scans: readonly Redriven[], batch?: ScanBatch): Promise<TakenBatch>;
  /** Of each log. */
  status(): LogStatus[];
}
