import type { MapState } from '../map/network-map.tsx';
import type { Film, Side } from './film.ts';

const OVERFLOWING = 4;
/** Stands for "no floor". */
const NO_FLOOR = 255;

export interface NightState extends MapState {
  /** By hub: vehicles outside, over the floor. */
  readonly queue: Float32Array;
}

/**
 * What a map shows at a moment: between two slots stocks and loads glide, for the eye only. A hub is over its floor exactly in
 * the slots in which it is counted as overflowing.
 *
 * @param at slots from the start, with the part of the one under way.
 */
export function mapStateAt({ night }: Film, side: Side, at: number): NightState {
  const hubs = night.hubs.length;
  const lanes = night.lanes.length;
  const row = Math.floor(at) - 1;
  const part = at - Math.floor(at);
  const fill = new Float32Array(hubs);
  const queue = new Float32Array(hubs);
  const size = new Float32Array(hubs);
  const marks = new Uint8Array(hubs);
  const load = new Float32Array(lanes);
  const width = new Float32Array(lanes);
  const most = largestOf(night);
  for (let h = 0; h < hubs; h++) {
    const now = glide(side.full, row, hubs, h, part) / 100;
    const isOver = row >= 0 && side.full[row * hubs + h] > 100;
    const floor = night.hubs[h].floor ?? 0;
    queue[h] = glide(side.outside, row, hubs, h, part) / 1000;
    fill[h] =
      night.hubs[h].floor === null ? Number.NaN : isOver ? Math.max(1.01, now) : Math.min(1, now);
    size[h] = Math.min(1, (floor * (1 + queue[h])) / (4 * most));
    marks[h] = isOver ? OVERFLOWING : 0;
  }
  for (let l = 0; l < lanes; l++) {
    load[l] = glide(side.load, row, lanes, l, part) / 100;
    width[l] = Math.min(1, load[l]);
  }
  return { fill, queue, size, marks, load, width };
}

/** Between the rows of a table, nothing before the first; the last stays. */
function glide(
  table: Uint8Array | Uint16Array,
  row: number,
  columns: number,
  c: number,
  part: number,
): number {
  const last = table.length / columns - 1;
  const from = row < 0 ? 0 : table[Math.min(row, last) * columns + c];
  if (from === NO_FLOOR || part === 0) return from;
  const to = table[Math.min(row + 1, last) * columns + c];
  return from + part * (to - from);
}

function largestOf({ hubs }: Film['night']): number {
  let most = 1;
  for (const { floor } of hubs) most = Math.max(most, floor ?? 0);
  return most;
}
