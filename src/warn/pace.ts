import type { Releases, Seen, SlotNumbers } from './seen.js';
import type { WarnModel } from './warn-model.js';

/** Slots' worth of what was declared or planned that what was seen is weighed against: less, and chance is taken for pace. */
const PRIOR_SLOTS = 3;
/** A queue of so much of a slot's rate shows that a place sorted as much as it could. */
const QUEUE_SHARE = 0.1;
/** Slots that tell how fast parcels enter. */
const ENTRY_SLOTS = 4;
/** No place was ever seen so slow or fast for long; beyond, the scans are wrong. */
const PACE_LEAST = 0.2;
const PACE_MOST = 2;

/** What was lately seen against what was declared and planned, and how far it spreads. */
export interface Pace {
  /** Per resource: sorted while there was a queue, over declared. */
  readonly pace: Float64Array;
  /** Per resource: entered over planned. */
  readonly volume: Float64Array;
  readonly paceSpread: number;
  readonly volumeSpread: number;
}

/** Capacity in force in slots from … from + slots − 1, less commitments. */
export function declaredRates({ scenario }: WarnModel, from: number, slots: number): SlotNumbers {
  const { capacity, overrides, commitments } = scenario.resources;
  const values = new Float64Array(capacity.length * slots);
  for (let r = 0; r < capacity.length; r++) {
    values.fill(capacity[r], r * slots, (r + 1) * slots);
  }
  const at = (r: number, slot: number): number =>
    slot >= from && slot < from + slots ? r * slots + slot - from : -1;
  for (let i = 0; i < overrides.slot.length; i++) {
    const cell = at(overrides.resource[i], overrides.slot[i]);
    if (cell >= 0) values[cell] = overrides.value[i];
  }
  for (let i = 0; i < commitments.slot.length; i++) {
    const cell = at(commitments.resource[i], commitments.slot[i]);
    if (cell >= 0) values[cell] = Math.max(0, values[cell] - commitments.value[i]);
  }
  return { slots, values };
}

/**
 * Means of what was seen, weighed by halves every `halfLifeHours` back, and drawn to 1 by PRIOR_SLOTS of what was
 * declared or planned. Spreads are those of all resources' means around 1, drawn to the assumed ones in the same way.
 */
export function paceOf(model: WarnModel, seen: Seen, overdue: Float64Array): Pace {
  const size = model.floor.length;
  const pace = new Float64Array(size).fill(1);
  const volume = new Float64Array(size).fill(1);
  const { slots } = seen.arrived;
  const rates = declaredRates(model, seen.slot - slots, slots).values;
  const weights = Float64Array.from({ length: slots }, (_, i) => weightOf(model, slots - 1 - i));
  const spreads = {
    pace: new Spread(model.assumed.paceSpread),
    volume: new Spread(model.assumed.volumeSpread),
  };
  for (let r = 0; r < size; r++) {
    if (model.floor[r] < Infinity) pace[r] = paceAt(model, seen, r, rates, weights, spreads.pace);
    else if (overdue[r] > 0) pace[r] = paceOfEntry(model, seen, r, overdue[r], rates);
  }
  learnVolume(model, seen, weights, volume, spreads.volume);
  return { pace, volume, paceSpread: spreads.pace.value, volumeSpread: spreads.volume.value };
}

function weightOf({ assumed, slotHours }: WarnModel, slotsBack: number): number {
  return 2 ** ((-slotsBack * slotHours) / assumed.halfLifeHours);
}

