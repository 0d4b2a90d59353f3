import type { Scenario } from '../../network/scenario.js';

/** The routes of each pair as tickets number them: by rising cost, ties as in the files. */
export interface PairWays {
  /** Way w of pair p is route route[start[p] + w], if that is below start[p + 1]. */
  readonly start: Int32Array;
  readonly route: Int32Array;
}

export function pairWays({ pairs, routes }: Scenario): PairWays {
  const route = Int32Array.from(pairs.routeList);
  for (let p = 0; p < pairs.size; p++) {
    const list = Array.from(route.subarray(pairs.routeStart[p], pairs.routeStart[p + 1]));
    const sorted = list.map((id, place) => ({ id, place, cost: routes.cost[id] }));
    sorted.sort((a, b) => a.cost - b.cost || a.id - b.id || a.place - b.place);
    sorted.forEach(({ id }, w) => {
      route[pairs.routeStart[p] + w] = id;
    });
  }
  return { start: pairs.routeStart, route };
}
