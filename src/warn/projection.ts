import { inTransit } from './in-transit.js';
import { NO_LANE } from './legs.js';
import { declaredRates, type Pace, paceOf } from './pace.js';
import { goOn, overdueLegs, scheduledLegs } from './scheduled.js';
import type { Seen } from './seen.js';
import { shareFactors, timetableOf } from './timetable.js';
import type { WarnModel } from './warn-model.js';

/** What is expected of all places in the next slots; of resource r in slot u, entry r · slots + u. */
export interface Projection {
  readonly slots: number;
  /** Comes to the place: of parcels in the network now, and of those that enter later. */
  readonly known: Float64Array;
  readonly later: Float64Array;
  /** What it can sort, and what it could as declared. */
  readonly rate: Float64Array;
  readonly declared: Float64Array;
  /** Parcels there now that still wait for sorting, per resource; the rest stands sorted. */
  readonly queued: Float64Array;
  /** By leg and slot, the same as `known` and `later`; `transit`: of `known`, departed towards the place already. */
  readonly byLeg: {
    readonly known: Float64Array;
    readonly later: Float64Array;
    readonly transit: Float64Array;
  };
  readonly pace: Pace;
}

/**
 * Parcels as a fluid through all places at once (docs/maths/warn.md#motion), slot by slot:
 *
 *     sorted(r, u) = min(rate(r, u), queue(r))   of every leg into r the same share of its queue
 *     and goes on over the legs behind it, which it reaches time(leg) slots later.
 *
 * Cost: legs and their shares, once a slot.
 */
export function project(model: WarnModel, seen: Seen): Projection {
  const { legs, horizon } = model;
  const size = model.floor.length;
  const released = timetableOf(model, seen, seen.released, (t) => t < seen.slot);
  const planned = timetableOf(model, seen, seen.planned, (t) => t >= seen.slot);
  const overdue = overdueLegs(model, seen, released);
  const pace = paceOf(model, seen, byPlace(model, overdue));
  const { rate, declared } = ratesAhead(model, seen, pace);
  const transit = inTransit(model, seen, released);
  const known = transit.slice();
  const queued = new Float64Array(size);
  const queue = { known: new Float64Array(legs.size), later: new Float64Array(legs.size) };
  for (let r = 0; r < size; r++) {
    queued[r] = splitStock(model, r, seen.stock[r], rate, known, queue.known);
  }
  const ways = shareFactors(model, seen, released);
  const { later, factor } = scheduledLegs(model, seen, pace, planned);
  for (let l = 0; l < legs.size; l++) later[l * horizon] += overdue[l];
  const arrivals = {
    known: new Float64Array(size * horizon),
    later: new Float64Array(size * horizon),
  };
  for (let u = 0; u < horizon; u++) {
    passLanes(model, u, rate, known, later);
    for (let r = 0; r < size; r++) {
      let waits = 0;
      for (let i = legs.inStart[r]; i < legs.inStart[r + 1]; i++) {
        const leg = legs.inList[i];
        const cell = leg * horizon + u;
        known[cell] = transit[cell] + ways[leg] * (known[cell] - transit[cell]);
        later[cell] *= factor[cell];
        arrivals.known[r * horizon + u] += known[cell];
        arrivals.later[r * horizon + u] += later[cell];
        queue.known[leg] += known[cell];
        queue.later[leg] += later[cell];
        waits += queue.known[leg] + queue.later[leg];
      }
      if (waits === 0) continue;
      const share = Math.min(1, rate[r * horizon + u] / waits);
      for (let i = legs.inStart[r]; i < legs.inStart[r + 1]; i++) {
        const leg = legs.inList[i];
        goOn(legs, horizon, leg, u, share * queue.known[leg], known);
        goOn(legs, horizon, leg, u, share * queue.later[leg], later);
        queue.known[leg] *= 1 - share;
        queue.later[leg] *= 1 - share;
      }
    }
  }
  return {
    slots: horizon,
    ...arrivals,
    rate,
    declared,
    queued,
    byLeg: { known, later, transit },
    pace,
  };
}

