import { Names } from '../../src/network/names.js';
import type {
  Demand,
  Pairs,
  Resources,
  Routes,
  Scenario,
  Service,
  SlotValues,
} from '../../src/network/scenario.js';

/** A scenario as plain rows, like its files (docs/spec/release-planning.md, section 5), with defaults. */
export interface World {
  readonly name?: string;
  readonly slots: number;
  readonly slotMinutes?: number;
  /** Default 24, as in the spec. */
  readonly carryPenalty?: number;
  /** Default weight 1, the rest 0: c(h) = h. */
  readonly services?: readonly ({ readonly id: string } & Partial<Service>)[];
  readonly resources: readonly WorldResource[];
  readonly capacity?: readonly {
    readonly resource: string;
    readonly slot: number;
    readonly capacity: number;
  }[];
  readonly committed?: readonly {
    readonly resource: string;
    readonly slot: number;
    readonly parcels: number;
  }[];
  readonly routes: readonly WorldRoute[];
  readonly demand: readonly WorldDemand[];
}

export interface WorldResource {
  readonly id: string;
  readonly capacity: number;
  readonly kind?: string;
  readonly operator?: string;
  readonly region?: string;
  readonly floor?: number;
}

/** A route with its steps in the order of `seq`. */
export interface WorldRoute {
  readonly id: string;
  /** Default `o`. */
  readonly operator?: string;
  readonly origin: string;
  readonly destination: string;
  /** Default 0. */
  readonly cost?: number;
  readonly steps: readonly WorldStep[];
}

export interface WorldStep {
  readonly resource: string;
  /** Default 0. */
  readonly lag?: number;
  /** Default 1. */
  readonly span?: number;
}

export interface WorldDemand {
  /** Default `m`. */
  readonly shipper?: string;
  /** Default: the first service. */
  readonly service?: string;
  /** Default `o`. */
  readonly operator?: string;
  readonly origin: string;
  readonly destination: string;
  readonly slot: number;
  readonly parcels: number;
}

/** The service of worlds that name none: c(h) = h. */
const PLAIN = { id: 's', weight: 1, promise: 0, late: 0, growth: 0 };

/** The scenario of a hand-made world, ordered and summed as `Scenario` promises, on shared memory. */
export function scenarioFrom(world: World): Scenario {
  const services = (world.services ?? [PLAIN]).map((s) => ({ ...PLAIN, ...s }));
  const resources = resourcesFrom(world);
  const pairs = new PairTable();
  const routes = routesFrom(world, resources.ids, pairs);
  const demand = demandFrom(world, services, pairs);
  return {
    name: world.name ?? 'world',
    start: '2021-11-01T00:00:00+08:00',
    slotMinutes: world.slotMinutes ?? 60,
    slots: world.slots,
    carryPenalty: world.carryPenalty ?? 24,
    services,
    resources,
    pairs: pairs.table(routes.pair),
    routes,
    demand,
  };
}

function resourcesFrom(world: World): Resources {
  const rows = world.resources;
  const ids = Names.from(rows.map((r) => r.id));
  const values = (list: { resource: string; slot: number; value: number }[]) =>
    slotValues(list.map((v) => [known(ids, v.resource), v.slot, v.value]));
  return {
    ids,
    kind: rows.map((r) => r.kind ?? 'hub'),
    operator: rows.map((r) => r.operator ?? 'o'),
    region: rows.map((r) => r.region ?? ''),
    lat: f64(rows.map(() => Number.NaN)),
    lng: f64(rows.map(() => Number.NaN)),
    capacity: f64(rows.map((r) => r.capacity)),
    floor: f64(rows.map((r) => r.floor ?? Number.NaN)),
    overrides: values((world.capacity ?? []).map((c) => ({ ...c, value: c.capacity }))),
    commitments: values((world.committed ?? []).map((c) => ({ ...c, value: c.parcels }))),
  };
}

/** Sums repeated (resource, slot) and sorts by them. */
function slotValues(rows: number[][]): SlotValues {
  const sums = new Map<string, number[]>();
  for (const [resource, slot, value] of rows) {
    const row = sums.get(`${resource}/${slot}`);
    if (row) row[2] += value;
    else sums.set(`${resource}/${slot}`, [resource, slot, value]);
  }
  const sorted = [...sums.values()].toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  return {
    resource: i32(sorted.map((r) => r[0])),
    slot: i32(sorted.map((r) => r[1])),
    value: f64(sorted.map((r) => r[2])),
  };
}

class PairTable {
  readonly #operators = new Names();
  readonly #places = new Names();
  readonly #rows: number[][] = [];
  readonly #index = new Map<string, number>();

