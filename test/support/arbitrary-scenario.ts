import * as fc from 'fast-check';
import { scenarioFrom, type World, type WorldRoute } from './scenario-from.js';

/**
 * Small random worlds that hold every corner of the data at once: capacities of 0, overrides and
 * commitments also at slots ≥ T, pairs without routes, lags that do not rise, spans > 1, a resource
 * twice on a route, routes that cost and routes that do not, resources shared between operators,
 * several shippers to a cohort, parcels carried from before, demand light and heavy. They shrink.
 */
export const arbitraryWorld: fc.Arbitrary<World> = fc
  .record({
    slots: fc.integer({ min: 1, max: 8 }),
    resources: fc.integer({ min: 1, max: 6 }),
    services: fc.integer({ min: 1, max: 3 }),
    heavy: fc.boolean(),
  })
  .chain(({ slots, resources, services, heavy }) => {
    const resource = fc.nat(resources - 1).map((r) => `r${r}`);
    const late = fc.integer({ min: 0, max: slots + 6 });
    return fc.record({
      slots: fc.constant(slots),
      carryPenalty: fc.constantFrom(24, 0, 2.5),
      services: fc.tuple(...range(services).map((s) => arbitraryService(`s${s}`))),
      resources: fc.tuple(...range(resources).map((r) => arbitraryResource(`r${r}`))),
      capacity: fc.uniqueArray(fc.record({ resource, slot: late, capacity: fc.nat(10) }), {
        maxLength: 6,
        selector: (c) => `${c.resource}/${c.slot}`,
      }),
      committed: fc.array(fc.record({ resource, slot: late, parcels: fc.nat(8) }), {
        maxLength: 5,
      }),
      traffic: arbitraryTraffic(resource, { slots, services, heavy }),
    });
  })
  .map(({ traffic, ...world }) => ({ ...world, ...traffic }));

/** The scenarios of `arbitraryWorld`. */
export const arbitraryScenario = arbitraryWorld.map(scenarioFrom);

function arbitraryService(id: string) {
  return fc.record({
    id: fc.constant(id),
    weight: fc.constantFrom(1, 0.5, 1.7, 3.25),
    promise: fc.constantFrom(0, 1, 2.5, 4),
    late: fc.constantFrom(0, 0.75, 2),
    growth: fc.constantFrom(0, 0.1, 0.5),
  });
}

function arbitraryResource(id: string) {
  return fc.record({
    id: fc.constant(id),
    capacity: fc.oneof({ weight: 6, arbitrary: fc.nat(15) }, fc.constant(0)),
    kind: fc.constantFrom('hub', 'pickup', 'delivery', 'lane'),
    region: fc.constantFrom('330100', '440300', 'east'),
  });
}

/** Routes and demand of 1 to 4 pairs; some pairs have no route. */
function arbitraryTraffic(
  resource: fc.Arbitrary<string>,
  size: { slots: number; services: number; heavy: boolean },
): fc.Arbitrary<Pick<World, 'routes' | 'demand'>> {
  const pair = fc.record({
    operator: fc.constantFrom('o0', 'o1'),
    origin: fc.constantFrom('330100', '440300', 'east'),
    destination: fc.constantFrom('330100', '110100', 'west'),
    routes: fc.array(
      fc.record({
        cost: fc.constantFrom(0, 0, 0.4, 3),
        steps: fc.array(arbitraryStep(resource), { minLength: 1, maxLength: 4 }),
      }),
      { maxLength: 3 },
    ),
    demand: fc.array(
      fc.record({
        shipper: fc.constantFrom('m0', 'm1', 'm2', 'm3'),
        service: fc.nat(size.services - 1).map((s) => `s${s}`),
        slot: fc.integer({ min: -3, max: size.slots - 1 }),
        parcels: fc.nat(size.heavy ? 40 : 4),
      }),
      { minLength: 1, maxLength: 8 },
    ),
  });
  const distinct = { selector: (p: Ends) => `${p.operator}/${p.origin}/${p.destination}` };
  return fc.uniqueArray(pair, { minLength: 1, maxLength: 4, ...distinct }).map((pairs) => ({
    routes: pairs.flatMap((p, i): WorldRoute[] =>
      p.routes.map((route, j) => ({ ...ends(p), id: `p${i}-${j}`, ...route })),
    ),
    demand: pairs.flatMap((p) => p.demand.map((d) => ({ ...ends(p), ...d }))),
  }));
}

function arbitraryStep(resource: fc.Arbitrary<string>) {
  return fc.record({
    resource,
    lag: fc.nat(4),
    span: fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, fc.integer({ min: 2, max: 3 })),
  });
}

interface Ends {
  readonly operator: string;
  readonly origin: string;
  readonly destination: string;
}

function ends({ operator, origin, destination }: Ends): Ends {
  return { operator, origin, destination };
}

function range(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}
