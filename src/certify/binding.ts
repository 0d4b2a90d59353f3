import type { PriceTable } from '../network/plan-files.js';
import type { Scenario } from '../network/scenario.js';
import type { Binding } from './report.js';
import type { CapacityLeft } from './timetable.js';

/** Every resource with a price, the one that the plan's parcels pay most to in all first. */
export function bindingOf(
  scenario: Scenario,
  prices: PriceTable,
  load: Float64Array,
  left: CapacityLeft,
): Binding[] {
  const bindings: Binding[] = [];
  const { resource, slot, price } = prices;
  for (let from = 0, until = 0; from < slot.length; from = until) {
    let paid = 0;
    let dearest = from;
    for (until = from; until < slot.length && resource[until] === resource[from]; until++) {
      paid += price[until] * loadAt(resource[until], slot[until]);
      if (price[until] > price[dearest]) dearest = until;
    }
    bindings.push({
      resource: scenario.resources.ids.get(resource[from]),
      paid,
      slots: until - from,
      slot: slot[dearest],
      price: price[dearest],
      load: loadAt(resource[from], slot[dearest]),
      capacity: left.at(resource[from], slot[dearest]),
    });
  }
  return bindings.toSorted((a, b) => b.paid - a.paid || (a.resource < b.resource ? -1 : 1));

  function loadAt(r: number, t: number): number {
    return t < left.reach ? load[r * left.reach + t] : 0;
  }
}
