import type { PriceTable, ReleaseBatch } from '../network/plan-files.js';
import type { Scenario } from '../network/scenario.js';
import { type BindingResource, listBinding } from './binding.js';
import { HoldCounter, type HoldReport } from './holds.js';
import {
  addRelease,
  capacityLeft,
  emptySlotTable,
  loadedSlots,
  type SlotTable,
} from './slot-table.js';

/** What a plan does to parcels and resources, from its releases and prices. */
export interface PlanStatistics {
  readonly holds: HoldReport;
  /** Parcels that load each resource in each slot. */
  readonly load: SlotTable;
  readonly binding: readonly BindingResource[];
}

/** Reads the releases once. Memory: resources · slots and groups · slots, whatever the number of rows. */
export async function measurePlan(
  scenario: Scenario,
  releases: AsyncIterable<ReleaseBatch> | Iterable<ReleaseBatch>,
  prices: PriceTable,
): Promise<PlanStatistics> {
  const holds = new HoldCounter(scenario);
  const slots = loadedSlots(scenario);
  const load = emptySlotTable(scenario.resources.capacity.length, slots);
  for await (const batch of releases) {
    holds.add(batch);
    for (let i = 0; i < batch.rows; i++) {
      if (batch.releaseSlot[i] < 0) continue;
      addRelease(load, scenario.routes, batch.route[i], batch.releaseSlot[i], batch.parcels[i]);
    }
  }
  const binding = listBinding(scenario, prices, load, capacityLeft(scenario, slots));
  return { holds: holds.report(), load, binding };
}
