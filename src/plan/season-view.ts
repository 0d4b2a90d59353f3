import type { PriceTable, ReleaseBatch } from '../network/plan-files.js';
import type { Scenario } from '../network/scenario.js';
import { loadAtOnce } from './at-once.js';
import type { Explanation } from './explain.js';
import { explainCohorts, HoldCosts } from './explain-plan.js';
import { type Counts, HoldCounter, type HoldReport } from './holds.js';
import {
  addRelease,
  capacityLeft,
  emptySlotTable,
  loadedSlots,
  type SlotTable,
} from './slot-table.js';

/** A plan's loads beside what they would be without it, resource by resource and slot by slot. */
export interface LoadsView {
  /** Per resource: one past its last slot with a load, at once or as planned, and at least T. */
  readonly loadedUntil: Int32Array;
  /** Capacity left, parcels a slot. */
  readonly capacity: SlotTable;
  /** Parcels a slot if everything were released when ready. */
  readonly atOnce: SlotTable;
  /** Parcels a slot as planned. */
  readonly planned: SlotTable;
  /** What one parcel more would cost, in the objective's unit. */
  readonly price: SlotTable;
}

/** Who waits in a plan, and why. */
export interface HoldsView {
  readonly holds: HoldReport;
  /** The cohorts whose holds cost most before release, the dearest first, each with its explanation. */
  readonly costlyHolds: readonly Explanation[];
  /** The same of those carried over. */
  readonly costlyCarried: readonly Explanation[];
}

/** The rows of a plan's releases, from memory or from its file; each call begins anew. */
export type Releases = () => Iterable<ReleaseBatch> | AsyncIterable<ReleaseBatch>;

interface Plan {
  readonly releases: Releases;
  readonly prices: PriceTable;
}

/** As many as a person may read to the end; others are asked for by their cohort. */
const COSTLY_HOLDS = 100;

/** Reads the releases once; memory: resources · slots. */
export async function viewLoads(
  scenario: Scenario,
  { releases, prices }: Plan,
): Promise<LoadsView> {
  const slots = loadedSlots(scenario);
  const planned = emptySlotTable(scenario.resources.capacity.length, slots);
  for await (const batch of releases()) {
    for (let i = 0; i < batch.rows; i++) {
      if (batch.releaseSlot[i] < 0) continue;
      addRelease(planned, scenario.routes, batch.route[i], batch.releaseSlot[i], batch.parcels[i]);
    }
  }
  const atOnce = loadAtOnce(scenario, slots);
  return {
    loadedUntil: loadedUntil(scenario.slots, [atOnce, planned]),
    capacity: capacityLeft(scenario, slots),
    atOnce,
    planned,
    price: priceTable(scenario, prices, slots),
  };
}

/**
 * Reads the releases twice; memory: 16 bytes a cohort.
 *
 * @param counts whose holds they are; all where it is left out.
 */
export async function viewHolds(
  scenario: Scenario,
  plan: Plan,
  counts?: Counts,
): Promise<HoldsView> {
  const counter = new HoldCounter(scenario);
  const [held, carried] = [new HoldCosts(scenario, 'held'), new HoldCosts(scenario, 'carried')];
  for await (const batch of plan.releases()) {
    for (const each of [counter, held, carried]) each.add(batch, counts);
  }
  const dearest = held.dearest(COSTLY_HOLDS);
  const cohorts = [...dearest, ...carried.dearest(COSTLY_HOLDS)];
  const explained = await explainCohorts(scenario, plan, cohorts, counts);
  return {
    holds: counter.report(),
    costlyHolds: explained.slice(0, dearest.length),
    costlyCarried: explained.slice(dearest.length),
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
