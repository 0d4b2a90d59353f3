import type { PlanClock } from '../../plan/plan.js';
import type { PolicyName } from '../policy/policy.js';

/**
 * The physics of the simulated network (docs/maths/world.md#parameters). All of it modelled; times in
 * hours, so that they hold for slots of any length.
 */
export interface WorldParameters {
  /** What operators that chase volume collect in a slot, over what their pickup is rated for. */
  readonly collectSurge: number;
  /** On the hub's floor from the gate of sorting until loaded. */
  readonly processHours: number;
  /** Share of its rate that an overfull hub loses. */
  readonly capacityDrop: number;
  /** Share of the floor from which a hub begins to work slower; the whole drop is reached at the floor. */
  readonly crowdedFrom: number;
  /** Parcels of one vehicle. */
  readonly vehicleParcels: number;
  /** A hub's vehicles over what its rated flow needs for there and back. */
  readonly fleetHeadroom: number;
  /** Vehicles that a hub without any can hire in an hour, as a share of its rated flow. */
  readonly hire: number;
  /** Local hours in which couriers set out: [from, until). */
  readonly shift: readonly [from: number, until: number];
  /** What a parcel waits at the outlet on average when nothing is late: part of the routes' last lag. */
  readonly outletWaitHours: number;
  /** From setting out to the door, or back from one where nobody was. */
  readonly roundHours: number;
  /** Share of parcels whose recipients agreed to a station or locker. */
  readonly lockerShare: number;
  /** A courier's time for such a parcel, over that for one to the door. */
  readonly lockerEffort: number;
  /** Parcels that stations and lockers hold, over what couriers can place there in a day. */
  readonly lockerRoom: number;
  /** Hours until half of the parcels in stations and lockers are collected. */
  readonly lockerHalfHours: number;
  /** Share of first deliveries to the door that fail and come again the next day. */
  readonly failedShare: number;
}

export const WORLD: WorldParameters = {
  collectSurge: 2,
  processHours: 2,
  capacityDrop: 0.35,
  crowdedFrom: 0.9,
  vehicleParcels: 10_000,
  fleetHeadroom: 1.3,
  hire: 0.02,
  shift: [8, 20],
  outletWaitHours: 3,
  roundHours: 2.2,
  lockerShare: 0.4,
  lockerEffort: 0.5,
  lockerRoom: 1.5,
  lockerHalfHours: 8,
  failedShare: 0.06,
};

/** Spreads of what nobody could know, one a stream of chance (docs/maths/world.md#surprises). */
export interface Surprises {
  /** Demand of a day against the forecast: spread of an origin's factor; that common to all has half of it. */
  readonly demand: number;
  /** Travel times: spread of a departure's time on the road. */
  readonly travel: number;
  /** What a hub sorts in an hour: spread around its rate, lasting some ten hours. */
  readonly service: number;
  /** Couriers and sorters who do not come: mean share on a day. */
  readonly absence: number;
  /** Stoppages without notice: chance of one a resource and day. */
  readonly closures: number;
  /** Scans: share that comes an hour or more late; a third as many never come. */
  readonly scans: number;
}

export const SURPRISES = ['demand', 'travel', 'service', 'absence', 'closures', 'scans'] as const;

/** The surprises of an ordinary day in the season: modelled. */
export const ORDINARY: Surprises = {
  demand: 0.06,
  travel: 0.08,
  service: 0.04,
  absence: 0.03,
  closures: 0.02,
  scans: 0.03,
};

export const NO_SURPRISE: Surprises = {
  demand: 0,
  travel: 0,
  service: 0,
  absence: 0,
  closures: 0,
  scans: 0,
};

/** The most that a stream may be: beyond it a factor would not be one, a share not a share. */
export const SURPRISE_MOST: Surprises = {
  demand: 0.5,
  travel: 0.5,
  service: 0.3,
  absence: 0.5,
  closures: 1,
  scans: 0.75,
};

/** How the two policies that plan do it. */
export interface PlannerOptions {
  readonly gap: number;
  readonly threads: number;
  /** Share of the hubs' capacity that a plan leaves free. */
  readonly reserve: number;
  /** Hours between plans, each made from what is known then. */
  readonly replanHours: number;
  /** Hours that a plan looks ahead. */
  readonly horizonHours: number;
}

export const PLANNER: Omit<PlannerOptions, 'threads'> = {
  gap: 5e-3,
  reserve: 0,
  replanHours: 24,
  horizonHours: 72,
};

export interface SimulationOptions {
  readonly policy: PolicyName;
  readonly seed: number;
  readonly surprises: Surprises;
  readonly world: WorldParameters;
  readonly planner: PlannerOptions;
  readonly clock: PlanClock;
  readonly onProgress?: (progress: SimulationProgress) => void;
  /** Aborted, the simulation throws the signal's reason. */
  readonly signal?: AbortSignal;
}

export interface SimulationProgress {
  /** Slots simulated. */
  readonly slot: number;
  /** Slots of the season; it is simulated further until every parcel is delivered. */
  readonly slots: number;
  readonly ready: number;
  readonly delivered: number;
  /** Plans made so far. */
  readonly plans: number;
}
