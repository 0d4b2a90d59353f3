import { KINDS_MOST } from '../../track/scans.js';
import { TALLIES } from '../../track/sources.js';
import type { Tracking } from '../../track/tracking.js';

const MAGIC = 0x74726163;
const VERSION = 1;

/** What an owner counted as of an entry of its log, as it is kept for recounts: docs/spec/tracking.md has the layout. */
export function pictureBytes(tracking: Tracking, seq: number, receivedAt: number): Uint8Array {
  const { network, partitions, sources } = tracking;
  const sum = (of: (track: (typeof partitions)[number]) => number) =>
    partitions.reduce((total, track) => total + of(track), 0);
  const flows = flowColumns(tracking);
  const tally = sources.total();
  const head = Float64Array.of(
    MAGIC,
    VERSION,
    seq,
    receivedAt,
    network.resources,
    KINDS_MOST,
    flows[0].length,
    sum(({ scans }) => scans),
    sum(({ stock }) => stock.parcels),
    sum(({ stock }) => stock.departed),
    sum(({ conflicts }) => conflicts),
    ...TALLIES.map((name) => tally[name]),
  );
  const stock = new Int32Array(network.resources);
  const bound = new Int32Array(network.resources);
  for (const track of partitions) {
    for (let r = 0; r < network.resources; r++) {
      stock[r] += track.stock.at[r];
      bound[r] += track.stock.bound[r];
    }
  }
  const columns = [head, stock, bound, ...flows];
  return Buffer.concat(
    columns.map(({ buffer, byteOffset, byteLength }) =>
      Buffer.from(buffer, byteOffset, byteLength),
    ),
  );
}

/** Flows of all partitions, summed: resource, kind, slot, scans; sorted by the first three. */
function flowColumns({ partitions }: Tracking): Int32Array[] {
  const sums = new Map<number, number>();
  for (const { flows } of partitions) {
    for (const { resource, kind, slot, scans } of flows.list()) {
      const key = (resource * 16 + kind) * 2 ** 24 + slot;
      sums.set(key, (sums.get(key) ?? 0) + scans);
    }
  }
  const keys = Float64Array.from(sums.keys()).toSorted();
  const columns = Array.from({ length: 4 }, () => new Int32Array(keys.length));
  for (const [i, key] of keys.entries()) {
    const cell = Math.floor(key / 2 ** 24);
    columns[0][i] = cell >> 4;
    columns[1][i] = cell & 15;
    columns[2][i] = key % 2 ** 24;
    columns[3][i] = sums.get(key) ?? 0;
  }
  return columns;
}
