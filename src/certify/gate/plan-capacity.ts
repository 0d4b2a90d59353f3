import { createHash } from 'node:crypto';

/** What tickets may load by a plan version: of resource r in slot from + u, values[r·slots + u]. */
export interface PlanCapacity {
  readonly version: number;
  readonly from: number;
  /** Slots in which tickets may be given. */
  readonly horizon: number;
  readonly slots: number;
  readonly values: Float64Array;
}

/** "CFGP", form 1; then version, from, T, slots of the table, how many capacities, prices, shares, and nothing. */
const MAGIC = 0x50474643;
const FORM = 1;
const HEAD_BYTES = 40;
const DIGEST_BYTES = 32;

/** Reads the capacities out of a plan's bytes; a text says why they cannot be read. */
export function readPlanCapacity(bytes: Uint8Array): PlanCapacity | string {
  const length = bytes.length - DIGEST_BYTES;
  if (length < HEAD_BYTES) return 'it is too short';
  const digest = createHash('sha256').update(bytes.subarray(0, length)).digest();
  if (!digest.equals(bytes.subarray(length))) return 'its digest does not fit';
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  const word = (i: number): number => view.getInt32(4 * i, true);
  if (word(0) !== MAGIC || word(1) !== FORM) return 'it has another form';
  const capacities = word(6);
  if (HEAD_BYTES + 8 * capacities > length) return 'it has fewer capacities than it says';
  const values = Float64Array.from({ length: capacities }, (_, i) =>
    view.getFloat64(HEAD_BYTES + 8 * i, true),
  );
  return { version: word(2), from: word(3), horizon: word(4), slots: word(5), values };
}
