import { ENTRY } from './legs.js';
import type { Releases, Seen } from './seen.js';
import type { WarnModel } from './warn-model.js';

/** Hours around now whose timetable says how parcels of these days go on. */
const WINDOW_HOURS = 12;

/** What releases load if nothing is late: by leg, of slots from … from + slots − 1, when they come to its end. */
export interface Timetable {
  readonly from: number;
  readonly slots: number;
  /** Summed up over slots: of leg l and slots before from + i, entry l · (slots + 1) + i. */
  readonly sums: Float64Array;
}

/** Of releases in slots that `counts` says. Slots from one, wide enough for all that is asked of it. Cost: the legs of each release. */
export function timetableOf(
  model: WarnModel,
  { slot, arrived }: Seen,
  releases: Releases,
  counts: (slot: number) => boolean,
): Timetable {
  const { legs, horizon, slotHours } = model;
  const from = slot - arrived.slots - Math.ceil((2 * WINDOW_HOURS) / slotHours);
  const slots = slot - from + horizon + Math.max(0, ...new Set(legs.time)) + 1;
  const sums = new Float64Array(legs.size * (slots + 1));
  for (let i = 0; i < releases.route.length; i++) {
    if (!counts(releases.slot[i])) continue;
    const route = releases.route[i];
    for (let k = legs.routeStart[route]; k < legs.routeStart[route + 1]; k++) {
      const at = releases.slot[i] + legs.routeLag[k] - from;
      if (at >= 0 && at < slots)
        sums[legs.routeLeg[k] * (slots + 1) + at + 1] += releases.parcels[i];
    }
  }
  for (let l = 0; l < legs.size; l++) {
    for (let i = l * (slots + 1); i < (l + 1) * (slots + 1) - 1; i++) sums[i + 1] += sums[i];
  }
  return { from, slots, sums };
}

/** Over a leg in slots first … until − 1. */
export function sumOf(
  { from, slots, sums }: Timetable,
  leg: number,
  first: number,
  until: number,
): number {
  const row = leg * (slots + 1) - from;
  const low = Math.min(from + slots, Math.max(first, from));
  const high = Math.min(from + slots, Math.max(until, low));
  return sums[row + high] - sums[row + low];
}

/**
 * By leg: parcels that the timetable brings over it around now, over those that usual shares of what the timetable brings to its
 * beginning would. Parcels of these days take other ways than the usual.
 */
export function shareFactors(model: WarnModel, { slot }: Seen, timetable: Timetable): Float64Array {
  const { legs, slotHours } = model;
  const window = Math.ceil(WINDOW_HOURS / slotHours);
  const usual = new Float64Array(legs.size);
  for (let l = 0; l < legs.size; l++) {
    for (let i = legs.nextStart[l]; i < legs.nextStart[l + 1]; i++) {
      const next = legs.nextLeg[i];
      const left = slot - legs.time[next];
      usual[next] += legs.nextShare[i] * sumOf(timetable, l, left - window, left + window);
    }
  }
  return usual.map((parcels, l) => {
    const brings = sumOf(timetable, l, slot - window, slot + window);
    return legs.from[l] === ENTRY || parcels === 0 ? 1 : brings / parcels;
  });
}
