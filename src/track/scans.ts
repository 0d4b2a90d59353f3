/**
 * Kinds of scans by their rank in a parcel's life, which decides between scans of one millisecond (T2): what
 * keeps a parcel at a place comes before what lets it go on, and the two ends of a life come last.
 */
export const KINDS = [
  'accepted',
  'arrived',
  'exception',
  'held',
  'departed',
  'out',
  'placed',
  'delivered',
  'returned',
] as const;

export type Kind = (typeof KINDS)[number];

/** A kind's number is its place in `KINDS`, from 1 on; 0 is no kind. */
export const DEPARTED = 5;
/** From here on a parcel is nowhere (T3). */
export const DELIVERED = 8;
export const KINDS_MOST = KINDS.length;

export function kindNumber(kind: Kind): number {
  return KINDS.indexOf(kind) + 1;
}

/** What became of a scan, as found at receipt (T6). */
export const APPLIED = 1;
export const SUPERSEDED = 2;
export const DUPLICATE = 3;
export const QUARANTINED = 4;

/** Why a scan is quarantined, by number; 0 where it is not. */
export const REASONS = [
  'none',
  /** What arrived is not a scan. */
  'unparsable',
  'unknown-operator',
  'unknown-kind',
  /** Where it was scanned, or where it is bound for. */
  'unknown-resource',
  /** Stamped later than received, by more than the tolerance (T5). */
  'future',
  /** Stamped before the first or behind the last moment that can be kept. */
  'out-of-season',
  /** Another content under the same identity counts (T1). */
  'conflict',
] as const;

/** The numbers of `REASONS`. */
export const Reason = {
  none: 0,
  unparsable: 1,
  unknownOperator: 2,
  unknownKind: 3,
  unknownResource: 4,
  future: 5,
  outOfSeason: 6,
  conflict: 7,
} as const;

/** A scan without a destination. */
export const NOWHERE = -1;
/** A destination that is named and not known. */
export const UNKNOWN = -2;

/**
 * Scans received together from one source, in order, as columns. They are recorded as they stand here before
 * they are applied, so that a replay reads the same: numbers that were unknown at receipt stay unknown.
 */
export interface ScanBatch {
  /** 1, 2, 3 … in the order of the log. */
  readonly seq: number;
  readonly source: number;
  /** Milliseconds since 1970, recorded once, at receipt. */
  readonly receivedAt: number;
  /** Of scans driven in again (T5), the entry of each in the quarantine; of others undefined. */
  readonly origin: Int32Array | undefined;
  readonly count: number;
  /** Four words a scan: what is kept of the keyed hash of the waybill. */
  readonly parcel: Int32Array;
  /** Number of the operator; −1 where it is not known. */
  readonly operator: Int32Array;
  /** 1 … 9; 0 where it is not known. */
  readonly kind: Uint8Array;
  /** Number of the resource; −1 where it is not known. */
  readonly resource: Int32Array;
  /** Number of a resource, NOWHERE or UNKNOWN. */
  readonly to: Int32Array;
  /** Milliseconds since 1970, whole. */
  readonly at: Float64Array;
  /** 1 where it could not be parsed: then no other column counts. */
  readonly unparsable: Uint8Array;
  /** Line in what was received; of a batch split by partition, that of the whole batch. Below 65,536. */
  readonly line: Uint16Array;
  /** Serialised attributes of scan i, in canonical form: attributes[start[i]] … attributes[start[i + 1] − 1]. */
  readonly attributes: Uint8Array;
  readonly attributesStart: Uint32Array;
}

/** Outcomes of a batch, scan by scan. */
export interface Outcomes {
  readonly status: Uint8Array;
  /** Of those quarantined; 0 of others. */
  readonly reason: Uint8Array;
  /** Places in the log, seq and line by turns, of scans that counted and do no longer: a greater content does (T1). */
  readonly displaced: number[];
}

export function outcomesFor(count: number): Outcomes {
  return { status: new Uint8Array(count), reason: new Uint8Array(count), displaced: [] };
}
