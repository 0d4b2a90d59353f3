import type { Scenario, Service } from '../network/scenario.js';
import type { CohortIndex } from './cohort-index.js';
import { type CohortKey, keyOfCohort } from './cohort-key.js';
import type { SlotTable } from './slot-table.js';

/**
 * Why a cohort is held: what the plan does with it and what each slot would have cost at the plan's
 * prices, part by part. A parcel of weight w released in slot t on route ρ costs
 *
 *     total = w·h + w·β·max(0, h−P) + w·γ·h·(h−1)/2 + w·cost(ρ) + Σ tolls,   h = t − s
 *             waiting  lateness        growth           detour     price · times each
 *
 * and one carried over the same with h = T − s, a penalty w·carryPenalty and neither detour nor tolls
 * (docs/spec/release-planning.md, sections 3 and 4). At optimal prices what is chosen costs `least`;
 * whole parcels and unfinished prices leave a difference, which is shown and not hidden.
 */
export interface Explanation {
  readonly cohort: CohortKey;
  readonly ready: number;
  readonly released: number;
  readonly carried: number;
  /** What the plan does, by rising slot, carry-over last. */
  readonly chosen: readonly { readonly parcels: number; readonly option: Option }[];
  /**
   * The cheapest route of every slot from max(s, 0) to the last one chosen, to T − 1 when some are
   * carried over; empty when the cohort has no route.
   */
  readonly slots: readonly Option[];
  /** The cheapest option of all, in any slot or carried over: what L counts for each parcel. */
  readonly least: Option;
}

/** One way to deal with a parcel. Costs are in the objective's unit. */
export interface Option {
  /** Release slot and route; null for carrying over. */
  readonly slot: number | null;
  readonly route: string | null;
  /** Slots held. */
  readonly hold: number;
  readonly waiting: number;
  readonly lateness: number;
  readonly growth: number;
  readonly detour: number;
  /** w·carryPenalty; 0 when released. */
  readonly penalty: number;
  /** Where the route passes a price or a full resource, by slot, then resource. */
  readonly tolls: readonly Toll[];
  /** The sum of the parts. */
  readonly total: number;
}

/** What a parcel pays at one resource in one slot. */
export interface Toll {
  readonly resource: string;
  readonly kind: string;
  readonly slot: number;
  readonly price: number;
  /** How often the route loads the resource in the slot. */
  readonly times: number;
  /** Parcels planned there in all, and the capacity left for them. */
  readonly load: number;
  readonly capacity: number;
}

/** Prices, planned loads and capacities left, each by resource and slot. */
export interface PlanTables {
  readonly price: SlotTable;
  readonly load: SlotTable;
  readonly capacity: SlotTable;
}

/** Parcels of a cohort by release slot and route; both −1 for carried over. */
export interface CohortRelease {
  readonly slot: number;
  readonly route: number;
  readonly parcels: number;
}

/** @param releases what the plan does with the cohort, equal (slot, route) summed. */
export function explainCohort(
  scenario: Scenario,
  index: CohortIndex,
  tables: PlanTables,
  cohort: number,
  releases: readonly CohortRelease[],
): Explanation {
  const flow = index.flowOf(cohort);
  const service = scenario.services[scenario.demand.flowService[flow]];
  const s = scenario.demand.cohortSlot[cohort];
  const options = new Options(scenario, tables, service, s);
  const chosen = releases
    .toSorted((a, b) => lateness(a) - lateness(b) || a.route - b.route)
    .map(({ slot, route, parcels }) => ({
      parcels,
      option: slot < 0 ? options.carry() : options.release(slot, route),
    }));
  const sum = (rows: readonly CohortRelease[]) => rows.reduce((total, r) => total + r.parcels, 0);
  const released = sum(releases.filter((r) => r.slot >= 0));
  const last = Math.max(...releases.map((r) => (r.slot < 0 ? scenario.slots - 1 : r.slot)));
  const all = options.cheapestBySlot(scenario.demand.flowPair[flow]);
  const least = all.reduce((a, b) => (b.total < a.total ? b : a), options.carry());
  return {
    cohort: keyOfCohort(scenario, index, cohort),
    ready: sum(releases),
    released,
    carried: sum(releases) - released,
    chosen,
    slots: all.filter(({ slot }) => slot !== null && slot <= last),
    least,
  };
}

