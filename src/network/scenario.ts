import type { Names } from './names.js';

/**
 * A scenario in memory: the data of a release planning problem, as read and validated
 * (docs/spec/release-planning.md). Columns are typed arrays on shared memory, so that worker
 * threads read them without a copy. Identifiers are indices into `Names`; every index is valid:
 * a scenario with a fault is never built.
 */
export interface Scenario {
  readonly name: string;
  /** ISO 8601 with offset: the start of slot 0. */
  readonly start: string;
  readonly slotMinutes: number;
  /** T: slots 0 … T−1 of equal length. */
  readonly slots: number;
  /** What a parcel left for the next plan costs beyond its holding, in slots. */
  readonly carryPenalty: number;
  readonly services: readonly Service[];
  readonly resources: Resources;
  readonly pairs: Pairs;
  readonly routes: Routes;
  readonly demand: Demand;
}

/** A class of parcels with one holding cost, c(h) = w·(h + β·max(0, h−P) + γ·h·(h−1)/2). */
export interface Service {
  readonly id: string;
  /** w > 0, per parcel and slot. */
  readonly weight: number;
  /** P ≥ 0, in slots. */
  readonly promise: number;
  /** β ≥ 0. */
  readonly late: number;
  /** γ ≥ 0. */
  readonly growth: number;
}

/** Anything that takes a limited number of parcels per slot. Arrays have one entry a resource. */
export interface Resources {
  readonly ids: Names;
  readonly kind: readonly string[];
  readonly operator: readonly string[];
  readonly region: readonly string[];
  /** Degrees, WGS 84; NaN where the file left it empty. */
  readonly lat: Float64Array;
  readonly lng: Float64Array;
  /** Parcels per slot, where no override says otherwise. */
  readonly capacity: Float64Array;
  /** Parcels it can store; NaN where the file left it empty. */
  readonly floor: Float64Array;
  /** Capacities that replace `capacity` in one slot, sorted by (resource, slot), unique. */
  readonly overrides: SlotValues;
  /** Parcels already on their way or promised, summed, sorted by (resource, slot), unique. */
  readonly commitments: SlotValues;
}

/** One value for some (resource, slot); slot ≥ 0 and may be ≥ T. */
export interface SlotValues {
  readonly resource: Int32Array;
  readonly slot: Int32Array;
  readonly value: Float64Array;
}

/** Distinct (operator, origin, destination) that occur in routes or demand. */
export interface Pairs {
  readonly size: number;
  readonly operators: Names;
  /** Origins and destinations alike. */
  readonly places: Names;
  readonly operator: Int32Array;
  readonly origin: Int32Array;
  readonly destination: Int32Array;
  /** Routes of pair p: routeList[routeStart[p]] … routeList[routeStart[p+1] − 1], in file order. */
  readonly routeStart: Int32Array;
  readonly routeList: Int32Array;
}

export interface Routes {
  readonly ids: Names;
  readonly pair: Int32Array;
  /** In slots of holding, ≥ 0. */
  readonly cost: Float64Array;
  /** Steps of route ρ: indices stepStart[ρ] … stepStart[ρ+1] − 1 of the step columns, by seq. */
  readonly stepStart: Int32Array;
  readonly stepResource: Int32Array;
  readonly stepLag: Int32Array;
  readonly stepSpan: Int32Array;
}

/**
 * Demand with equal keys summed and zeros dropped, sorted by (pair, service, ready slot, shipper):
 * flow f has cohorts cohortStart[f] … cohortStart[f+1] − 1, by rising ready slot; cohort k has rows
 * rowStart[k] … rowStart[k+1] − 1, one a shipper, by rising shipper index.
 */
export interface Demand {
  readonly shippers: Names;
  readonly flowPair: Int32Array;
  /** Index into `services`. */
  readonly flowService: Int32Array;
  readonly cohortStart: Int32Array;
  /** Ready slot s < T; negative for parcels carried over from an earlier plan. */
  readonly cohortSlot: Int16Array;
  readonly rowStart: Int32Array;
  readonly rowShipper: Int32Array;
  /** Parcels > 0. */
  readonly rowParcels: Uint32Array;
  /** Rows in the files that repeated a key and were summed. */
  readonly repeated: number;
}

/** Cost of holding one parcel for h ≥ 0 slots: w·(h + β·max(0, h−P) + γ·h·(h−1)/2). */
export function holdingCost(service: Service, h: number): number {
  const { weight, promise, late, growth } = service;
  return weight * (h + late * Math.max(0, h - promise) + (growth * h * (h - 1)) / 2);
}

/** Cost of carrying a parcel over that became ready in slot s: c(T − s) + w·carryPenalty. */
export function carryCost(scenario: Scenario, service: Service, s: number): number {
  return holdingCost(service, scenario.slots - s) + service.weight * scenario.carryPenalty;
}
