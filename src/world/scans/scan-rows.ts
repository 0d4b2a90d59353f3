import { grown } from '../grown.js';

/** Kinds of scans by number, from 1 on; 0 is none. As tracking has them: a test holds the two lists equal. */
export const SCAN_KINDS = [
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

export const Kind = {
  accepted: 1,
  arrived: 2,
  exception: 3,
  held: 4,
  departed: 5,
  out: 6,
  placed: 7,
  delivered: 8,
  returned: 9,
} as const;

/** What a scan says beside. */
export const Extra = {
  none: 0,
  /** Of one accepted: its weight, and that sender and content were seen. */
  weighed: 1,
  /** Of one placed: the consent. */
  consent: 2,
  /** Reasons of an exception. */
  failed: 3,
  refused: 4,
  damaged: 5,
} as const;

/** What is wrong with a scan that came spoiled. */
export const Spoilt = {
  not: 0,
  /** Its kind is of no known code. */
  kind: 1,
  /** Its resource is of no known code. */
  resource: 2,
} as const;

/** Scans as columns; moments are milliseconds since the season's slot 0 begins. Room grows as it is needed. */
export class ScanRows {
  count = 0;
  /** When it is sent: no earlier than it happened, but for clocks that are wrong. */
  sentAt = new Float64Array(FIRST);
  at = new Float64Array(FIRST);
  /** Number of the parcel, from 0 on. */
  parcel = new Float64Array(FIRST);
  /** Numbers as in the scenario; `to` −1 where there is none. */
  operator = new Int32Array(FIRST);
  resource = new Int32Array(FIRST);
  to = new Int32Array(FIRST);
  kind = new Uint8Array(FIRST);
  extra = new Uint8Array(FIRST);
  spoilt = new Uint8Array(FIRST);

  push(
    parcel: number,
    operator: number,
    kind: number,
    resource: number,
    to: number,
    extra: number,
  ): number {
    const i = this.#open();
    this.parcel[i] = parcel;
    this.operator[i] = operator;
    this.kind[i] = kind;
    this.resource[i] = resource;
    this.to[i] = to;
    this.extra[i] = extra;
    this.spoilt[i] = Spoilt.not;
    return i;
  }

  /** Adds row i of others; returns its number here. */
  add(rows: ScanRows, i: number): number {
    const { parcel, operator, kind, resource, to, extra } = rows;
    const k = this.push(parcel[i], operator[i], kind[i], resource[i], to[i], extra[i]);
    this.spoilt[k] = rows.spoilt[i];
    this.at[k] = rows.at[i];
    this.sentAt[k] = rows.sentAt[i];
    return k;
  }

  /** The same rows in the order in which they are sent; of one millisecond, in the order that they have. */
  sorted(): ScanRows {
    const { count } = this;
    const keys = new Float64Array(count);
    let first = Infinity;
    for (let i = 0; i < count; i++) first = Math.min(first, this.sentAt[i]);
    // Within 53 bits for a span of a day and 2²⁶ rows.
    for (let i = 0; i < count; i++) keys[i] = (this.sentAt[i] - first) * ROWS_MOST + i;
    keys.sort();
    const rows = new ScanRows();
    for (const key of keys) rows.add(this, key % ROWS_MOST);
    return rows;
  }

  #open(): number {
    if (this.count === this.at.length) this.#grow();
    return this.count++;
  }

  #grow(): void {
    const length = 2 * this.count;
    this.sentAt = grown(this.sentAt, new Float64Array(length));
    this.at = grown(this.at, new Float64Array(length));
    this.parcel = grown(this.parcel, new Float64Array(length));
    this.operator = grown(this.operator, new Int32Array(length));
    this.resource = grown(this.resource, new Int32Array(length));
    this.to = grown(this.to, new Int32Array(length));
    this.kind = grown(this.kind, new Uint8Array(length));
    this.extra = grown(this.extra, new Uint8Array(length));
    this.spoilt = grown(this.spoilt, new Uint8Array(length));
  }
}

const FIRST = 256;
const ROWS_MOST = 2 ** 26;
