import type { Scenario } from '../network/scenario.js';

/**
 * Which shard of the gate owns each resource and each pair: the smallest sets of resources such that every
 * route of every pair stays inside one. A ticket is then one shard's decision, and no two shards ever count
 * the same capacity. Operators that share no resource have shards of their own; those that share one, over
 * whatever chain, have one together. Shards are numbered by their first resource; a pair without a route
 * belongs to none, −1.
 */
export interface Shards {
  readonly count: number;
  readonly ofResource: Int32Array;
  readonly ofPair: Int32Array;
}

export function shardsOf({ resources, routes, pairs }: Scenario): Shards {
  const { stepStart, stepResource } = routes;
  const parent = Int32Array.from(resources.capacity, (_, r) => r);
  const root = (start: number): number => {
    let r = start;
    while (parent[r] !== r) r = parent[r] = parent[parent[r]];
    return r;
  };
  const join = (a: number, b: number): void => {
    const [low, high] = [root(a), root(b)].toSorted((x, y) => x - y);
    parent[high] = low;
  };
  for (let p = 0; p < pairs.size; p++) {
    eachResource(p, (r, first) => join(r, first));
  }
  const number = new Map<number, number>();
  const ofResource = Int32Array.from(parent, (_, r) => {
    if (!number.has(root(r))) number.set(root(r), number.size);
    return number.get(root(r)) ?? -1;
  });
  const ofPair = new Int32Array(pairs.size).fill(-1);
  for (let p = 0; p < pairs.size; p++) {
    eachResource(p, (r) => {
      ofPair[p] = ofResource[r];
    });
  }
  return { count: number.size, ofResource, ofPair };

  /** Visits the resources of a pair's routes, with the first of them. */
  function eachResource(p: number, visit: (r: number, first: number) => void): void {
    let first = -1;
    for (let i = pairs.routeStart[p]; i < pairs.routeStart[p + 1]; i++) {
      const route = pairs.routeList[i];
      for (let step = stepStart[route]; step < stepStart[route + 1]; step++) {
        if (first < 0) first = stepResource[step];
        visit(stepResource[step], first);
      }
    }
  }
}