function lateness({ slot }: CohortRelease): number {
  return slot < 0 ? Number.POSITIVE_INFINITY : slot;
}

/** The ways open to parcels of one service that became ready in slot s. */
class Options {
  constructor(
    readonly scenario: Scenario,
    readonly tables: PlanTables,
    readonly service: Service,
    readonly s: number,
  ) {}

  release(slot: number, route: number): Option {
    const { routes } = this.scenario;
    return withTotal({
      slot,
      route: routes.ids.get(route),
      ...this.#holding(slot - this.s),
      detour: this.service.weight * routes.cost[route],
      penalty: 0,
      tolls: this.#tolls(slot, route),
    });
  }

  carry(): Option {
    return withTotal({
      slot: null,
      route: null,
      ...this.#holding(this.scenario.slots - this.s),
      detour: 0,
      penalty: this.service.weight * this.scenario.carryPenalty,
      tolls: [],
    });
  }

  /** The cheapest route in each slot from max(s, 0); the first of equals. */
  cheapestBySlot(pair: number): Option[] {
    const { routeStart, routeList } = this.scenario.pairs;
    const routes = [...routeList.subarray(routeStart[pair], routeStart[pair + 1])];
    const first = Math.max(0, this.s);
    if (routes.length === 0) return [];
    return Array.from({ length: this.scenario.slots - first }, (_, i) =>
      routes
        .map((route) => this.release(first + i, route))
        .reduce((a, b) => (b.total < a.total ? b : a)),
    );
  }

  #holding(hold: number): Pick<Option, 'hold' | 'waiting' | 'lateness' | 'growth'> {
    const { weight, promise, late, growth } = this.service;
    return {
      hold,
      waiting: weight * hold,
      lateness: weight * late * Math.max(0, hold - promise),
      growth: (weight * growth * hold * (hold - 1)) / 2,
    };
  }

  #tolls(t: number, route: number): Toll[] {
    const { resources } = this.scenario;
    const { price, load, capacity } = this.tables;
    return [...timesLoaded(this.scenario, t, route, price.slots)]
      .filter(([at]) => price.values[at] > 0 || load.values[at] >= capacity.values[at])
      .map(([at, times]) => {
        const resource = Math.floor(at / price.slots);
        return {
          resource: resources.ids.get(resource),
          kind: resources.kind[resource],
          slot: at % price.slots,
          price: price.values[at],
          times,
          load: load.values[at],
          capacity: capacity.values[at],
        };
      })
      .toSorted((a, b) => a.slot - b.slot || (a.resource < b.resource ? -1 : 1));
  }
}

/** How often a route loads each table entry when released in slot t. */
function timesLoaded(
  { routes }: Scenario,
  t: number,
  route: number,
  slots: number,
): Map<number, number> {
  const times = new Map<number, number>();
  for (let step = routes.stepStart[route]; step < routes.stepStart[route + 1]; step++) {
    const first = routes.stepResource[step] * slots + t + routes.stepLag[step];
    for (let at = first; at < first + routes.stepSpan[step]; at++) {
      times.set(at, (times.get(at) ?? 0) + 1);
    }
  }
  return times;
}

function withTotal(parts: Omit<Option, 'total'>): Option {
  const tolls = parts.tolls.reduce((sum, toll) => sum + toll.price * toll.times, 0);
  const holding = parts.waiting + parts.lateness + parts.growth;
  return { ...parts, total: holding + parts.detour + parts.penalty + tolls };
}
