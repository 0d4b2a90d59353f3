import type { PriceTable } from '../network/plan-files.js';
import type { Scenario } from '../network/scenario.js';
import type { SlotTable } from './slot-table.js';

/** A resource that binds: more room there would make the plan cheaper. */
export interface BindingResource {
  readonly resource: string;
  readonly kind: string;
  readonly region: string;
  /** Σ over slots of price · load: what the plan's parcels pay here, in the objective's unit. */
  readonly paid: number;
  /** Slots with a price. */
  readonly slots: number;
  /** The slot with the highest price (the first of equals); the price, load and capacity left there. */
  readonly slot: number;
  readonly price: number;
  readonly load: number;
  readonly capacity: number;
}

/** Every resource with a price in a slot that a route reaches, the one most is paid to first; ties by id. */
export function listBinding(
  scenario: Scenario,
  prices: PriceTable,
  load: SlotTable,
  capacity: SlotTable,
): BindingResource[] {
  const { resource, slot, price } = prices;
  const binding: BindingResource[] = [];
  for (let from = 0, until = 0; from < slot.length; from = until) {
    const r = resource[from];
    let paid = 0;
    let slots = 0;
    let dearest = -1;
    for (until = from; until < slot.length && resource[until] === r; until++) {
      if (slot[until] >= load.slots) continue;
      paid += price[until] * load.values[r * load.slots + slot[until]];
      slots += 1;
      if (dearest < 0 || price[until] > price[dearest]) dearest = until;
    }
    if (dearest < 0) continue;
    const at = r * load.slots + slot[dearest];
    binding.push({
      resource: scenario.resources.ids.get(r),
      kind: scenario.resources.kind[r],
      region: scenario.resources.region[r],
      paid,
      slots,
      slot: slot[dearest],
      price: price[dearest],
      load: load.values[at],
      capacity: capacity.values[at],
    });
  }
  return binding.toSorted((a, b) => b.paid - a.paid || (a.resource < b.resource ? -1 : 1));
}
