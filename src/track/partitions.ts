import type { ScanBatch } from './scans.js';

/**
 * The partition of a parcel, by 20 bits of its hash that its row does not have: any number of them, anywhere, and their
 * counts add up.
 */
export function partitionOf(a: number, partitions: number): number {
  return ((a & 0xfffff) * partitions) >>> 20;
}

/** A batch's scans of each partition, in their order; every partition has every batch, if empty, for its receipt. */
export function splitBatch(batch: ScanBatch, partitions: number): ScanBatch[] {
  if (partitions === 1) return [batch];
  const rows: number[][] = Array.from({ length: partitions }, () => []);
  for (let i = 0; i < batch.count; i++) {
    rows[partitionOf(batch.parcel[4 * i], partitions)].push(i);
  }
  return rows.map((list) => pickRows(batch, list));
}

/** A batch of some rows of another. */
export function pickRows(batch: ScanBatch, rows: readonly number[]): ScanBatch {
  const { attributesStart } = batch;
  const start = new Uint32Array(rows.length + 1);
  for (const [k, i] of rows.entries()) {
    start[k + 1] = start[k] + attributesStart[i + 1] - attributesStart[i];
  }
  const attributes = new Uint8Array(start[rows.length]);
  const parcel = new Int32Array(4 * rows.length);
  for (const [k, i] of rows.entries()) {
    attributes.set(batch.attributes.subarray(attributesStart[i], attributesStart[i + 1]), start[k]);
    parcel.set(batch.parcel.subarray(4 * i, 4 * i + 4), 4 * k);
  }
  return {
    ...batch,
    origin: batch.origin && Int32Array.from(rows, (i) => batch.origin?.[i] ?? -1),
    count: rows.length,
    parcel,
    operator: Int32Array.from(rows, (i) => batch.operator[i]),
    kind: Uint8Array.from(rows, (i) => batch.kind[i]),
    resource: Int32Array.from(rows, (i) => batch.resource[i]),
    to: Int32Array.from(rows, (i) => batch.to[i]),
    at: Float64Array.from(rows, (i) => batch.at[i]),
    unparsable: Uint8Array.from(rows, (i) => batch.unparsable[i]),
    line: Uint16Array.from(rows, (i) => batch.line[i]),
    attributes,
    attributesStart: start,
  };
}
