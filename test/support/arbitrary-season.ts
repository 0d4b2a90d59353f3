import * as fc from 'fast-check';
import type { Scenario } from '../../src/network/scenario.js';
import type { Door } from '../../src/world/policy/policy.js';
import { SURPRISE_MOST, type Surprises } from '../../src/world/simulation/options.js';
import { arbitraryWorld } from './arbitrary-scenario.js';
import type { World } from './scenario-from.js';

/**
 * The worlds of `arbitraryWorld` with what only a simulated season looks at: slots of other lengths, kinds
 * of every role and one that is unknown, several line-hauls in a row, floors from none to narrow. All
 * steps at a resource have one span.
 */
export const arbitrarySeason: fc.Arbitrary<World> = fc
  .record({
    world: arbitraryWorld,
    slotMinutes: fc.constantFrom(60, 15, 1440),
    resources: fc.tuple(...Array.from({ length: 6 }, arbitraryPlace)),
  })
  .map(({ world, slotMinutes, resources }) => {
    const spanOf = new Map(world.resources.map(({ id }, r) => [id, resources[r].span]));
    return {
      ...world,
      slotMinutes,
      resources: world.resources.map((resource, r) => {
        const { kind, floor } = resources[r];
        return { ...resource, kind, ...(floor === undefined ? {} : { floor }) };
      }),
      routes: world.routes.map((route) => ({
        ...route,
        steps: route.steps.map((step) => ({ ...step, span: spanOf.get(step.resource) ?? 1 })),
      })),
    };
  });

/** Numbers for a test's own choices, taken one after another and over again. */
export const arbitraryDraws = fc.array(fc.nat(999), { minLength: 1, maxLength: 12 });

export function drawnFrom(draws: readonly number[]): (below: number) => number {
  let i = 0;
  return (below) => draws[i++ % draws.length] % below;
}

function arbitraryPlace() {
  return fc.record({
    kind: fc.constantFrom(
      'hub',
      'hub',
      'hub',
      'lane',
      'lane',
      'pickup',
      'delivery',
      'locker',
      'customs',
    ),
    span: fc.constantFrom(1, 1, 2, 3),
    floor: fc.constantFrom(undefined, 0, 4, 12),
  });
}

/** The same world where nothing is ever short: capacities that nothing here can fill, no closed floors. */
export function withAmpleRoom(world: World): World {
  return {
    ...world,
    capacity: [],
    committed: [],
    resources: withoutFloors(world).resources.map((r) => ({ ...r, capacity: 1e6 })),
  };
}

export function withoutFloors(world: World): World {
  return { ...world, resources: world.resources.map((r) => ({ ...r, floor: Number.NaN })) };
}

/** Some of what waits, over any route. */
export function releaseAny(door: Door, drawn: (below: number) => number): void {
  const { demand, pairs } = door.scenario;
  for (let f = 0; f < door.waiting.length; f++) {
    const pair = demand.flowPair[f];
    const routes = pairs.routeList.subarray(pairs.routeStart[pair], pairs.routeStart[pair + 1]);
    const parcels = drawn(door.waiting[f] + 1);
    if (routes.length > 0) door.release(f, routes[drawn(routes.length)], parcels);
  }
}

/** The span of the steps at each resource. */
export function spansOf({ routes, resources }: Scenario): Int32Array {
  const span = new Int32Array(resources.capacity.length).fill(1);
  routes.stepResource.forEach((r, i) => (span[r] = routes.stepSpan[i]));
  return span;
}

/** Something of everything that nobody could know, at its most, or nothing. */
export const arbitrarySurprises: fc.Arbitrary<Surprises> = fc.record({
  demand: fc.constantFrom(0, 0.2, SURPRISE_MOST.demand),
  travel: fc.constantFrom(0, 0.1, SURPRISE_MOST.travel),
  service: fc.constantFrom(0, 0.1, SURPRISE_MOST.service),
  absence: fc.constantFrom(0, 0.1, SURPRISE_MOST.absence),
  closures: fc.constantFrom(0, 0.2, SURPRISE_MOST.closures),
  scans: fc.constantFrom(0, 0.1, SURPRISE_MOST.scans),
});
