import type { Releases } from './seen.js';
import type { WarnModel } from './warn-model.js';

/** A number for each two places between which legs lead, −1 where none does. */
export interface Ends {
  readonly size: number;
  find(from: number, to: number): number;
}

/** Where a plan has its parcels; of resource r in slot s entry r · slots + s − from, of legs by their ends likewise. */
export interface PlannedFlow {
  readonly from: number;
  readonly slots: number;
  /** In the slot. */
  readonly arrived: Float64Array;
  readonly departed: Float64Array;
  readonly legs: Float64Array;
  /** Of `arrived`, those who come into the network there; and who come to the end of their way there. */
  readonly entered: Float64Array;
  readonly ended: Float64Array;
  /** At the end of the slot: on the floor, and departed towards it. */
  readonly stock: Float64Array;
  readonly bound: Float64Array;
}

/**
 * Follows what a plan lets go along its routes. Parcels released in slot t over a route with places p(0) … p(k) at lags
 * l(0) ≤ … ≤ l(k)
 *
 *     arrive at p(i) in slot t + l(i)
 *     leave p(i) in slot t + l(i) + min(dwell(p(i)), l(i + 1) − l(i)), bound for p(i + 1) until they arrive there
 *     are at the end of their way in slot t + l(k) + dwell(p(k))
 *
 * with the model's dwell: what routes do not tell apart, floor and road, is told apart as in warnings. What is committed beside
 * the plan stands at its resource for its dwell, and nothing is known of its way. So, of every place and of the whole,
 *
 *     stock(r, s) = Σ arrived − departed           over slots up to s
 *     Σ entered = Σ stock + Σ bound + Σ ended      of what was released, at the end of every slot
 *
 * Slots from … from + slots − 1; what lies before or behind is left out. Cost: the places of each release's route.
 */
export function plannedFlow(
  model: WarnModel,
  releases: Releases,
  ends: Ends,
  from: number,
  slots: number,
): PlannedFlow {
  const { legs, dwell } = model;
  const resources = dwell.length;
  const table = (rows: number) => new Float64Array(rows * slots);
  const arrived = table(resources);
  const departed = table(resources);
  const entered = table(resources);
  const ended = table(resources);
  const bound = table(resources);
  const over = table(ends.size);
  const add = (to: Float64Array, row: number, slot: number, parcels: number): void => {
    if (row >= 0 && slot >= from && slot < from + slots) to[row * slots + slot - from] += parcels;
  };
  for (let i = 0; i < releases.route.length; i++) {
    const parcels = releases.parcels[i];
    const [first, end] = [
      legs.routeStart[releases.route[i]],
      legs.routeStart[releases.route[i] + 1],
    ];
    for (let k = first; k < end; k++) {
      const place = legs.to[legs.routeLeg[k]];
      const at = releases.slot[i] + legs.routeLag[k];
      const isLast = k + 1 === end;
      const stay = isLast
        ? dwell[place]
        : Math.min(dwell[place], legs.routeLag[k + 1] - legs.routeLag[k]);
      add(arrived, place, at, parcels);
      add(departed, place, at + stay, parcels);
      if (k === first) add(entered, place, at, parcels);
      if (isLast) {
        add(ended, place, at + stay, parcels);
        continue;
      }
      const next = legs.to[legs.routeLeg[k + 1]];
      add(over, ends.find(place, next), at + stay, parcels);
      add(bound, next, at + stay, parcels);
      add(bound, next, releases.slot[i] + legs.routeLag[k + 1], -parcels);
    }
  }
  const { commitments } = model.scenario.resources;
  for (let i = 0; i < commitments.slot.length; i++) {
    const [resource, slot] = [commitments.resource[i], commitments.slot[i]];
    add(arrived, resource, slot, commitments.value[i]);
    add(departed, resource, slot + dwell[resource], commitments.value[i]);
  }
  const stock = arrived.map((parcels, at) => parcels - departed[at]);
  sumUp(stock, slots);
  sumUp(bound, slots);
  return { from, slots, arrived, departed, legs: over, entered, ended, stock, bound };
}

/** Rows become their sums up to each slot. */
function sumUp(values: Float64Array, slots: number): void {
  for (let row = 0; row < values.length; row += slots) {
    for (let at = row + 1; at < row + slots; at++) values[at] += values[at - 1];
  }
}
