import type { History, ScanRecord } from './history.js';

/** What a history says of a scan. */
export const NEW = 0;
/** The same identity with the same content. */
export const SAME = 1;
/** The same identity; its content is greater than all before, and counts from now on. */
export const GREATER = 2;
/** The same identity; a greater content counts. */
export const LESSER = 3;

/**
 * Looks for scans of the same identity in a parcel's histories (T1), and finds the greatest scan in them (T2). Of
 * contents under one identity the greatest counts, in the order of their serialised form: the number of the
 * destination, big-endian, none first, then the bytes of the attributes. So a content that takes another's place
 * never names a lesser destination, and a parcel's state only ever rises.
 */
export class IdentitySearch {
  /** Of the content that counted so far, where there was one. */
  to = 0;
  attributes: Uint8Array = new Uint8Array(0);
  seq = 0;
  line = 0;
  /** The greatest scan of the histories, −1 if they are empty. */
  stamp = -1;
  kind = 0;
  resource = 0;
  stateTo = 0;
  /** The scans of the histories right below and right above the one looked for, by states (T2); stamps −1 where there is none. */
  readonly below = { stamp: -1, kind: 0, resource: 0, to: -1 };
  readonly above = { stamp: -1, kind: 0, resource: 0, to: -1 };
  /** Whether there is one of the same state. */
  isRanked = false;
  #hasBest = false;
  #isSame = false;

  begin(): void {
    this.isRanked = false;
    this.below.stamp = -1;
    this.above.stamp = -1;
    this.#hasBest = false;
    this.#isSame = false;
    this.stamp = -1;
  }

  /** Walks a history from its head. */
  walk(history: History, head: number, scan: ScanRecord): void {
    for (let position = head; position !== 0; ) {
      const record = history.read(position);
      this.#raise(record);
      this.#surround(record, scan);
      if (isSameIdentity(record, scan)) this.#meet(record, scan);
      position = record.before;
    }
  }

  verdict(scan: ScanRecord): number {
    if (this.#isSame) return SAME;
    if (!this.#hasBest) return NEW;
    return compareContent(scan, this.to, this.attributes, 0, this.attributes.length) > 0
      ? GREATER
      : LESSER;
  }

  /** Whether a scan is greater than the greatest of the histories. */
  isBelow(scan: ScanRecord): boolean {
    return compareState(scan, this.stamp, this.kind, this.resource, this.stateTo) > 0;
  }

  #raise(record: ScanRecord): void {
    if (!this.isBelow(record)) return;
    this.stamp = record.stamp;
    this.kind = record.kind;
    this.resource = record.resource;
    this.stateTo = record.to;
  }

  /** Of several contents under one identity the greatest counts: it stands right below whatever follows. */
  #surround(record: ScanRecord, scan: ScanRecord): void {
    const order = compareState(scan, record.stamp, record.kind, record.resource, record.to);
    if (order === 0) {
      this.isRanked = true;
      return;
    }
    const next = order > 0 ? this.below : this.above;
    const than = compareState(record, next.stamp, next.kind, next.resource, next.to);
    if (next.stamp >= 0 && (order > 0 ? than <= 0 : than >= 0)) return;
    next.stamp = record.stamp;
    next.kind = record.kind;
    next.resource = record.resource;
    next.to = record.to;
  }

  #meet(record: ScanRecord, scan: ScanRecord): void {
    const { attributes, attributesStart, attributesEnd } = record;
    const order = compareContent(scan, record.to, attributes, attributesStart, attributesEnd);
    if (order === 0) this.#isSame = true;
    const isBest =
      !this.#hasBest ||
      compareContent(record, this.to, this.attributes, 0, this.attributes.length) > 0;
    if (!isBest) return;
    this.#hasBest = true;
    this.to = record.to;
    this.attributes = attributes.slice(attributesStart, attributesEnd);
    this.seq = record.seq;
    this.line = record.line;
  }
}

function isSameIdentity(a: ScanRecord, b: ScanRecord): boolean {
  return (
    a.stamp === b.stamp &&
    a.kind === b.kind &&
    a.resource === b.resource &&
    a.operator === b.operator
  );
}

/** The order of contents (T1): below 0, 0 or above 0. */
function compareContent(
  scan: ScanRecord,
  to: number,
  attributes: Uint8Array,
  start: number,
  end: number,
): number {
  if (scan.to !== to) return scan.to - to;
  const mine = scan.attributesEnd - scan.attributesStart;
  const both = Math.min(mine, end - start);
  for (let i = 0; i < both; i++) {
    const order = scan.attributes[scan.attributesStart + i] - attributes[start + i];
    if (order !== 0) return order;
  }
  return mine - (end - start);
}

/** The order of states (T2): stamp, rank of the kind, resource, destination. */
export function compareState(
  scan: ScanRecord,
  stamp: number,
  kind: number,
  resource: number,
  to: number,
): number {
  if (scan.stamp !== stamp) return scan.stamp - stamp;
  if (scan.kind !== kind) return scan.kind - kind;
  if (scan.resource !== resource) return scan.resource - resource;
  return scan.to - to;
}
