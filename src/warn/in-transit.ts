import { ENTRY, NO_LANE } from './legs.js';
import type { Seen } from './seen.js';
import { sumOf, type Timetable } from './timetable.js';
import type { WarnModel } from './warn-model.js';

/** From this share of its floor on vehicles may have to wait outside. */
const FULL = 0.9;
/** Departures spread over legs as the timetable of so many hours before has it. */
const WINDOW_HOURS = 6;

/**
 * When parcels that are departed towards a place will come (docs/maths/warn.md#on-the-way). Scans tell how many they are,
 * bound(r), and how many departed from each place in each slot, not the two together. Departures spread as the
 * timetable of those hours does, share(l, t):
 *
 *     due(l, u) = share(l, t) · departed(from(l), t)     with t = slot + u − time(l) + dwell
 *
 * Those for u ≥ 0 are on the road, scaled so that together they are bound(r); where the floor is full, what bound(r) has
 * beyond them stands outside and counts at u = 0. Gives parcels by leg and u.
 */
export function inTransit(model: WarnModel, seen: Seen, timetable: Timetable): Float64Array {
  const { horizon, legs, floor } = model;
  const coming = new Float64Array(legs.size * horizon);
  const due = dueOverLegs(model, seen, timetable);
  const onLanes = placeLanes(model, seen, due, coming);
  for (let r = 0; r < floor.length; r++) {
    const bound = seen.bound[r] - onLanes[r];
    if (!(bound > 0)) continue;
    const into = legs.inList
      .subarray(legs.inStart[r], legs.inStart[r + 1])
      .filter((leg) => legs.lane[leg] === NO_LANE || !(seen.stock[legs.lane[leg]] > 0));
    let onRoad = 0;
    for (const leg of into) onRoad += due.ahead[leg];
    const isFull = seen.stock[r] >= FULL * floor[r];
    const scale = onRoad > bound || (onRoad > 0 && !isFull) ? bound / onRoad : 1;
    for (const leg of into) placeDue(due, leg, scale, horizon, coming);
    const rest = bound - scale * onRoad;
    if (rest > 0) placeRest(model, r, rest, onRoad > 0, coming);
  }
  return coming;
}

/** Those on line-hauls are known apart: what is late of them waits for the line-haul. Gives how many are bound so for each place. */
function placeLanes(
  model: WarnModel,
  seen: Seen,
  due: Departures,
  coming: Float64Array,
): Float64Array {
  const { legs, horizon, floor } = model;
  const ahead = new Float64Array(floor.length);
  const usual = new Float64Array(floor.length);
  for (let l = 0; l < legs.size; l++) {
    if (legs.lane[l] === NO_LANE) continue;
    ahead[legs.lane[l]] += due.ahead[l];
    usual[legs.lane[l]] += legs.parcels[l];
  }
  const onLanes = new Float64Array(floor.length);
  for (let l = 0; l < legs.size; l++) {
    const lane = legs.lane[l];
    const there = lane === NO_LANE ? 0 : seen.stock[lane];
    if (!(there > 0)) continue;
    const scale = ahead[lane] > there ? there / ahead[lane] : 1;
    placeDue(due, l, scale, horizon, coming);
    const late = ((there - scale * ahead[lane]) * legs.parcels[l]) / usual[lane];
    coming[l * horizon] += late;
    onLanes[legs.to[l]] += scale * due.ahead[l] + late;
  }
  return onLanes;
}

function placeDue(
  { from, time, slots }: Departures,
  leg: number,
  scale: number,
  horizon: number,
  coming: Float64Array,
): void {
  for (let j = 1; j <= Math.min(time[leg], slots); j++) {
    const u = time[leg] - j;
    if (u < horizon) coming[leg * horizon + u] += scale * from[leg * slots + slots - j];
  }
}

/** Departures of the slots seen by leg, and those of them that have not come yet. */
interface Departures {
  readonly slots: number;
  readonly from: Float64Array;
  /** Slots from departure to arrival. */
  readonly time: Int32Array;
  readonly ahead: Float64Array;
}

function dueOverLegs(model: WarnModel, { slot, departed }: Seen, timetable: Timetable): Departures {
  const { legs, dwell, slotHours } = model;
  const { slots, values } = departed;
  const window = Math.ceil(WINDOW_HOURS / slotHours);
  const from = new Float64Array(legs.size * slots);
  const time = legs.time.map((n, l) => n - (legs.from[l] === ENTRY ? 0 : dwell[legs.from[l]]));
  const ahead = new Float64Array(legs.size);
  const all = new Float64Array(dwell.length * slots);
  for (let l = 0; l < legs.size; l++) {
    const g = legs.from[l];
    if (g === ENTRY) continue;
    // Parcels that left in slot t come in t + time; those that pass at their end do not go on.
    for (let i = 0; i < slots; i++) {
      const t = slot - slots + i + time[l];
      const usual = UNSEEN * legs.parcels[l];
      from[l * slots + i] = usual + sumOf(timetable, l, t - window, t + 1);
      all[g * slots + i] += from[l * slots + i];
    }
  }
  for (let l = 0; l < legs.size; l++) {
    const g = legs.from[l];
    if (g === ENTRY) continue;
    for (let i = 0; i < slots; i++) {
      const cell = l * slots + i;
      if (from[cell] > 0) from[cell] *= values[g * slots + i] / all[g * slots + i];
      if (slots - i <= time[l]) ahead[l] += from[cell];
    }
  }
  return { slots, from, time, ahead };
}

/** Usual parcels of a leg count so little against those of the timetable; alone where it has none. */
const UNSEEN = 1e-9;

/** What departures do not explain: outside the door, or evenly over the legs' times. */
function placeRest(
  { legs, horizon }: WarnModel,
  r: number,
  parcels: number,
  isAtDoor: boolean,
  coming: Float64Array,
): void {
  const into = legs.inList.subarray(legs.inStart[r], legs.inStart[r + 1]);
  let usual = 0;
  for (const leg of into) usual += legs.parcels[leg];
  if (usual === 0) return;
  for (const leg of into) {
    const slots = isAtDoor ? 1 : Math.max(1, legs.time[leg]);
    const each = (parcels * legs.parcels[leg]) / usual / slots;
    for (let u = 0; u < Math.min(slots, horizon); u++) coming[leg * horizon + u] += each;
  }
}
