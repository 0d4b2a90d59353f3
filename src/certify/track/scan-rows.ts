/** Scans in the order of the log, as columns: of one entry, or rows of an archive. */
export interface ScanRows {
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly receivedAt: Float64Array;
  /** Number of who sent it; −1 where it is not known. */
  readonly source: Int32Array;
  /** Below 0: not driven in again. */
  readonly origin: Int32Array;
  readonly unparsable: Uint8Array;
  /** Four words a scan. */
  readonly parcel: Int32Array;
  /** −1 where it is not known. */
  readonly operator: Int32Array;
  /** 1 to 9 in the order of KINDS; 0 where it is not known. */
  readonly kind: Uint8Array;
  readonly resource: Int32Array;
  /** −1: none; −2: not known. */
  readonly to: Int32Array;
  readonly at: Float64Array;
  /** Of scan i: attributes[start[i]] … attributes[start[i + 1] − 1]. */
  readonly attributes: Uint8Array;
  readonly attributesStart: Uint32Array;
}

/** Kinds by their rank in a parcel's life (docs/spec/tracking.md, T2), from 1 on. */
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
];
export const DEPARTED = 5;
/** From here on a parcel is nowhere. */
export const NOWHERE_FROM = 8;

/** What a recount has to know of a season. */
export interface RecountSeason {
  /** First moment that can be stamped, ms since 1970: slot 0 of tracking begins. */
  readonly startMs: number;
  readonly slotMs: number;
  /** How much later than received a scan may be stamped, ms (T5). */
  readonly futureMs: number;
  readonly operators: number;
  readonly resources: number;
  /** Lane between two resources, by from · 2^20 + to. */
  readonly lanes: ReadonlyMap<number, number>;
  /** Who sends, by number. */
  readonly sources: readonly string[];
}

/** Moments that can be told, after the first: 36 bits of milliseconds. */
const STAMPS = 2 ** 36;

/** Whether a scan is let in, judged by itself (T5). */
export function isLetIn(rows: ScanRows, i: number, season: RecountSeason): boolean {
  if (rows.unparsable[i] !== 0 || rows.operator[i] < 0 || rows.kind[i] === 0) return false;
  if (rows.resource[i] < 0 || rows.to[i] === -2) return false;
  const at = rows.at[i];
  return (
    at >= season.startMs &&
    at < season.startMs + STAMPS &&
    at - rows.receivedAt[i] <= season.futureMs
  );
}

/** What names a number that the season does not have: a log of another one. */
export function findStranger(rows: ScanRows, i: number, season: RecountSeason): string | undefined {
  if (rows.operator[i] >= season.operators) return `operator ${rows.operator[i]}`;
  if (rows.kind[i] > KINDS.length) return `kind ${rows.kind[i]}`;
  if (rows.resource[i] >= season.resources) return `resource ${rows.resource[i]}`;
  return rows.to[i] >= season.resources ? `resource ${rows.to[i]}` : undefined;
}
