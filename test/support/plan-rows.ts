import type { PlanSummary, PriceTable, ReleaseBatch } from '../../src/network/plan-files.js';
import { carryCost, holdingCost, type Scenario } from '../../src/network/scenario.js';

/** A row of a plan's releases, by scenario indices; slot and route −1 for parcels carried over. */
export interface PlanRow {
  shipper: number;
  service: number;
  pair: number;
  readySlot: number;
  releaseSlot: number;
  route: number;
  parcels: number;
}

/** Parcels of one cohort released in a slot on a route, whoever ships them. */
export interface Release {
  readonly slot: number;
  readonly route: number;
  readonly parcels: number;
}

/** A plan in memory, as a checker takes it. */
export interface MemoryPlan {
  readonly summary: PlanSummary;
  readonly prices: PriceTable;
  readonly rows: readonly PlanRow[];
  releases(): Iterable<ReleaseBatch>;
}

export const NO_PRICES: PriceTable = {
  resource: new Int32Array(0),
  slot: new Int32Array(0),
  price: new Float64Array(0),
};

/** The plan of some rows, with the figures given or those of the rows (and bound 0). */
export function planOfRows(
  scenario: Scenario,
  rows: readonly PlanRow[],
  prices: PriceTable = NO_PRICES,
  figures: Partial<PlanSummary> = {},
): MemoryPlan {
  const sum = (of: (row: PlanRow) => number) => rows.reduce((total, row) => total + of(row), 0);
  const objective = sum((row) => row.parcels * costOf(scenario, row));
  const bound = figures.bound ?? 0;
  const summary = {
    scenario: scenario.name,
    objective,
    bound,
    gap: (objective - bound) / Math.max(1, objective),
    ready: scenario.demand.rowParcels.reduce((total, parcels) => total + parcels, 0),
    released: sum((row) => (row.route < 0 ? 0 : row.parcels)),
    carried: sum((row) => (row.route < 0 ? row.parcels : 0)),
    seconds: 0,
    ...figures,
  };
  return { summary, prices, rows, releases: () => batchesOf(rows) };
}

function costOf(scenario: Scenario, row: PlanRow): number {
  const service = scenario.services[row.service];
  if (row.route < 0) return carryCost(scenario, service, row.readySlot);
  const hold = holdingCost(service, row.releaseSlot - row.readySlot);
  return hold + service.weight * scenario.routes.cost[row.route];
}

/** Two rows a batch, so that what spans batches is tried too. */
export function* batchesOf(rows: readonly PlanRow[]): Iterable<ReleaseBatch> {
  for (let from = 0; from < rows.length; from += 2) {
    const run = rows.slice(from, from + 2);
    const column = (key: keyof PlanRow) => Int32Array.from(run, (row) => row[key]);
    yield {
      rows: run.length,
      shipper: column('shipper'),
      service: column('service'),
      pair: column('pair'),
      readySlot: column('readySlot'),
      releaseSlot: column('releaseSlot'),
      route: column('route'),
      parcels: Float64Array.from(run, (row) => row.parcels),
    };
  }
}

/**
 * The rows of releases given by cohort, in rising slot: shared among the shippers parcel by parcel as
 * constraint 3 demands, by the quota method with deadlines. After R parcels shipper i has x of its n;
 * the next goes to a shipper with x·N < n·(R + 1), the one whose next is due first,
 * ⌈(x + 1)·N / n⌉ least; ties to the first. What is left is carried over.
 */
export function rowsOfReleases(
  scenario: Scenario,
  releases: readonly (readonly Release[])[],
): PlanRow[] {
  const { demand } = scenario;
  const rows: PlanRow[] = [];
  for (let flow = 0; flow < demand.flowPair.length; flow++) {
    for (let k = demand.cohortStart[flow]; k < demand.cohortStart[flow + 1]; k++) {
      const [from, until] = [demand.rowStart[k], demand.rowStart[k + 1]];
      const ready = [...demand.rowParcels.subarray(from, until)];
      const key = {
        service: demand.flowService[flow],
        pair: demand.flowPair[flow],
        readySlot: demand.cohortSlot[k],
      };
      const add = (i: number, releaseSlot: number, route: number, parcels: number) => {
        const shipper = demand.rowShipper[from + i];
        if (parcels > 0) rows.push({ ...key, shipper, releaseSlot, route, parcels });
      };
      const shared = shareOut(ready, releases[k]);
      for (const share of shared) add(share.shipper, share.slot, share.route, share.parcels);
      ready.forEach((n, i) => {
        const mine = shared.filter((share) => share.shipper === i);
        add(i, -1, -1, n - mine.reduce((total, share) => total + share.parcels, 0));
      });
    }
  }
  return rows;
}

/** Shares releases among shippers with so many ready each. */
function shareOut(ready: readonly number[], releases: readonly Release[]) {
  const N = ready.reduce((total, n) => total + n, 0);
  const given = ready.map(() => 0);
  let R = 0;
  return releases.flatMap(({ slot, route, parcels }) => {
    const share = ready.map(() => 0);
    for (let i = 0; i < parcels; i++) {
      R += 1;
      const next = nextShipper(ready, given, N, R);
      given[next] += 1;
      share[next] += 1;
    }
    return share.flatMap((count, shipper) =>
      count > 0 ? [{ shipper, slot, route, parcels: count }] : [],
    );
  });
}

/** Who gets parcel number R of the cohort: see `rowsOfReleases`. */
export function nextShipper(
  ready: readonly number[],
  given: number[],
  N: number,
  R: number,
): number {
  let [best, due] = [-1, Number.POSITIVE_INFINITY];
  ready.forEach((n, i) => {
    const deadline = Math.ceil(((given[i] + 1) * N) / n);
    if (given[i] * N < n * R && deadline < due) [best, due] = [i, deadline];
  });
  return best;
}
