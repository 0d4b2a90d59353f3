import type { PriceTable, ReleaseBatch } from '../network/plan-files.js';
import { carryCost, holdingCost, type Scenario } from '../network/scenario.js';
import { CohortIndex } from './cohort-index.js';
import { type CohortRelease, type Explanation, explainCohort, type PlanTables } from './explain.js';
import type { Counts } from './holds.js';
import { addRelease, capacityLeft, emptySlotTable, loadedSlots } from './slot-table.js';

type Releases = () => AsyncIterable<ReleaseBatch> | Iterable<ReleaseBatch>;

/**
 * Explains some cohorts of a plan, in the order given. Reads the releases once.
 *
 * @param counts which of their parcels are told of; loads are of all.
 */
export async function explainCohorts(
  scenario: Scenario,
  plan: { readonly prices: PriceTable; readonly releases: Releases },
  cohorts: readonly number[],
  counts: Counts = () => true,
): Promise<Explanation[]> {
  const index = new CohortIndex(scenario);
  const found = new Map(cohorts.map((cohort) => [cohort, new Map<string, CohortRelease>()]));
  const tables = emptyTables(scenario, plan.prices);
  for await (const batch of plan.releases()) {
    for (let i = 0; i < batch.rows; i++) {
      const [slot, route, parcels] = [batch.releaseSlot[i], batch.route[i], batch.parcels[i]];
      if (slot >= 0) addRelease(tables.load, scenario.routes, route, slot, parcels);
      if (!counts(batch, i)) continue;
      const cohort = index.find(batch.pair[i], batch.service[i], batch.readySlot[i]);
      const rows = found.get(cohort);
      const before = rows?.get(`${slot}/${route}`)?.parcels ?? 0;
      rows?.set(`${slot}/${route}`, { slot, route, parcels: before + parcels });
    }
  }
  return cohorts.map((cohort) =>
    explainCohort(scenario, index, tables, cohort, [...(found.get(cohort)?.values() ?? [])]),
  );
}

/** Which parcels of a cohort: released later than they could be, carried over, or all. */
type Which = 'held' | 'carried' | 'all';

/**
 * The `keep` cohorts whose holds cost most in all, route costs left out, counting only some of their
 * parcels; dearest first, the lower number among equals. Reads the releases once, with 8 bytes a cohort.
 */
export async function findWorstHolds(
  scenario: Scenario,
  releases: Releases,
  keep: number,
  which: Which = 'all',
): Promise<number[]> {
  const costs = new HoldCosts(scenario, which);
  for await (const batch of releases()) costs.add(batch);
  return costs.dearest(keep);
}

/** What holds cost, cohort by cohort, while a plan's releases stream by. */
export class HoldCosts {
  readonly #index: CohortIndex;
  readonly #cost: Float64Array;

  constructor(
    private readonly scenario: Scenario,
    private readonly which: Which,
  ) {
    this.#index = new CohortIndex(scenario);
    this.#cost = new Float64Array(scenario.demand.cohortSlot.length);
  }

  add(batch: ReleaseBatch, counts: Counts = () => true): void {
    const { scenario, which } = this;
    for (let i = 0; i < batch.rows; i++) {
      const service = scenario.services[batch.service[i]];
      const [s, t] = [batch.readySlot[i], batch.releaseSlot[i]];
      if (which === 'held' && t <= Math.max(0, s)) continue;
      if (which === 'carried' && t >= 0) continue;
      if (!counts(batch, i)) continue;
      const each = t < 0 ? carryCost(scenario, service, s) : holdingCost(service, t - s);
      this.#cost[this.#index.find(batch.pair[i], batch.service[i], s)] += batch.parcels[i] * each;
    }
  }

  dearest(keep: number): number[] {
    return dearest(this.#cost, keep);
  }
}

/** Indices of the `keep` largest positive costs, by falling cost, then index. */
function dearest(cost: Float64Array, keep: number): number[] {
  const top: number[] = [];
  cost.forEach((c, k) => {
    if (c <= 0 || (top.length >= keep && c <= cost[top[top.length - 1]])) return;
    let at = top.length;
    while (at > 0 && cost[top[at - 1]] < c) at -= 1;
    top.splice(at, 0, k);
    if (top.length > keep) top.pop();
  });
  return top;
}

function emptyTables(scenario: Scenario, prices: PriceTable): PlanTables {
  const slots = loadedSlots(scenario);
  const resources = scenario.resources.capacity.length;
  const price = emptySlotTable(resources, slots);
  prices.price.forEach((value, i) => {
    if (prices.slot[i] < slots) price.values[prices.resource[i] * slots + prices.slot[i]] = value;
  });
  return { price, load: emptySlotTable(resources, slots), capacity: capacityLeft(scenario, slots) };
}
