import { createHash } from 'node:crypto';
import type { ScanRows } from './scan-rows.js';

/** An entry of a log of scans as it is kept (docs/spec/tracking.md#the-bytes). */
export interface ScanEntry {
  readonly seq: number;
  readonly epoch: number;
  readonly receivedAt: number;
  readonly source: number;
  readonly scans: number;
  readonly message: number;
  readonly bytes: Uint8Array;
  readonly hash: Uint8Array;
}

/** Where a log stands: what the next entry must follow. */
export interface ChainEnd {
  readonly seq: number;
  readonly epoch: number;
  readonly receivedAt: number;
  /** Hexadecimal; undefined where it is not known. */
  readonly hash: string | undefined;
}

/** Before the first entry. */
export const CHAIN_START: ChainEnd = {
  seq: 0,
  epoch: 0,
  receivedAt: Number.NEGATIVE_INFINITY,
  hash: '0'.repeat(64),
};

/** What is wrong with an entry after `before`, if anything. */
export function findBreak(before: ChainEnd, entry: ScanEntry): string | undefined {
  const { seq, epoch, receivedAt, source, scans, message, bytes, hash } = entry;
  if (seq !== before.seq + 1) return `it stands after entry ${before.seq}`;
  if (epoch < before.epoch) return `epoch ${epoch} after ${before.epoch}`;
  if (receivedAt < before.receivedAt) return 'it was received before the entry before it';
  if (before.hash === undefined) return undefined;
  const head = new DataView(new ArrayBuffer(56));
  const words = [seq, epoch, receivedAt, source, scans, message, bytes.length];
  for (const [i, word] of words.entries()) head.setFloat64(8 * i, word, true);
  const made = createHash('sha256')
    .update(Buffer.from(before.hash, 'hex'))
    .update(head)
    .update(bytes)
    .digest();
  return made.equals(hash) ? undefined : 'its hash does not fit';
}

export function endOf({ seq, epoch, receivedAt, hash }: ScanEntry): ChainEnd {
  return { seq, epoch, receivedAt, hash: Buffer.from(hash).toString('hex') };
}

/** Bytes of the five doubles that a batch begins with. */
const HEAD = 40;
/** Bytes of a scan: at, parcel, operator, resource, to, start of attributes, line, kind, unparsable. */
const SCAN = 8 + 16 + 4 + 4 + 4 + 4 + 2 + 1 + 1;

/** Scans of an entry, read by the description of its bytes; or why they cannot be. */
export function readEntry(entry: ScanEntry): ScanRows | string {
  // A copy begins at a multiple of eight.
  const { buffer } = new Uint8Array(entry.bytes);
  const size = buffer.byteLength;
  if (size < HEAD) return 'it is too short for a batch';
  const [source, receivedAt, count, text, again] = new Float64Array(buffer, 0, 5);
  const whole = HEAD + SCAN * count + 4 + (again === 1 ? 4 * count : 0) + text;
  if (!Number.isInteger(count) || count < 0 || size !== whole) return 'its batch is not whole';
  if (count !== entry.scans) return `it has ${count} scans and says ${entry.scans}`;
  if (source !== entry.source) return 'its batch is of another source';
  if (receivedAt > entry.receivedAt) return 'its batch was received later';
  const at = new Float64Array(buffer, HEAD, count);
  let from = HEAD + 8 * count;
  const words = (n: number): Int32Array => {
    from += 4 * n;
    return new Int32Array(buffer, from - 4 * n, n);
  };
  const [parcel, operator, resource, to] = [
    words(4 * count),
    words(count),
    words(count),
    words(count),
  ];
  const starts = words(count + 1);
  const origin = again === 1 ? words(count) : new Int32Array(count).fill(-1);
  from += 2 * count; // lines
  const kind = new Uint8Array(buffer, from, count);
  const unparsable = new Uint8Array(buffer, from + count, count);
  const attributes = new Uint8Array(buffer, from + 2 * count, text);
  const attributesStart = new Uint32Array(buffer, starts.byteOffset, count + 1);
  if (!isRising(attributesStart, text)) return 'its attributes are not whole';
  return {
    count,
    receivedAt: new Float64Array(count).fill(entry.receivedAt),
    source: new Int32Array(count).fill(source),
    origin,
    unparsable,
    parcel,
    operator,
    kind,
    resource,
    to,
    at,
    attributes,
    attributesStart,
  };
}

function isRising(start: Uint32Array, end: number): boolean {
  if (start[0] !== 0 || start[start.length - 1] !== end) return false;
  for (let i = 1; i < start.length; i++) if (start[i] < start[i - 1]) return false;
  return true;
}
