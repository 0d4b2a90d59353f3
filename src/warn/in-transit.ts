import type { Seen, SlotNumbers } from './seen.js';
import type { WarnModel } from './warn-model.js';

/** From this share of its floor on vehicles may have to wait outside. */
const FULL = 0.9;

/**
 * When parcels that are departed towards a resource will come (docs/maths/warn.md#on-the-way). Scans tell how many they are,
 * bound(r), and how many departed from each resource in each slot, not the two together. Departures spread as routes do:
 *
 *     due(r, u) = Σ over hops (g → r, time h, share q) of  q · departed(g, slot + u − h)
 *
 * Those for u ≥ 0 are on the road, scaled down if together they are more than bound(r); what bound(r) has beyond them
 * is late, or stands outside, and counts at u = 0. Gives parcels by (leg, u); legs that nothing departed over share by
 * their usual parcels, evenly over their time.
 */
export function inTransit(model: WarnModel, seen: Seen): Float64Array {
  const { horizon, hops, legs } = model;
  const coming = new Float64Array(legs.size * horizon);
  for (let r = 0; r < model.floor.length; r++) {
    const bound = seen.bound[r];
    if (!(bound > 0)) continue;
    const [from, until] = [hops.start[r], hops.start[r + 1]];
    const onRoad = depart(model, seen, from, until, 1, undefined);
    const isFull = seen.stock[r] >= FULL * model.floor[r];
    const scale = onRoad > bound || (onRoad > 0 && !isFull) ? bound / onRoad : 1;
    depart(model, seen, from, until, scale, coming);
    const late = bound - scale * onRoad;
    if (late > 0) spreadLate(model, r, late, onRoad > 0, coming);
  }
  return coming;
}

/** Sums what is due from slot on over hops, and writes it down, scaled, where there is a table. */
function depart(
  { hops, horizon }: WarnModel,
  { departed }: Seen,
  from: number,
  until: number,
  scale: number,
  coming: Float64Array | undefined,
): number {
  let all = 0;
  for (let i = from; i < until; i++) {
    const row = hops.from[i] * departed.slots;
    // Departed j slots before now: due in u = time − j.
    for (let j = 1; j <= Math.min(departed.slots, hops.time[i]); j++) {
      const parcels = hops.share[i] * departed.values[row + departed.slots - j];
      all += parcels;
      const u = hops.time[i] - j;
      if (coming && u < horizon) coming[hops.leg[i] * horizon + u] += scale * parcels;
    }
  }
  return all;
}

function spreadLate(
  { legs, hops, horizon }: WarnModel,
  r: number,
  parcels: number,
  isAtDoor: boolean,
  coming: Float64Array,
): void {
  let usual = 0;
  for (let i = legs.inStart[r]; i < legs.inStart[r + 1]; i++) usual += legs.parcels[legs.inList[i]];
  if (usual === 0) return;
  if (isAtDoor) {
    for (let i = legs.inStart[r]; i < legs.inStart[r + 1]; i++) {
      const leg = legs.inList[i];
      coming[leg * horizon] += (parcels * legs.parcels[leg]) / usual;
    }
    return;
  }
  let weights = 0;
  for (let i = hops.start[r]; i < hops.start[r + 1]; i++) weights += hops.share[i];
  for (let i = hops.start[r]; i < hops.start[r + 1]; i++) {
    const slots = Math.max(1, hops.time[i]);
    const each = (parcels * hops.share[i]) / weights / slots;
    for (let u = 0; u < Math.min(slots, horizon); u++) coming[hops.leg[i] * horizon + u] += each;
  }
}

/** What hops explain is weighed against so many slots' rate of the resource. */
const PRIOR_SLOTS = 3;
/** Beyond, routes or scans are not what the model has. */
const SHARE_LEAST = 0.5;
const SHARE_MOST = 2;

/**
 * What came to each resource lately over what hops would have brought: parcels of these days take other ways than the
 * usual. Slots in which a floor was full do not count: vehicles stood outside.
 */
export function hindcast(model: WarnModel, seen: Seen): Float64Array {
  const { floor, scenario, assumed, slotHours } = model;
  const { arrived, departed } = seen;
  const share = new Float64Array(floor.length).fill(1);
  for (const r of model.hubs) {
    const prior = PRIOR_SLOTS * scenario.resources.capacity[r];
    let there = seen.stock[r];
    let [came, due] = [prior, prior];
    for (let i = arrived.slots - 1; i >= 0; i--) {
      const weight = 2 ** (-((arrived.slots - 1 - i) * slotHours) / assumed.halfLifeHours);
      if (there < FULL * floor[r]) {
        came += weight * arrived.values[r * arrived.slots + i];
        due += weight * dueIn(model, r, departed, i);
      }
      there += departed.values[r * departed.slots + i] - arrived.values[r * arrived.slots + i];
    }
    if (due > 0) share[r] = Math.min(SHARE_MOST, Math.max(SHARE_LEAST, came / due));
  }
  return share;
}

/** What hops would bring in slot i of those seen. */
function dueIn({ hops }: WarnModel, r: number, departed: SlotNumbers, i: number): number {
  let due = 0;
  for (let h = hops.start[r]; h < hops.start[r + 1]; h++) {
    const at = i - hops.time[h];
    if (at >= 0) due += hops.share[h] * departed.values[hops.from[h] * departed.slots + at];
  }
  return due;
}
