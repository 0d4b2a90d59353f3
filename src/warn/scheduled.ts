import { ENTRY } from './legs.js';
import type { Pace } from './pace.js';
import type { Seen } from './seen.js';
import { sumOf, type Timetable } from './timetable.js';
import type { WarnModel } from './warn-model.js';

/** What enters later, by leg and slot; and how much more than usual shares the plan brings over a leg up to a slot. */
export interface ScheduledLegs {
  /** Parcels that enter over legs from ENTRY; the projection brings them on. */
  readonly later: Float64Array;
  readonly factor: Float64Array;
}

/**
 * What the plan lets go from now on. Over legs from ENTRY it comes as planned, at the volume lately seen, with what is overdue at
 * first. Over others it comes from the places before, and
 *
 *     factor(l, u) = Σ planned(l, v) / Σ over legs k before l of  next(k, l) · planned(k, v − time(l))      sums over v ≤ u
 *
 * makes of usual shares those of the plan.
 */
export function scheduledLegs(
  model: WarnModel,
  seen: Seen,
  pace: Pace,
  planned: Timetable,
): ScheduledLegs {
  const { legs, horizon, assumed, slotHours } = model;
  const later = new Float64Array(legs.size * horizon);
  const factor = usualLater(model, seen, planned);
  for (let l = 0; l < legs.size; l++) {
    let sum = 0;
    let usual = 0;
    for (let u = 0; u < horizon; u++) {
      const cell = l * horizon + u;
      const parcels = sumOf(planned, l, seen.slot + u, seen.slot + u + 1);
      if (legs.from[l] === ENTRY) {
        const fades = 2 ** ((-u * slotHours) / assumed.halfLifeHours);
        later[cell] = parcels * (1 + (pace.volume[legs.to[l]] - 1) * fades);
        factor[cell] = 1;
        continue;
      }
      sum += parcels;
      usual += factor[cell];
      factor[cell] = usual > 0 ? sum / usual : 1;
    }
  }
  return { later, factor };
}

/** What usual shares would bring over each leg in each slot. */
function usualLater(
  { legs, horizon }: WarnModel,
  { slot }: Seen,
  planned: Timetable,
): Float64Array {
  const usual = new Float64Array(legs.size * horizon);
  for (let l = 0; l < legs.size; l++) {
    for (let u = 0; u < horizon; u++) {
      goOn(legs, horizon, l, u, sumOf(planned, l, slot + u, slot + u + 1), usual);
    }
  }
  return usual;
}

/** Parcels that went through at the end of a leg go on over the next; where routes do not say that time passes, in the next slot. */
export function goOn(
  legs: WarnModel['legs'],
  horizon: number,
  leg: number,
  u: number,
  parcels: number,
  table: Float64Array,
): void {
  if (parcels === 0) return;
  for (let i = legs.nextStart[leg]; i < legs.nextStart[leg + 1]; i++) {
    const next = legs.nextLeg[i];
    const at = u + Math.max(1, legs.time[next]);
    if (at >= 0 && at < horizon) table[next * horizon + at] += parcels * legs.nextShare[i];
  }
}

/** Let go before now by the timetable and not accepted, by the legs over which parcels enter a place without a floor. */
export function overdueLegs(
  model: WarnModel,
  { slot, arrived }: Seen,
  released: Timetable,
): Float64Array {
  const { legs, floor } = model;
  const overdue = new Float64Array(legs.size);
  for (let l = 0; l < legs.size; l++) {
    const r = legs.to[l];
    if (legs.from[l] !== ENTRY || floor[r] < Infinity) continue;
    overdue[l] = sumOf(released, l, slot - arrived.slots, slot);
  }
  for (let r = 0; r < floor.length; r++) {
    const into = legs.inList.subarray(legs.inStart[r], legs.inStart[r + 1]);
    let due = 0;
    for (const leg of into) due += overdue[leg];
    if (due === 0) continue;
    const row = arrived.values.subarray(r * arrived.slots, (r + 1) * arrived.slots);
    const share = Math.max(0, 1 - row.reduce((all, n) => all + n, 0) / due);
    for (const leg of into) overdue[leg] *= share;
  }
  return overdue;
}
