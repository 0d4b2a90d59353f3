import type { Scenario } from '../network/scenario.js';
import { type Detours, detoursOf } from './detours.js';
import { cheapestRouteParcels, ENTRY, type Legs, legsOf } from './legs.js';

/** What the projection takes for granted (docs/maths/warn.md#assumed). Times in hours. */
export interface Assumptions {
  /** How far it looks. Overflows build up within half a day to a day; beyond, the plan says more than the stock. */
  readonly horizonHours: number;
  /** On a floor from sorting until departure. */
  readonly dwellHours: number;
  /** What places without a floor, pickups above all, take for hours on end over what they declare: hands and vans are hired. */
  readonly surge: number;
  /** Spread of a day's volume around its plan, and of what is sorted around what is declared, before any is seen. */
  readonly volumeSpread: number;
  readonly paceSpread: number;
  /** Spread of a slot's arrivals around the expected: vehicles come early and late. */
  readonly arrivalSpread: number;
  /** What was lately seen of pace and volume counts half after so many hours, back and ahead. */
  readonly halfLifeHours: number;
}

export const ASSUMED: Assumptions = {
  horizonHours: 24,
  dwellHours: 2,
  surge: 2,
  volumeSpread: 0.06,
  paceSpread: 0.04,
  arrivalSpread: 0.35,
  halfLifeHours: 8,
};

/** A scenario as warnings see it. */
export interface WarnModel {
  readonly scenario: Scenario;
  readonly assumed: Assumptions;
  readonly legs: Legs;
  /** Slots ahead. */
  readonly horizon: number;
  readonly slotHours: number;
  /** Parcels; Infinity where a resource has no floor. */
  readonly floor: Float64Array;
  /** Slots on the floor behind sorting, per resource. */
  readonly dwell: Int32Array;
  /** Resources with a floor, rising. */
  readonly hubs: Int32Array;
  readonly detours: Detours;
}

/** `routeParcels`: what goes over each route, from a plan; else all takes its cheapest. */
export function warnModel(
  scenario: Scenario,
  routeParcels = cheapestRouteParcels(scenario),
  assumed = ASSUMED,
): WarnModel {
  const slotHours = scenario.slotMinutes / 60;
  const legs = legsOf(scenario, routeParcels);
  const floor = scenario.resources.floor.map((n) => (n > 0 ? n : Infinity));
  const dwell = dwellOf(legs, floor, Math.round(assumed.dwellHours / slotHours));
  return {
    scenario,
    assumed,
    legs,
    horizon: Math.max(1, Math.round(assumed.horizonHours / slotHours)),
    slotHours,
    floor,
    dwell,
    hubs: Int32Array.from(floor.keys()).filter((r) => floor[r] < Infinity),
    detours: detoursOf(scenario, routeParcels, floor),
  };
}

/** No longer than until parcels load the next resource of any route. */
function dwellOf(legs: Legs, floor: Float64Array, slots: number): Int32Array {
  const dwell = Int32Array.from(floor, (n) => (n < Infinity ? slots : 0));
  for (let l = 0; l < legs.size; l++) {
    const from = legs.from[l];
    if (from !== ENTRY) dwell[from] = Math.min(dwell[from], legs.time[l]);
  }
  return dwell;
}
