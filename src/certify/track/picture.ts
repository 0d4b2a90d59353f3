import type { FlowColumns } from './flow-counts.js';

const MAGIC = 0x74726163;
const DOUBLES = 16;

/** What an owner counted as of an entry (docs/spec/tracking.md#the-bytes). */
export interface CountedPicture {
  readonly seq: number;
  readonly receivedAt: number;
  readonly scans: number;
  readonly parcels: number;
  readonly departed: number;
  readonly conflicts: number;
  readonly received: number;
  readonly applied: number;
  readonly superseded: number;
  readonly duplicate: number;
  readonly quarantined: number;
  readonly stock: Int32Array;
  readonly bound: Int32Array;
  readonly flows: FlowColumns;
}

/** Reads a picture by the description of its bytes; or why it cannot be. */
export function readPicture(kept: Uint8Array, resources: number): CountedPicture | string {
  const { buffer } = new Uint8Array(kept);
  if (buffer.byteLength < 8 * DOUBLES) return 'it is too short for a picture';
  const head = new Float64Array(buffer, 0, DOUBLES);
  const [magic, version, seq, receivedAt, count, kinds, flows, scans] = head;
  const [parcels, departed, conflicts, received] = head.subarray(8);
  const [applied, superseded, duplicate, quarantined] = head.subarray(12);
  if (magic !== MAGIC || version !== 1) return 'it is no picture of version 1';
  if (count !== resources || kinds !== 9) return 'it is of another network';
  if (buffer.byteLength !== 8 * DOUBLES + 4 * (2 * count + 4 * flows)) return 'it is not whole';
  let from = 8 * DOUBLES;
  const column = (n: number): Int32Array => {
    from += 4 * n;
    return new Int32Array(buffer, from - 4 * n, n);
  };
  const [stock, bound] = [column(count), column(count)];
  const listed = {
    resource: column(flows),
    kind: column(flows),
    slot: column(flows),
    scans: column(flows),
  };
  if (!areInOrder(listed, count)) return 'its flows are not in order';
  return {
    seq,
    receivedAt,
    scans,
    parcels,
    departed,
    conflicts,
    received,
    applied,
    superseded,
    duplicate,
    quarantined,
    stock,
    bound,
    flows: listed,
  };
}

/** Each of the network, and by resource, kind, slot, none twice. */
function areInOrder({ resource, kind, slot, scans }: FlowColumns, resources: number): boolean {
  for (let i = 0; i < scans.length; i++) {
    const isOne = resource[i] >= 0 && resource[i] < resources && kind[i] >= 1 && kind[i] <= 9;
    if (!isOne || slot[i] < 0) return false;
    if (i === 0) continue;
    const step = resource[i] - resource[i - 1] || kind[i] - kind[i - 1] || slot[i] - slot[i - 1];
    if (step <= 0) return false;
  }
  return true;
}
