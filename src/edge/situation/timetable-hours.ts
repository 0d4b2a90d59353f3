import { ENTRY } from '../../warn/legs.js';
import type { WarnModel } from '../../warn/warn-model.js';

const kept = new WeakMap<WarnModel, Float64Array>();

/**
 * Hours that routes give for the way to each resource and its floor, from leaving the place before to leaving it, mean over the legs
 * into it by the parcels that usually go over them; 0 where none leads there.
 *
 *     timetable(r) = Σ parcels(l) · (time(l) − dwell(from(l)) + dwell(r)) / Σ parcels(l)      of a leg from ENTRY dwell(r)
 */
export function timetableHours(model: WarnModel): Float64Array {
  const known = kept.get(model);
  if (known) return known;
  const { legs, dwell, slotHours } = model;
  const hours = new Float64Array(dwell.length);
  const parcels = new Float64Array(dwell.length);
  for (let l = 0; l < legs.size; l++) {
    const [from, to] = [legs.from[l], legs.to[l]];
    const slots = from === ENTRY ? dwell[to] : legs.time[l] - dwell[from] + dwell[to];
    hours[to] += legs.parcels[l] * slots * slotHours;
    parcels[to] += legs.parcels[l];
  }
  for (let r = 0; r < hours.length; r++) if (parcels[r] > 0) hours[r] /= parcels[r];
  kept.set(model, hours);
  return hours;
}
