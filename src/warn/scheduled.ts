import { ENTRY } from './legs.js';
import type { Pace } from './pace.js';
import type { Seen } from './seen.js';
import type { WarnModel } from './warn-model.js';

/** What enters, by leg and slot; and by resource and slot how much more the plan's routes bring than the usual ones. */
export interface ScheduledLegs {
  /** Parcels that enter over legs from ENTRY; the projection brings them on. */
  readonly later: Float64Array;
  readonly factor: Float64Array;
}

/**
 * The plan says what loads each resource in each slot; legs only know how parcels usually go on. So they are sent through
 * places without limits, where they would load
 *
 *     free(r, u) = sum over legs into r of what goes on over them,
 *
 * and factor(r, u) = sum of scheduled(r, v ≤ u) / sum of free(r, v ≤ u) makes of that what the plan says. Where routes begin,
 * what free(r, u) lacks is what enters: at the volume lately seen, with what is overdue at first.
 */
export function scheduledLegs(model: WarnModel, seen: Seen, pace: Pace): ScheduledLegs {
  const { legs, horizon, assumed, slotHours } = model;
  const { scheduled, overdue } = seen;
  const size = model.floor.length;
  const entry = entryParcels(model);
  const free = new Float64Array(legs.size * horizon);
  const later = new Float64Array(legs.size * horizon);
  const factor = new Float64Array(size * horizon).fill(1);
  const wantedSum = new Float64Array(size);
  const freeSum = new Float64Array(size);
  for (let u = 0; u < horizon; u++) {
    const fades = 2 ** ((-u * slotHours) / assumed.halfLifeHours);
    for (let r = 0; r < size; r++) {
      const wanted = u < scheduled.slots ? scheduled.values[r * scheduled.slots + u] : 0;
      let comes = 0;
      for (let i = legs.inStart[r]; i < legs.inStart[r + 1]; i++) {
        comes += free[legs.inList[i] * horizon + u];
      }
      wantedSum[r] += wanted;
      freeSum[r] += comes;
      const f = entry[r] === 0 && freeSum[r] > 0 ? wantedSum[r] / freeSum[r] : 1;
      factor[r * horizon + u] = f;
      const enters = entry[r] > 0 ? Math.max(0, wanted - comes) : 0;
      const late = u === 0 ? overdue[r] : 0;
      const seenEnters = enters * (1 + (pace.volume[r] - 1) * fades) + late;
      for (let i = legs.inStart[r]; i < legs.inStart[r + 1]; i++) {
        const leg = legs.inList[i];
        const cell = leg * horizon + u;
        free[cell] *= f;
        if (legs.from[leg] === ENTRY) {
          const share = legs.parcels[leg] / entry[r];
          free[cell] += share * enters;
          later[cell] = share * seenEnters;
        }
        goOn(model, leg, u, free[cell], free);
      }
    }
  }
  return { later, factor };
}

/** Sorted parcels of a leg go on over the next; where routes do not say that time passes, in the next slot. */
export function goOn(
  { legs, horizon }: WarnModel,
  leg: number,
  u: number,
  parcels: number,
  table: Float64Array,
): void {
  if (parcels === 0) return;
  for (let i = legs.nextStart[leg]; i < legs.nextStart[leg + 1]; i++) {
    const next = legs.nextLeg[i];
    const at = u + Math.max(1, legs.time[next]);
    if (at < horizon) table[next * horizon + at] += parcels * legs.nextShare[i];
  }
}

/** What usually enters at each resource. */
function entryParcels({ legs, floor }: WarnModel): Float64Array {
  const parcels = new Float64Array(floor.length);
  for (let l = 0; l < legs.size; l++) {
    if (legs.from[l] === ENTRY) parcels[legs.to[l]] += legs.parcels[l];
  }
  return parcels;
}
