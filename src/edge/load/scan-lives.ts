import type { Scenario } from '../../network/scenario.js';
import type { Random } from '../../world/random.js';

/** Scans in the life of a parcel that the load makes: about what a parcel has in the field. */
export const STAGES = 10;

/** A scan of a life; numbers of resources, −1 where there is none. */
export interface Stage {
  readonly kind: string;
  readonly resource: number;
  readonly to: number;
}

/**
 * Lives of parcels over an operator's routes, each of STAGES scans: collected, through hubs, out, delivered. Shorter ways wait at
 * their last place, longer ones pass fewer hubs. Empty where the operator has no route with a place on it.
 */
export function livesOf(
  scenario: Scenario,
  operator: number,
  count: number,
  random: Random,
): Stage[][] {
  const { routes, pairs } = scenario;
  const own: number[] = [];
  for (const [route, pair] of routes.pair.entries()) {
    if (pairs.operator[pair] === operator && placesOf(scenario, route).length > 0) own.push(route);
  }
  if (own.length === 0) return [];
  return Array.from({ length: count }, () => {
    return lifeAlong(placesOf(scenario, own[Math.floor(random.uniform() * own.length)]));
  });
}

function placesOf({ routes, resources }: Scenario, route: number): number[] {
  const steps = routes.stepResource.subarray(routes.stepStart[route], routes.stepStart[route + 1]);
  return [...steps].filter((r) => resources.kind[r] !== 'lane');
}

function lifeAlong(all: readonly number[]): Stage[] {
  const room = Math.floor((STAGES - 1) / 2);
  const places = all.length > room ? [...all.slice(0, room - 1), all[all.length - 1]] : all;
  const last = places[places.length - 1];
  const stages: Stage[] = [];
  for (const [i, resource] of places.entries()) {
    stages.push({ kind: i === 0 ? 'accepted' : 'arrived', resource, to: -1 });
    if (resource !== last) stages.push({ kind: 'departed', resource, to: places[i + 1] });
  }
  while (stages.length < STAGES - 2) stages.push({ kind: 'held', resource: last, to: -1 });
  if (stages.length < STAGES - 1) stages.push({ kind: 'out', resource: last, to: -1 });
  return [...stages, { kind: 'delivered', resource: last, to: -1 }];
}
