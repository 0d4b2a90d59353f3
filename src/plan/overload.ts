import type { SlotTable } from './slot-table.js';

/** How far loads exceed capacity. */
export interface Overload {
  /** Slots with load above capacity left, summed over resources. */
  readonly resourceSlots: number;
  /** Highest load over capacity left; slots with no capacity left apart. */
  readonly peakRatio: number;
}

export function measureOverload(load: SlotTable, capacity: SlotTable, resource: number): Overload {
  const { slots } = load;
  let resourceSlots = 0;
  let peakRatio = 0;
  for (let at = resource * slots; at < (resource + 1) * slots; at++) {
    const room = capacity.values[at];
    if (load.values[at] > room) resourceSlots += 1;
    if (room > 0) peakRatio = Math.max(peakRatio, load.values[at] / room);
  }
  return { resourceSlots, peakRatio };
}
