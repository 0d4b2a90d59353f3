import type { Scenario } from '../../network/scenario.js';

/** The policies that can be compared, in the order of their tables. */
export const POLICIES = ['at-once', 'throttle', 'first-served', 'plan', 'foresight'] as const;
export type PolicyName = (typeof POLICIES)[number];

/**
 * Decides in every slot who is released. All policies come through the same door and see the same: what
 * was declared and forecast, who waits, and what scans tell of the network.
 */
export interface ReleasePolicy {
  readonly name: PolicyName;
  /**
   * Called once a slot, in order, until every parcel has been released. Slots after T come too; those in which
   * nothing waits may be passed over.
   */
  decide(door: Door): void | Promise<void>;
}

/** The door between shippers and the network, in one slot. */
export interface Door {
  /** Now. */
  readonly slot: number;
  /** The season as declared and forecast: capacities with their announced overrides, routes, expected demand. */
  readonly scenario: Scenario;
  /** Parcels that wait at the shippers, per flow of the scenario's demand, those ready in this slot among them. */
  readonly waiting: Float64Array;
  /** Visits what waits by flow and ready slot (negative for carried over), oldest first in each flow. */
  eachWaiting(visit: (flow: number, readySlot: number, parcels: number) => void): void;
  /** Parcels at each resource by its scans: late and missing ones make it wrong. */
  readonly seenStock: Float64Array;
  /** Those of them that wait for the resource, in its queue or in vehicles outside. */
  readonly seenQueue: Float64Array;
  /**
   * Share of its declared capacity that each resource was lately seen to take while it had a queue;
   * 1 where it had none.
   */
  readonly seenRate: Float64Array;
  /** What parcels already in the network will still load if nothing delays them further; the scenario's commitments apart. */
  due(): DueTable;
  /** Lets so many parcels of a flow go now, the longest waiting first. At most what waits. */
  release(flow: number, route: number, parcels: number): void;
}

/** Parcels that will load resource r in slot `from` + i: values[r · slots + i]. What queues counts at i = 0. */
export interface DueTable {
  readonly from: number;
  readonly slots: number;
  readonly values: Float64Array;
}

/** What really happens, told before it does: for the policy with perfect foresight only. */
export interface Truth {
  /** Parcels that become ready, per cohort of the scenario's demand. */
  readonly cohortParcels: Int32Array;
  /** What a resource really takes in slot t of the season, parcels. */
  capacityAt(resource: number, t: number): number;
}
