import type { Scenario } from '../../network/scenario.js';

/** Where parcels enter the network: resources with which routes begin, and whose parcels enter there. */
export interface Entrances {
  /** Rising. */
  readonly resources: Int32Array;
  /** Of each: pairs, one for each operator and origin that enters there. */
  readonly pairs: readonly (readonly number[])[];
}

export function entrancesOf({ pairs, routes }: Scenario): Entrances {
  const places = pairs.places.size;
  const entering = new Map<number, Map<number, number>>();
  for (let route = 0; route < routes.pair.length; route++) {
    const first = routes.stepStart[route];
    if (first === routes.stepStart[route + 1]) continue;
    const resource = routes.stepResource[first];
    const pair = routes.pair[route];
    const by = entering.get(resource) ?? new Map<number, number>();
    entering.set(resource, by);
    const who = pairs.operator[pair] * places + pairs.origin[pair];
    if (!by.has(who)) by.set(who, pair);
  }
  const resources = Int32Array.from(entering.keys()).toSorted();
  return {
    resources,
    pairs: Array.from(resources, (r) => [...(entering.get(r)?.values() ?? [])]),
  };
}