/** Line-hauls let through what they can, of every leg the same share; the rest comes a slot later. */
function passLanes(
  { legs, horizon, floor }: WarnModel,
  u: number,
  rate: Float64Array,
  known: Float64Array,
  later: Float64Array,
): void {
  const wants = new Float64Array(floor.length);
  for (let l = 0; l < legs.size; l++) {
    if (legs.lane[l] !== NO_LANE)
      wants[legs.lane[l]] += known[l * horizon + u] + later[l * horizon + u];
  }
  for (let l = 0; l < legs.size; l++) {
    const lane = legs.lane[l];
    if (lane === NO_LANE || wants[lane] <= rate[lane * horizon + u]) continue;
    const stays = 1 - rate[lane * horizon + u] / wants[lane];
    for (const table of [known, later]) {
      const cell = l * horizon + u;
      if (u + 1 < horizon) table[cell + 1] += stays * table[cell];
      table[cell] *= 1 - stays;
    }
  }
}

function byPlace({ legs, floor }: WarnModel, parcels: Float64Array): Float64Array {
  const sums = new Float64Array(floor.length);
  for (let l = 0; l < legs.size; l++) sums[legs.to[l]] += parcels[l];
  return sums;
}

/** Declared, at the pace lately seen, which returns to the declared by halves; of the running slot what is left of it. */
function ratesAhead(
  model: WarnModel,
  seen: Seen,
  { pace }: Pace,
): { rate: Float64Array; declared: Float64Array } {
  const { horizon, floor, assumed, slotHours, scenario } = model;
  const declared = declaredRates(model, seen.slot, horizon).values;
  for (let r = 0; r < floor.length; r++) declared[r * horizon] *= slotLeft(model, seen);
  const rate = declared.slice();
  for (let r = 0; r < floor.length; r++) {
    const surge = floor[r] < Infinity || scenario.resources.kind[r] === 'lane' ? 1 : assumed.surge;
    for (let u = 0; u < horizon; u++) {
      const fades = 2 ** ((-u * slotHours) / assumed.halfLifeHours);
      rate[r * horizon + u] *= surge * (1 + (pace[r] - 1) * fades);
    }
  }
  return { rate, declared };
}

/** Share of the running slot that is still to come. */
function slotLeft({ scenario }: WarnModel, { at, slot }: Seen): number {
  const slotMs = scenario.slotMinutes * 60_000;
  const end = Date.parse(scenario.start) + (slot + 1) * slotMs;
  return Math.min(1, Math.max(0, (end - at) / slotMs));
}

/**
 * Of what is at a place at most `dwell` slots' sorting stands sorted and departs in the next slots, evenly; the rest is queued,
 * by legs as parcels usually come. Gives the queue.
 */
function splitStock(
  { legs, dwell, horizon }: WarnModel,
  r: number,
  stock: number,
  rate: Float64Array,
  known: Float64Array,
  queue: Float64Array,
): number {
  let usual = 0;
  for (let i = legs.inStart[r]; i < legs.inStart[r + 1]; i++) usual += legs.parcels[legs.inList[i]];
  if (!(stock > 0) || usual === 0) return Math.max(0, stock);
  const d = dwell[r];
  const sorted = d === 0 ? 0 : Math.min(stock, d * rate[r * horizon + Math.min(1, horizon - 1)]);
  for (let i = legs.inStart[r]; i < legs.inStart[r + 1]; i++) {
    const leg = legs.inList[i];
    const share = legs.parcels[leg] / usual;
    queue[leg] += share * (stock - sorted);
    for (let j = 0; j < d; j++)
      departSorted(legs, leg, j - d, (share * sorted) / d, known, horizon);
  }
  return stock - sorted;
}

function departSorted(
  legs: WarnModel['legs'],
  leg: number,
  sortedAt: number,
  parcels: number,
  known: Float64Array,
  horizon: number,
): void {
  for (let i = legs.nextStart[leg]; i < legs.nextStart[leg + 1]; i++) {
    const at = Math.max(0, sortedAt + legs.time[legs.nextLeg[i]]);
    if (at < horizon) known[legs.nextLeg[i] * horizon + at] += parcels * legs.nextShare[i];
  }
}
