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
  arrivalSpread: 0.15,
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
  readonly hops: Hops;
  readonly detours: Detours;
}

/**
 * Ways from a departure to the next arrival, line-hauls passed: entries start[r] … start[r+1] − 1 lead to resource r;
 * `leg` is the last of it, `time` slots after the departure, `share` of all that departs from `from`.
 */
export interface Hops {
  readonly start: Int32Array;
  readonly from: Int32Array;
  readonly leg: Int32Array;
  readonly time: Int32Array;
  readonly share: Float64Array;
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
    hops: hopsOf(scenario, legs, dwell),
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

function hopsOf({ resources }: Scenario, legs: Legs, dwell: Int32Array): Hops {
  const left = new Float64Array(dwell.length);
  for (let l = 0; l < legs.size; l++) left[legs.to[l]] += legs.parcels[l];
  const hops: { to: number; from: number; leg: number; time: number; share: number }[] = [];
  const walk = (from: number, leg: number, time: number, share: number): void => {
    const to = legs.to[leg];
    if (resources.kind[to] !== 'lane') {
      hops.push({ to, from, leg, time, share });
      return;
    }
    for (let i = legs.nextStart[leg]; i < legs.nextStart[leg + 1]; i++) {
      const next = legs.nextLeg[i];
      walk(from, next, time + legs.time[next], share * legs.nextShare[i]);
    }
  };
  for (let l = 0; l < legs.size; l++) {
    const from = legs.from[l];
    if (from === ENTRY || resources.kind[from] === 'lane') continue;
    walk(from, l, legs.time[l] - dwell[from], legs.parcels[l] / left[from]);
  }
  hops.sort((a, b) => a.to - b.to);
  const start = new Int32Array(dwell.length + 1);
  for (const { to } of hops) start[to + 1] += 1;
  for (let r = 0; r < dwell.length; r++) start[r + 1] += start[r];
  return {
    start,
    from: Int32Array.from(hops, (hop) => hop.from),
    leg: Int32Array.from(hops, (hop) => hop.leg),
    time: Int32Array.from(hops, (hop) => hop.time),
    share: Float64Array.from(hops, (hop) => hop.share),
  };
}
