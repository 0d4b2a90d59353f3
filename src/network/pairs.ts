import { Names } from './names.js';
import type { Ends } from './read-routes.js';
import type { Pairs } from './scenario.js';
import { sharedCopy, sharedInts, startsOf } from './shared.js';

/** Pairs, and the pair of each route and of each flow. */
export interface NumberedPairs {
  readonly pairs: Pairs;
  readonly ofRoutes: Int32Array;
  readonly ofFlows: Int32Array;
}

/**
 * Numbers the distinct (operator, origin, destination) of routes and flows by rising operator, origin
 * and destination. Operators and places are numbered by first appearance, column by column: those of
 * the routes, then those of the flows; so CSV and Parquet files give the same numbers.
 */
export function numberPairs(routes: Ends, flows: Ends): NumberedPairs {
  const operators = merged([routes.operators, flows.operators]);
  const places = merged([routes.origins, routes.destinations, flows.origins, flows.destinations]);
  const size = places.names.size;
  if (operators.names.size * size * size > Number.MAX_SAFE_INTEGER) {
    throw new RangeError('too many places to number their pairs');
  }
  const keysOf = (ends: Ends, operator: Int32Array, from: Int32Array, to: Int32Array) =>
    Float64Array.from(
      ends.operator,
      (_, i) =>
        (operator[ends.operator[i]] * size + from[ends.origin[i]]) * size + to[ends.destination[i]],
    );
  const routeKeys = keysOf(routes, operators.maps[0], places.maps[0], places.maps[1]);
  const flowKeys = keysOf(flows, operators.maps[1], places.maps[2], places.maps[3]);
  const keys = distinct(routeKeys, flowKeys);
  const numbers = new Map<number, number>();
  keys.forEach((key, pair) => numbers.set(key, pair));
  const ofRoutes = sharedCopy(Int32Array.from(routeKeys, (key) => numbers.get(key) ?? -1));
  const ofFlows = Int32Array.from(flowKeys, (key) => numbers.get(key) ?? -1);
  const pairs = {
    size: keys.length,
    operators: operators.names,
    places: places.names,
    operator: sharedCopy(keys.map((key) => Math.floor(key / size / size))),
    origin: sharedCopy(keys.map((key) => Math.floor(key / size) % size)),
    destination: sharedCopy(keys.map((key) => key % size)),
    ...routesOf(ofRoutes, keys.length),
  };
  return { pairs, ofRoutes, ofFlows };
}

/** One table of all names, in order, and the number in it of each name of each table. */
function merged(tables: readonly Names[]): { names: Names; maps: Int32Array[] } {
  const names = new Names();
  const maps = tables.map((table) =>
    Int32Array.from({ length: table.size }, (_, i) =>
      names.intern(table.bytes, table.offset[i], table.offset[i + 1]),
    ),
  );
  return { names, maps };
}

/** The distinct values of both, rising. */
function distinct(a: Float64Array, b: Float64Array): Float64Array {
  const all = new Set(a);
  for (const key of b) all.add(key);
  return Float64Array.from(all).toSorted();
}

/** The routes of each pair, in the order of the file. */
function routesOf(ofRoutes: Int32Array, pairs: number): Pick<Pairs, 'routeStart' | 'routeList'> {
  const counts = new Int32Array(pairs);
  for (const pair of ofRoutes) counts[pair] += 1;
  const routeStart = startsOf(counts);
  const next = routeStart.slice();
  const routeList = sharedInts(ofRoutes.length);
  ofRoutes.forEach((pair, route) => {
    routeList[next[pair]++] = route;
  });
  return { routeStart, routeList };
}
