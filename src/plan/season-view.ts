import type { PriceTable, ReleaseBatch } from '../network/plan-files.js';
import type { Scenario } from '../network/scenario.js';
import { loadAtOnce } from './at-once.js';
import type { Explanation } from './explain.js';
import { explainCohorts, findWorstHolds } from './explain-plan.js';
import { capacityLeft, emptySlotTable, type SlotTable } from './slot-table.js';
import { measurePlan, type PlanStatistics } from './statistics.js';

/** A plan beside what would happen without it, resource by resource and slot by slot. */
export interface SeasonView {
  /** Per resource: one past its last slot with a load, at once or as planned, and at least T. */
  readonly loadedUntil: Int32Array;
  /** Capacity left, parcels a slot. */
  readonly capacity: SlotTable;
  /** Parcels a slot if everything were released when ready. */
  readonly atOnce: SlotTable;
  /** What the plan does: its loads, holds and binding resources. */
  readonly statistics: PlanStatistics;
  /** What one parcel more would cost, in the objective's unit. */
  readonly price: SlotTable;
  /** The cohorts whose holds cost most before release, the dearest first, each with its explanation. */
  readonly costlyHolds: readonly Explanation[];
  /** The same of those carried over. */
  readonly costlyCarried: readonly Explanation[];
}

/** The rows of a plan's releases, from memory or from its file; each call begins anew. */
export type Releases = () => Iterable<ReleaseBatch> | AsyncIterable<ReleaseBatch>;

/** As many as a person may read to the end; others are asked for by their cohort. */
const COSTLY_HOLDS = 100;

/** Made once a plan, in four passes over its releases; memory: resources · slots, 8 bytes a cohort. */
export async function viewSeason(
  scenario: Scenario,
  releases: Releases,
  prices: PriceTable,
): Promise<SeasonView> {
  const statistics = await measurePlan(scenario, releases(), prices);
  const { slots } = statistics.load;
  const atOnce = loadAtOnce(scenario, slots);
  const held = await findWorstHolds(scenario, releases, COSTLY_HOLDS, 'held');
  const carried = await findWorstHolds(scenario, releases, COSTLY_HOLDS, 'carried');
  const explained = await explainCohorts(scenario, { prices, releases }, [...held, ...carried]);
  return {
    loadedUntil: loadedUntil(scenario.slots, [atOnce, statistics.load]),
    capacity: capacityLeft(scenario, slots),
    atOnce,
    statistics,
    price: priceTable(scenario, prices, slots),
    costlyHolds: explained.slice(0, held.length),
    costlyCarried: explained.slice(held.length),
  };
}

function loadedUntil(least: number, tables: readonly SlotTable[]): Int32Array {
  const [{ slots, values }] = tables;
  const until = new Int32Array(values.length / slots).fill(least);
  for (const table of tables) {
    table.values.forEach((load, at) => {
      const r = Math.floor(at / slots);
      if (load > 0) until[r] = Math.max(until[r], (at % slots) + 1);
    });
  }
  return until;
}

function priceTable(scenario: Scenario, prices: PriceTable, slots: number): SlotTable {
  const table = emptySlotTable(scenario.resources.capacity.length, slots);
  const { resource, slot, price } = prices;
  for (let i = 0; i < slot.length; i++) {
    if (slot[i] < slots) table.values[resource[i] * slots + slot[i]] = price[i];
  }
  return table;
}
