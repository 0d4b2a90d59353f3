import type { ShelvedPlan } from '../../src/edge/plans/plan-shelf.js';
import type { PriceTable } from '../../src/network/plan-files.js';
import type { Scenario } from '../../src/network/scenario.js';
import { type LoadsView, viewLoads } from '../../src/plan/season-view.js';
import { naivePlan } from './naive-plan.js';
import { scenarioFrom, type WorldDemand, type WorldRoute } from './scenario-from.js';

/** GB/T 2260 code, latitude and longitude of Hangzhou, Shenzhen and Beijing. */
const CITIES = [
  ['330100', 30.27, 120.16],
  ['440300', 22.55, 114.05],
  ['110000', 39.9, 116.4],
] as const;
const OPERATORS = ['ZTO', 'YTO'];
const SLOTS = 12;
/** Parcels a slot that a hub takes: far less than what is ready in the first slots. */
const HUB_CAPACITY = 40;
/** Parcels that it can store. */
const HUB_FLOOR = 160;

/** A season and its first plan. */
export interface ServedSeason extends ShelvedPlan {
  readonly scenario: Scenario;
}

/**
 * A small season as the server shows it: two operators with a hub in each of three cities, more ready
 * at first than the hubs take, a closed hub, parcels from before, and some that must be carried over.
 * The plan is the naive one, its price 1.5 wherever a hub is full.
 *
 * @param largest parcels of the large shipper P1 by pair that are ready in slot 0.
 */
export async function servedSeason(largest = 90): Promise<ServedSeason> {
  return planned(seasonScenario(demandBetween(largest)));
}

async function planned(scenario: Scenario): Promise<ServedSeason> {
  const plan = naivePlan(scenario);
  const releases = () => plan.releases();
  const bare = await viewLoads(scenario, { releases, prices: plan.prices });
  const prices = pricesWhereFull(bare, scenario);
  const summary = { ...plan.summary, bound: plan.summary.objective * 0.9985, gap: 0.0015 };
  return { scenario, summary, releases, prices };
}

/** The same network with nothing to release. */
export function emptySeason(): Promise<ServedSeason> {
  return planned(seasonScenario([]));
}

function seasonScenario(demand: WorldDemand[]): Scenario {
  const hubs = OPERATORS.flatMap((operator) =>
    CITIES.map(([city, lat, lng]) => ({ operator, city, lat, lng })),
  );
  const scenario = scenarioFrom({
    name: 'small season',
    slots: SLOTS,
    services: [
      { id: 'standard', promise: 4, late: 1 },
      { id: 'timed', weight: 3, growth: 0.1 },
    ],
    resources: hubs.map(({ operator, city }) => ({
      id: hubOf(operator, city),
      kind: 'hub',
      operator,
      region: city,
      capacity: HUB_CAPACITY,
      floor: HUB_FLOOR,
    })),
    capacity: [{ resource: hubOf('ZTO', '110000'), slot: 5, capacity: 0 }],
    routes: routesBetween(),
    demand,
  });
  const position = (of: 'lat' | 'lng') => Float64Array.from(hubs, (hub) => hub[of]);
  const resources = { ...scenario.resources, lat: position('lat'), lng: position('lng') };
  return { ...scenario, resources };
}

function hubOf(operator: string, city: string): string {
  return `${operator}/hub/${city}-1`;
}

function pairsOf(): { operator: string; origin: string; destination: string }[] {
  const codes = CITIES.map(([code]) => code);
  return OPERATORS.flatMap((operator) =>
    codes.flatMap((origin) =>
      codes
        .filter((destination) => destination !== origin)
        .map((destination) => ({ operator, origin, destination })),
    ),
  );
}

function routesBetween(): WorldRoute[] {
  return pairsOf().map(({ operator, origin, destination }) => ({
    id: `${operator}/${origin}-${destination}`,
    operator,
    origin,
    destination,
    steps: [
      { resource: hubOf(operator, origin), lag: 1 },
      { resource: hubOf(operator, destination), lag: 4 },
    ],
  }));
}

function demandBetween(largest: number): WorldDemand[] {
  return pairsOf().flatMap((pair) =>
    [-1, 0, 1, 2, 6].flatMap((slot) => [
      { ...pair, shipper: 'P1', service: 'standard', slot, parcels: slot === 0 ? largest : 12 },
      { ...pair, shipper: 'P2', service: 'timed', slot, parcels: 7 },
    ]),
  );
}

function pricesWhereFull(view: LoadsView, scenario: Scenario): PriceTable {
  const { slots, values } = view.planned;
  const full = [...values.keys()].filter(
    (at) => at % slots < scenario.slots && values[at] >= view.capacity.values[at],
  );
  return {
    resource: Int32Array.from(full, (at) => Math.floor(at / slots)),
    slot: Int32Array.from(full, (at) => at % slots),
    price: Float64Array.from(full, () => 1.5),
  };
}
