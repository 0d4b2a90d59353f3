import type { SlotTable } from './slot-table.js';

/**
 * What parcels on their way will take of each resource: what comes in a slot and cannot be taken there
 * queues for the next.
 *
 *     taken(r, u) = min(capacity(r, u), ⌈due(r, u)⌉ + left(r, u − 1))
 *     left(r, u)  = ⌈due(r, u)⌉ + left(r, u − 1) − taken(r, u),    left(r, −1) = 0
 *
 * `due` and `capacity` begin in the same slot; due is 0 behind its end, and what is still left behind the
 * last slot of `capacity` is dropped. A queue ahead may delay what follows it further: not seen here.
 */
export function rollOn(due: SlotTable, capacity: SlotTable): SlotTable {
  const { slots } = capacity;
  const values = new Float64Array(capacity.values.length);
  for (let r = 0; r < values.length / slots; r++) {
    let left = 0;
    for (let u = 0; u < slots; u++) {
      if (u < due.slots) left += Math.ceil(due.values[r * due.slots + u]);
      const taken = Math.min(capacity.values[r * slots + u], left);
      values[r * slots + u] = taken;
      left -= taken;
    }
  }
  return { slots, values };
}