/** Parcels sorted in slot i depart `dwell` slots later; those still on the floor then are in front of nobody. */
function paceAt(
  { dwell }: WarnModel,
  { stock, arrived, departed }: Seen,
  r: number,
  rates: Float64Array,
  weights: Float64Array,
  spread: Spread,
): number {
  const { slots } = departed;
  const row = r * slots;
  const d = dwell[r];
  let there = stock[r];
  let sorted = 0;
  let possible = 0;
  let onFloor = 0;
  for (let i = slots - 1; i >= 0; i--) {
    // `there`: stock at the end of slot i; `onFloor`: of it, sorted.
    const sortedIn = i + d < slots ? departed.values[row + i + d] : Number.NaN;
    const rate = rates[row + i];
    if (i + d < slots && rate > 0 && there - onFloor > QUEUE_SHARE * rate) {
      sorted += weights[i] * sortedIn;
      possible += weights[i] * rate;
    }
    onFloor += departed.values[row + i];
    if (i + d < slots) onFloor -= sortedIn;
    there += departed.values[row + i] - arrived.values[row + i];
  }
  return mean(sorted, possible, rates[row + slots - 1] || rates[row], spread);
}

/** Where parcels wait to enter, what departed lately is what there are hands and vehicles for, over what is taken for granted. */
function paceOfEntry(
  { assumed }: WarnModel,
  { departed }: Seen,
  r: number,
  overdue: number,
  rates: Float64Array,
): number {
  const { slots, values } = departed;
  const recent = Math.min(ENTRY_SLOTS, slots);
  let left = 0;
  let possible = 0;
  for (let i = slots - recent; i < slots; i++) {
    left += values[r * slots + i];
    possible += assumed.surge * rates[r * slots + i];
  }
  const isQueue = possible > 0 && overdue > (QUEUE_SHARE * possible) / recent;
  return isQueue ? Math.min(1, Math.max(PACE_LEAST, left / possible)) : 1;
}

/** Where routes begin: what tickets let go over what the plan of then was to. */
function learnVolume(
  model: WarnModel,
  seen: Seen,
  weights: Float64Array,
  volume: Float64Array,
  spread: Spread,
): void {
  const { slot, arrived, released, planned } = seen;
  const came = enteredAt(model, slot, weights, released);
  const due = enteredAt(model, slot, weights, planned);
  for (let r = 0; r < volume.length; r++) {
    if (due.all[r] === 0) continue;
    volume[r] = mean(came.weighed[r], due.weighed[r], due.all[r] / arrived.slots, spread);
  }
}

/** By the place where routes begin: releases of the slots seen, and weighed. */
function enteredAt(
  model: WarnModel,
  slot: number,
  weights: Float64Array,
  { route, slot: slotOf, parcels }: Releases,
): { all: Float64Array; weighed: Float64Array } {
  const { legs } = model;
  const all = new Float64Array(model.floor.length);
  const weighed = new Float64Array(model.floor.length);
  for (let i = 0; i < route.length; i++) {
    const at = slotOf[i] - slot + weights.length;
    if (at < 0 || at >= weights.length) continue;
    const first = legs.routeStart[route[i]];
    if (first === legs.routeStart[route[i] + 1]) continue;
    const r = legs.to[legs.routeLeg[first]];
    all[r] += parcels[i];
    weighed[r] += weights[at] * parcels[i];
  }
  return { all, weighed };
}

function mean(seen: number, expected: number, slot: number, spread: Spread): number {
  if (expected === 0 || slot === 0) return 1;
  const drawn = (seen + PRIOR_SLOTS * slot) / (expected + PRIOR_SLOTS * slot);
  const kept = Math.min(PACE_MOST, Math.max(PACE_LEAST, drawn));
  spread.add(kept - 1, expected / (expected + PRIOR_SLOTS * slot));
  return kept;
}

/** Root of the mean square of deviations; the assumed one counts as PRIOR_SLOTS of them. */
class Spread {
  #squares: number;
  #weight = PRIOR_SLOTS;

  constructor(assumed: number) {
    this.#squares = PRIOR_SLOTS * assumed ** 2;
  }

  add(deviation: number, weight: number): void {
    this.#squares += weight * deviation ** 2;
    this.#weight += weight;
  }

  get value(): number {
    return Math.sqrt(this.#squares / this.#weight);
  }
}
