import type { Scenario } from '../network/scenario.js';

/** No place: before a route's first. */
export const ENTRY = -1;
/** A leg over no line-haul. */
export const NO_LANE = -1;

/**
 * Routes summed up. A _place_ is a resource other than a line-haul; a _leg_ leads from a place of a route to the next, by
 * rising lag, or from ENTRY to its first. Parcels that came over leg l go on over leg m with the share
 *
 *     next(l, m) = parcels on routes with m right behind l / parcels on routes with l,
 *
 * so that what came from one place goes on as routes from there do. Of leg l: entries nextStart[l] … nextStart[l+1] − 1;
 * what is missing to 1 has come to its end. Legs into place r: inList[inStart[r]] ….
 */
export interface Legs {
  readonly size: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Slots between the loads of its two places; of legs from ENTRY, from the release. */
  readonly time: Int32Array;
  /** The first line-haul on it, or NO_LANE. */
  readonly lane: Int32Array;
  /** Parcels that usually go over it. */
  readonly parcels: Float64Array;
  readonly nextStart: Int32Array;
  readonly nextLeg: Int32Array;
  readonly nextShare: Float64Array;
  readonly inStart: Int32Array;
  readonly inList: Int32Array;
  /** Legs of route ρ: routeLeg[routeStart[ρ]] …, with the lag at their ends. */
  readonly routeStart: Int32Array;
  readonly routeLeg: Int32Array;
  readonly routeLag: Int32Array;
}

/** Parcels for which a route counts that usually has none: it may be used in an emergency. */
const UNUSED = 1e-6;

/** `routeParcels`: how many parcels usually go over each route. Cost: a look-up a route step. */
export function legsOf(scenario: Scenario, routeParcels: Float64Array): Legs {
  const { routes, resources } = scenario;
  const table = new LegTable(resources.capacity.length);
  const routeStart = new Int32Array(routes.pair.length + 1);
  const routeLeg: number[] = [];
  const routeLag: number[] = [];
  for (let route = 0; route < routes.pair.length; route++) {
    const parcels = Math.max(UNUSED, routeParcels[route]);
    let [from, lag, before, lane] = [ENTRY, 0, -1, NO_LANE];
    for (const step of stepsByLag(scenario, route)) {
      const to = routes.stepResource[step];
      if (resources.kind[to] === 'lane') {
        if (lane === NO_LANE) lane = to;
        continue;
      }
      const leg = table.leg(from, to, routes.stepLag[step] - lag, lane);
      table.add(before, leg, parcels);
      [from, lag, before, lane] = [to, routes.stepLag[step], leg, NO_LANE];
      routeLeg.push(leg);
      routeLag.push(lag);
    }
    routeStart[route + 1] = routeLeg.length;
  }
  return {
    ...table.legs(),
    routeStart,
    routeLeg: Int32Array.from(routeLeg),
    routeLag: Int32Array.from(routeLag),
  };
}

function stepsByLag({ routes }: Scenario, route: number): number[] {
  const from = routes.stepStart[route];
  const steps = Array.from({ length: routes.stepStart[route + 1] - from }, (_, i) => from + i);
  return steps.toSorted((a, b) => routes.stepLag[a] - routes.stepLag[b] || a - b);
}

/** What goes over each route when all expected demand takes its cheapest, the first of equal ones. */
export function cheapestRouteParcels({ pairs, routes, demand }: Scenario): Float64Array {
  const perPair = new Float64Array(pairs.size);
  for (let f = 0; f < demand.flowPair.length; f++) {
    const from = demand.rowStart[demand.cohortStart[f]];
    const until = demand.rowStart[demand.cohortStart[f + 1]];
    for (let i = from; i < until; i++) perPair[demand.flowPair[f]] += demand.rowParcels[i];
  }
  const parcels = new Float64Array(routes.pair.length);
  for (let p = 0; p < pairs.size; p++) {
    let best = -1;
    for (let i = pairs.routeStart[p]; i < pairs.routeStart[p + 1]; i++) {
      const route = pairs.routeList[i];
      if (best < 0 || routes.cost[route] < routes.cost[best]) best = route;
    }
    if (best >= 0) parcels[best] = perPair[p];
  }
  return parcels;
}

class LegTable {
  readonly #ids = new Map<string, number>();
  readonly #from: number[] = [];
  readonly #to: number[] = [];
  readonly #time: number[] = [];
  readonly #lane: number[] = [];
  readonly #parcels: number[] = [];
  /** By leg: parcels by the leg behind it. */
  readonly #next: Map<number, number>[] = [];

  constructor(private readonly resources: number) {}

  leg(from: number, to: number, time: number, lane: number): number {
    const key = `${from} ${to} ${time} ${lane}`;
    let leg = this.#ids.get(key);
    if (leg === undefined) {
      leg = this.#from.length;
      this.#ids.set(key, leg);
      this.#from.push(from);
      this.#to.push(to);
      this.#time.push(time);
      this.#lane.push(lane);
      this.#parcels.push(0);
      this.#next.push(new Map());
    }
    return leg;
  }

  add(before: number, leg: number, parcels: number): void {
    this.#parcels[leg] += parcels;
    if (before < 0) return;
    const next = this.#next[before];
    next.set(leg, (next.get(leg) ?? 0) + parcels);
  }

  legs(): Omit<Legs, 'routeStart' | 'routeLeg' | 'routeLag'> {
    const size = this.#from.length;
    const nextStart = new Int32Array(size + 1);
    const nextLeg: number[] = [];
    const nextShare: number[] = [];
    for (let l = 0; l < size; l++) {
      for (const [leg, parcels] of this.#next[l]) {
        nextLeg.push(leg);
        nextShare.push(parcels / this.#parcels[l]);
      }
      nextStart[l + 1] = nextLeg.length;
    }
    return {
      size,
      from: Int32Array.from(this.#from),
      to: Int32Array.from(this.#to),
      time: Int32Array.from(this.#time),
      lane: Int32Array.from(this.#lane),
      parcels: Float64Array.from(this.#parcels),
      nextStart,
      nextLeg: Int32Array.from(nextLeg),
      nextShare: Float64Array.from(nextShare),
      ...this.#into(),
    };
  }

  #into(): Pick<Legs, 'inStart' | 'inList'> {
    const inStart = new Int32Array(this.resources + 1);
    for (const r of this.#to) inStart[r + 1] += 1;
    for (let r = 0; r < this.resources; r++) inStart[r + 1] += inStart[r];
    const at = inStart.slice();
    const inList = new Int32Array(this.#to.length);
    for (const [l, r] of this.#to.entries()) inList[at[r]++] = l;
    return { inStart, inList };
  }
}
