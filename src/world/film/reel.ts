import type { Scenario } from '../../network/scenario.js';
import type { PolicyName } from '../policy/policy.js';
import { percentFull } from '../simulation/percent-full.js';
import type { Figures, SimulationRun } from '../simulation/run.js';
import type { FilmNetwork } from './film-network.js';

/**
 * One run as a film shows it: a row a slot, for all slots from 0 to `slots` − 1; a table has one column a hub or line-haul of the
 * network, table[t · columns + c]. A few bytes a hub and slot, so that a whole season is sent at once.
 */
export interface Reel {
  readonly policy: PolicyName;
  readonly slots: number;
  /** Stock at the end of the slot, per cent of the floor: above 100 exactly where it overflows; FULL_UNKNOWN without a floor. */
  readonly full: Uint8Array;
  /** Parcels in vehicles that wait outside, per mille of the floor, at most 65535. */
  readonly outside: Uint16Array;
  /** What line-hauls took in the slot, per cent of their capacity, at most 255. */
  readonly load: Uint8Array;
  /** Parcels to which that happened in the slot. */
  readonly ready: Float64Array;
  readonly released: Float64Array;
  readonly pickedUp: Float64Array;
  readonly delivered: Float64Array;
  /** Parcels in all vehicles outside. */
  readonly waiting: Float64Array;
  /** Hubs above their floor; those of them that are important; hubs that block each other in a ring. */
  readonly overflowing: Uint16Array;
  readonly important: Uint16Array;
  readonly gridlocked: Uint16Array;
  /** The run's, once it has ended. */
  readonly figures?: Figures;
}

/** Stands for "no floor is known". */
export const FULL_UNKNOWN = 255;

export type RunSoFar = Pick<
  SimulationRun,
  | 'slots'
  | 'curves'
  | 'hubs'
  | 'important'
  | 'stock'
  | 'outside'
  | 'overflow'
  | 'gridlocked'
  | 'figures'
>;

/**
 * A reel of the first `slots` slots of a run.
 *
 * @param loads what each line-haul took in each slot: loads[t · lanes + l], parcels.
 */
export function reelOf(
  scenario: Scenario,
  network: FilmNetwork,
  policy: PolicyName,
  run: RunSoFar,
  loads: readonly Float32Array[],
  slots: number,
): Omit<Reel, 'figures'> {
  const { floor, capacity } = scenario.resources;
  const { lanes } = network;
  const size = run.hubs.length;
  const full = new Uint8Array(slots * size);
  const outside = new Uint16Array(slots * size);
  const load = new Uint8Array(slots * lanes.resource.length);
  const waiting = new Float64Array(slots);
  const overflowing = new Uint16Array(slots);
  const important = new Uint16Array(slots);
  for (let t = 0; t < slots; t++) {
    for (let h = 0; h < size; h++) {
      const at = t * size + h;
      const most = floor[run.hubs[h]];
      full[at] = shownFull(run.stock[at], most, run.overflow[at]);
      outside[at] = most > 0 ? Math.min(65_535, Math.round((1000 * run.outside[at]) / most)) : 0;
      waiting[t] += run.outside[at];
      overflowing[t] += run.overflow[at];
      important[t] += run.overflow[at] * run.important[h];
    }
    for (let l = 0; l < lanes.resource.length; l++) {
      const most = capacity[lanes.resource[l]];
      const share = most > 0 ? (100 * loads[t][l]) / most : 0;
      load[t * lanes.resource.length + l] = Math.min(255, Math.round(share));
    }
  }
  const { ready, released, pickedUp, delivered } = run.curves;
  return {
    policy,
    slots,
    full,
    outside,
    load,
    ready: ready.slice(0, slots),
    released: released.slice(0, slots),
    pickedUp: pickedUp.slice(0, slots),
    delivered: delivered.slice(0, slots),
    waiting,
    overflowing,
    important,
    gridlocked: run.gridlocked.slice(0, slots),
  };
}

function shownFull(stock: number, floor: number, overflow: number): number {
  if (Number.isNaN(floor)) return FULL_UNKNOWN;
  return Math.min(FULL_UNKNOWN - 1, percentFull(stock, floor, overflow === 1));
}
