import type { ScanBatch } from './scans.js';

/** Doubles of the header: source, receivedAt, count, bytes of attributes, whether driven in again. */
const HEADER = 5;

/**
 * A batch as the log keeps it, without its number, which the log gives: columns one behind the other, those of wide
 * words first, so that each begins where its words may. Little-endian.
 */
export function encodeBatch(batch: ScanBatch): Uint8Array {
  const { count, source, receivedAt, origin, attributes } = batch;
  const used = batch.attributesStart[count];
  const header = Float64Array.of(source, receivedAt, count, used, origin ? 1 : 0);
  const columns = [header, batch.at, batch.parcel, batch.operator, batch.resource, batch.to];
  const narrow = [batch.line, batch.kind, batch.unparsable, attributes.subarray(0, used)];
  const all = [...columns, batch.attributesStart, ...(origin ? [origin] : []), ...narrow];
  const bytes = new Uint8Array(all.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const { buffer, byteOffset, byteLength } of all) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return bytes;
}

/**
 * The batch of a number in the log.
 *
 * @throws Error if the bytes are not those of a batch: a damaged log stops (P15).
 */
export function decodeBatch(seq: number, kept: Uint8Array): ScanBatch {
  // A copy begins where doubles may.
  const { buffer } = new Uint8Array(kept);
  let at = 0;
  const take = <T>(
    make: new (b: ArrayBuffer, from: number, n: number) => T,
    n: number,
    size: number,
  ): T => {
    if (!(n >= 0 && at + n * size <= buffer.byteLength))
      throw new Error(`batch ${seq} is cut short`);
    at += n * size;
    return new make(buffer, at - n * size, n);
  };
  const [source, receivedAt, count, used, again] = take(Float64Array, HEADER, 8);
  const batch = {
    seq,
    source,
    receivedAt,
    count,
    at: take(Float64Array, count, 8),
    parcel: take(Int32Array, 4 * count, 4),
    operator: take(Int32Array, count, 4),
    resource: take(Int32Array, count, 4),
    to: take(Int32Array, count, 4),
    attributesStart: take(Uint32Array, count + 1, 4),
    origin: again === 1 ? take(Int32Array, count, 4) : undefined,
    line: take(Uint16Array, count, 2),
    kind: take(Uint8Array, count, 1),
    unparsable: take(Uint8Array, count, 1),
    attributes: take(Uint8Array, used, 1),
  };
  if (at !== buffer.byteLength || batch.attributesStart[count] !== used) {
    throw new Error(`batch ${seq} is not whole`);
  }
  return batch;
}
