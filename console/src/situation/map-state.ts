import type { Situation } from '../../../src/client/api.ts';
import type { MapState } from '../map/network-map.tsx';
import type { Moment } from './moment.ts';
import type { Shown } from './shown.ts';

/** Bits of `marks` (map/network-map.tsx). */
const STALE = 1;
const WARNED = 2;
const OVER = 4;

/** What the map is to show of a moment; `warned`: by place, 1 where a warning is in force. */
export function mapStateOf(
  { places, lanes }: Situation,
  shown: Shown,
  moment: Moment,
  warned: Uint8Array,
): MapState {
  const { placeOf, laneOf } = shown;
  const [nodes, roads] = [placeOf.length, laneOf.length];
  const state = {
    fill: new Float32Array(nodes),
    size: new Float32Array(nodes),
    marks: new Uint8Array(nodes),
    load: new Float32Array(roads),
    width: new Float32Array(roads),
  };
  let largest = 1;
  for (let i = 0; i < nodes; i++) largest = Math.max(largest, places[placeOf[i]].capacity);
  for (let i = 0; i < nodes; i++) {
    const n = placeOf[i];
    const fill = moment.fill[n];
    state.fill[i] = fill;
    state.size[i] = Math.sqrt(places[n].capacity / largest);
    state.marks[i] =
      (moment.stale[n] === 1 ? STALE : 0) | (warned[n] === 1 ? WARNED : 0) | (fill > 1 ? OVER : 0);
  }
  let busiest = 1;
  for (let i = 0; i < roads; i++) busiest = Math.max(busiest, moment.departed[laneOf[i]] || 0);
  for (let i = 0; i < roads; i++) {
    const departed = moment.departed[laneOf[i]];
    const { capacity } = lanes[laneOf[i]];
    state.load[i] = capacity === null || capacity <= 0 ? Number.NaN : departed / capacity;
    state.width[i] = Math.sqrt((departed || 0) / busiest);
  }
  return state;
}
