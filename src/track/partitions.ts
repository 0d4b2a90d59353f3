import type { ScanBatch } from './scans.js';

/**
 * The partition of a parcel, by 20 bits of its hash that its row does not have: any number of them, anywhere, and their
 * counts add up.
 */
export function partitionOf(a: number, partitions: number): number {
  return ((a & 0xfffff) * partitions) >>> 20;
}

/** A batch of some rows of another. Each scan by way of a log of its own goes through here: one loop, no object a scan. */
export function pickRows(batch: ScanBatch, rows: readonly number[]): ScanBatch {
  const count = rows.length;
  const { origin, attributesStart } = batch;
  const picked = {
    ...batch,
    origin: origin && new Int32Array(count),
    count,
    parcel: new Int32Array(4 * count),
    operator: new Int32Array(count),
    kind: new Uint8Array(count),
    resource: new Int32Array(count),
    to: new Int32Array(count),
    at: new Float64Array(count),
    unparsable: new Uint8Array(count),
    line: new Uint16Array(count),
    attributesStart: new Uint32Array(count + 1),
  };
  for (let k = 0; k < count; k++) {
    const i = rows[k];
    for (let w = 0; w < 4; w++) picked.parcel[4 * k + w] = batch.parcel[4 * i + w];
    picked.operator[k] = batch.operator[i];
    picked.kind[k] = batch.kind[i];
    picked.resource[k] = batch.resource[i];
    picked.to[k] = batch.to[i];
    picked.at[k] = batch.at[i];
    picked.unparsable[k] = batch.unparsable[i];
    picked.line[k] = batch.line[i];
    if (picked.origin && origin) picked.origin[k] = origin[i];
    const bytes = attributesStart[i + 1] - attributesStart[i];
    picked.attributesStart[k + 1] = picked.attributesStart[k] + bytes;
  }
  return { ...picked, attributes: pickAttributes(batch, rows, picked.attributesStart) };
}

function pickAttributes(
  { attributes, attributesStart }: ScanBatch,
  rows: readonly number[],
  start: Uint32Array,
): Uint8Array {
  const picked = new Uint8Array(start[rows.length]);
  if (picked.length === 0) return picked;
  for (let k = 0; k < rows.length; k++) {
    if (start[k + 1] === start[k]) continue;
    const i = rows[k];
    picked.set(attributes.subarray(attributesStart[i], attributesStart[i + 1]), start[k]);
  }
  return picked;
}
