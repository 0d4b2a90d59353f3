/**
 * The tables of a release plan (docs/spec/release-planning.md, section 5), in memory. Indices are
 * those of the scenario the plan belongs to.
 */
export interface PlanSummary {
  readonly scenario: string;
  /** Z. */
  readonly objective: number;
  /** L. */
  readonly bound: number;
  /** (Z − L) / max(1, Z). */
  readonly gap: number;
  readonly ready: number;
  readonly released: number;
  readonly carried: number;
  /** Wall time from the first read to the last file closed. */
  readonly seconds: number;
  /** What else was worth keeping. */
  readonly [more: string]: unknown;
}

/**
 * A run of rows of `releases`, in the order of the file. Column arrays are reused between runs; only the
 * first `rows` entries count.
 */
export interface ReleaseBatch {
  rows: number;
  readonly shipper: Int32Array;
  readonly service: Int32Array;
  readonly pair: Int32Array;
  readonly readySlot: Int32Array;
  /** −1 for parcels carried over. */
  readonly releaseSlot: Int32Array;
  /** −1 for parcels carried over. */
  readonly route: Int32Array;
  readonly parcels: Float64Array;
}

/** Prices > 0, sorted by (resource, slot), unique. */
export interface PriceTable {
  readonly resource: Int32Array;
  readonly slot: Int32Array;
  readonly price: Float64Array;
}
