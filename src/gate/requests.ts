/**
 * Requests that arrive together, in order, as columns: a request per index, ids end to end in one run of
 * bytes. Shippers, flows and slots are numbers of the network; the edge has looked them up.
 */
export interface RequestBatch {
  readonly count: number;
  readonly shipper: Int32Array;
  /** −1 where there is no such flow. */
  readonly flow: Int32Array;
  /** Milliseconds since 1970. */
  readonly readyAt: Float64Array;
  readonly parcels: Int32Array;
  /** The last slot worth having; NO_LIMIT where none is named. */
  readonly notAfter: Int32Array;
  readonly divisible: Uint8Array;
  /** UTF-8 of id i: ids[idStart[i]] … ids[idStart[i + 1] − 1]. */
  readonly ids: Uint8Array;
  readonly idStart: Int32Array;
}

export const NO_LIMIT = 0x7fffffff;

/** What became of a request in a batch. */
export const TICKETED = 1;
export const REFUSED = 2;
/** Answered before; the same answer stands in the journal under its row (G2). */
export const REPEATED = 3;
/** The id was used for another request (G2). */
export const CONFLICT = 4;
/** Not a request: no such flow, or no parcels. Nothing is kept of it. */
export const INVALID = 5;
/** There is no plan to answer by; to be asked again. */
export const UNANSWERED = 6;

/** Answers to a batch, request by request. */
export interface Answers {
  readonly status: Uint8Array;
  /** First row of the tickets, or of the refusal; of conflicts, that of the first use. */
  readonly row: Uint32Array;
  /** Where in the journal's words the record begins; −1 where none was made now. */
  readonly record: Int32Array;
}

/**
 * Why a ticket is later than ready, or there is none (G9), by number.
 *
 * - none: ticketed in the slot in which it is ready;
 * - binds: a resource binds in the slot of readiness, at the plan's price;
 * - share: the plan has the shipper's share later, and nothing binds;
 * - hoarding: the shipper would hold too much unconfirmed in an earlier slot (G5);
 * - noSlot: no slot from ready to notAfter and the horizon's end has room for all of it (G4);
 * - beyondHorizon: ready behind the horizon's end (G11);
 * - noRoute: the flow has no route.
 */
export const REASONS = [
  'none',
  'binds',
  'share',
  'hoarding',
  'noSlot',
  'beyondHorizon',
  'noRoute',
] as const;

export type ReasonCode = (typeof REASONS)[number];

/** The numbers of `REASONS`. */
export const Reason = {
  none: 0,
  binds: 1,
  share: 2,
  hoarding: 3,
  noSlot: 4,
  beyondHorizon: 5,
  noRoute: 6,
} as const satisfies Record<ReasonCode, number>;

/** A mark of a request's content, 16 bits: tells most conflicts without reading the journal. */
export function contentMark(batch: RequestBatch, i: number): number {
  const readyAt = batch.readyAt[i];
  const sum =
    Math.imul(batch.flow[i], 0x9e3779b1) ^
    Math.imul(readyAt, 0x85ebca77) ^
    Math.imul(readyAt * 2 ** -32, 0xc2b2ae3d) ^
    Math.imul(batch.parcels[i], 0x27d4eb2f) ^
    Math.imul(batch.notAfter[i], 0x165667b1) ^
    Math.imul(batch.divisible[i], 0x2545f491);
  const mixed = Math.imul(sum ^ (sum >>> 15), 0x2c1b3c6d);
  return mixed >>> 16;
}
