import type { Scenario } from '../network/scenario.js';

/** Ways around each resource with a floor, for the parcels that pass it; one entry a resource. */
export interface Detours {
  /** Share of them that has another route of its pair without it. */
  readonly share: Float64Array;
  /** What the cheapest such route costs more, in slots of holding, mean. */
  readonly cost: Float64Array;
  /** The resource with a floor that most of them would pass instead; −1 where there is none. */
  readonly by: Int32Array;
}

/** `routeParcels` as in legsOf. Cost: the steps of all routes of a pair, for each hub on each route that is used. */
export function detoursOf(
  scenario: Scenario,
  routeParcels: Float64Array,
  floor: Float64Array,
): Detours {
  const { routes, resources } = scenario;
  const size = floor.length;
  const all = new Float64Array(size);
  const share = new Float64Array(size);
  const cost = new Float64Array(size);
  const instead = new Map<number, Map<number, number>>();
  for (let route = 0; route < routes.pair.length; route++) {
    const parcels = routeParcels[route];
    if (!(parcels > 0)) continue;
    const hubs = hubsOf(scenario, floor, route);
    for (const hub of hubs) {
      all[hub] += parcels;
      const other = cheapestWithout(scenario, routes.pair[route], hub);
      if (other < 0) continue;
      share[hub] += parcels;
      cost[hub] += parcels * Math.max(0, routes.cost[other] - routes.cost[route]);
      const others = instead.get(hub) ?? new Map<number, number>();
      instead.set(hub, others);
      for (const r of hubsOf(scenario, floor, other)) {
        if (!hubs.has(r)) others.set(r, (others.get(r) ?? 0) + parcels);
      }
    }
  }
  const by = new Int32Array(size).fill(-1);
  for (const [hub, others] of instead) by[hub] = most(others, (r) => resources.ids.get(r));
  for (let r = 0; r < size; r++) {
    if (share[r] > 0) cost[r] /= share[r];
    if (all[r] > 0) share[r] /= all[r];
  }
  return { share, cost, by };
}

function hubsOf({ routes }: Scenario, floor: Float64Array, route: number): Set<number> {
  const hubs = new Set<number>();
  for (let i = routes.stepStart[route]; i < routes.stepStart[route + 1]; i++) {
    if (floor[routes.stepResource[i]] < Infinity) hubs.add(routes.stepResource[i]);
  }
  return hubs;
}

function cheapestWithout({ routes, pairs }: Scenario, pair: number, resource: number): number {
  let best = -1;
  for (let i = pairs.routeStart[pair]; i < pairs.routeStart[pair + 1]; i++) {
    const route = pairs.routeList[i];
    if (best >= 0 && routes.cost[route] >= routes.cost[best]) continue;
    const steps = routes.stepResource.subarray(
      routes.stepStart[route],
      routes.stepStart[route + 1],
    );
    if (!steps.includes(resource)) best = route;
  }
  return best;
}

/** The greatest; of equal ones the first by name. */
function most(parcels: ReadonlyMap<number, number>, name: (r: number) => string): number {
  let best = -1;
  for (const [r, n] of parcels) {
    const more = best < 0 ? 1 : n - (parcels.get(best) ?? 0);
    if (more > 0 || (more === 0 && name(r) < name(best))) best = r;
  }
  return best;
}
