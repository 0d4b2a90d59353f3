import type { PolicyName } from '../policy/policy.js';
import type { StageHours } from './stage-clock.js';

/** What came of one season under one policy and one seed. Slots 0 … slots − 1 unless said otherwise. */
export interface SimulationRun {
  readonly policy: PolicyName;
  readonly seed: number;
  readonly slotMinutes: number;
  /** Simulated: the season's and those until every parcel was delivered, or until none moved any more. */
  readonly slots: number;
  readonly curves: Curves;
  /** Resource of each simulated hub, by rising resource. Hub tables have one row a slot, one column a hub. */
  readonly hubs: Int32Array;
  /** Which hubs are important (docs/maths/world.md#figures): 1 or 0. */
  readonly important: Uint8Array;
  /** Parcels on the floor at the end of the slot: stock[t · hubs + h]. */
  readonly stock: Float32Array;
  /** Parcels in vehicles that wait outside. */
  readonly outside: Float32Array;
  /** Stock above the floor at the end of the slot. */
  readonly overflow: Uint8Array;
  /** Hubs that block each other in a ring, per slot. */
  readonly gridlocked: Uint16Array;
  /** Parcels by slots from ready to delivered; the last entry counts all above. */
  readonly readyToDelivered: Float64Array;
  /** By service, then by origin region: what waited at shippers. */
  readonly holds: readonly HoldsOfGroup[];
  readonly figures: Figures;
  /** Absent where a run was read from files, which do not keep it, or where not all came to an end. */
  readonly stages?: StageHours;
  /** Wall time of planning, s. */
  readonly planSeconds: number;
  /** Wall time of everything else, s. */
  readonly worldSeconds: number;
}

/** Parcels in each slot. */
export interface Curves {
  readonly ready: Float64Array;
  readonly released: Float64Array;
  readonly pickedUp: Float64Array;
  readonly delivered: Float64Array;
}

export interface HoldsOfGroup {
  readonly by: 'service' | 'origin';
  readonly key: string;
  readonly parcels: number;
  readonly meanHours: number;
  readonly p95Hours: number;
}

/** One number each, as docs/maths/world.md#figures defines them. */
export interface Figures {
  /** First no, the network does not stop: hours in which any hubs block each other in a ring. */
  readonly gridlockHours: number;
  /** Second no, no important hub overflows: hours of important hubs with stock above the floor, summed. */
  readonly importantOverflowHours: number;
  /** The same of all hubs. */
  readonly overflowHours: number;
  /** Smooth: mean time from release to delivery over that of the timetable; 1 where nothing is late. */
  readonly smooth: number;
  /** Safe: share of hub-hours with stock at most nine tenths of the floor. */
  readonly safe: number;
  /** Steady: pick-ups of the busiest 24 hours over those of an average 24 hours of the season. */
  readonly steady: number;
  /** From ready to delivered, of what was delivered, h. */
  readonly meanHours: number;
  readonly p95Hours: number;
  /** Share of all ready parcels delivered within 72 hours of ready. */
  readonly within72: number;
  /** From ready to release, h. */
  readonly holdMeanHours: number;
  /** Inequality of the mean hold between origin regions, Gini. */
  readonly holdInequality: number;
  /** From the last slot of demand to 99 % of all parcels delivered, h; NaN if never. */
  readonly recoveryHours: number;
  /** The longest line of vehicles outside hubs, all hubs together, parcels. */
  readonly outsideMost: number;
  readonly ready: number;
  readonly delivered: number;
}