  number(row: { operator?: string; origin: string; destination: string }): number {
    const key = [
      this.#operators.internText(row.operator ?? 'o'),
      this.#places.internText(row.origin),
      this.#places.internText(row.destination),
    ];
    const seen = this.#index.get(key.join('/'));
    if (seen !== undefined) return seen;
    this.#index.set(key.join('/'), this.#rows.length);
    return this.#rows.push(key) - 1;
  }

  table(routePair: Int32Array): Pairs {
    const lists = this.#rows.map((_, p) =>
      [...routePair.keys()].filter((route) => routePair[route] === p),
    );
    return {
      size: this.#rows.length,
      operators: this.#operators,
      places: this.#places,
      operator: i32(this.#rows.map((r) => r[0])),
      origin: i32(this.#rows.map((r) => r[1])),
      destination: i32(this.#rows.map((r) => r[2])),
      routeStart: starts(lists.map((l) => l.length)),
      routeList: i32(lists.flat()),
    };
  }
}

function routesFrom(world: World, resources: Names, pairs: PairTable): Routes {
  const steps = world.routes.flatMap((r) => r.steps);
  return {
    ids: Names.from(world.routes.map((r) => r.id)),
    pair: i32(world.routes.map((r) => pairs.number(r))),
    cost: f64(world.routes.map((r) => r.cost ?? 0)),
    stepStart: starts(world.routes.map((r) => r.steps.length)),
    stepResource: i32(steps.map((s) => known(resources, s.resource))),
    stepLag: i32(steps.map((s) => s.lag ?? 0)),
    stepSpan: i32(steps.map((s) => s.span ?? 1)),
  };
}

function demandFrom(world: World, services: readonly Service[], pairs: PairTable): Demand {
  const shippers = new Names();
  const sums = new Map<string, number[]>();
  let repeated = 0;
  for (const d of world.demand) {
    const service = services.findIndex((s) => s.id === (d.service ?? services[0].id));
    if (service < 0) throw new Error(`unknown service ${d.service}`);
    const key = [pairs.number(d), service, d.slot, shippers.internText(d.shipper ?? 'm')];
    const row = sums.get(key.join('/'));
    if (row) {
      row[4] += d.parcels;
      repeated += 1;
    } else sums.set(key.join('/'), [...key, d.parcels]);
  }
  const rows = [...sums.values()]
    .filter((r) => r[4] > 0)
    .toSorted((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3]);
  return { shippers, repeated, ...cohortsOf(rows) };
}

/** Cuts sorted rows (pair, service, slot, shipper, parcels) into cohorts and flows. */
function cohortsOf(rows: number[][]): Omit<Demand, 'shippers' | 'repeated'> {
  const cohorts = rows.flatMap((r, i) => (i > 0 && same(r, rows[i - 1], 3) ? [] : [i]));
  const flows = cohorts.flatMap((i, k) =>
    k > 0 && same(rows[i], rows[cohorts[k - 1]], 2) ? [] : [k],
  );
  return {
    flowPair: i32(flows.map((k) => rows[cohorts[k]][0])),
    flowService: i32(flows.map((k) => rows[cohorts[k]][1])),
    cohortStart: i32([...flows, cohorts.length]),
    cohortSlot: fill(
      new Int16Array(new SharedArrayBuffer(cohorts.length * 2)),
      cohorts.map((i) => rows[i][2]),
    ),
    rowStart: i32([...cohorts, rows.length]),
    rowShipper: i32(rows.map((r) => r[3])),
    rowParcels: fill(
      new Uint32Array(new SharedArrayBuffer(rows.length * 4)),
      rows.map((r) => r[4]),
    ),
  };
}

function same(a: number[], b: number[], columns: number): boolean {
  return a.slice(0, columns).every((v, i) => v === b[i]);
}

function known(names: Names, id: string): number {
  const i = names.findText(id);
  if (i < 0) throw new Error(`unknown ${id}`);
  return i;
}

function starts(sizes: number[]): Int32Array {
  let sum = 0;
  return i32([0, ...sizes.map((n) => (sum += n))]);
}

function i32(values: readonly number[]): Int32Array {
  return fill(new Int32Array(new SharedArrayBuffer(values.length * 4)), values);
}

function f64(values: readonly number[]): Float64Array {
  return fill(new Float64Array(new SharedArrayBuffer(values.length * 8)), values);
}

function fill<A extends { set(values: ArrayLike<number>): void }>(
  array: A,
  values: readonly number[],
): A {
  array.set(values);
  return array;
}
