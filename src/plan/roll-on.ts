import type { SlotTable } from './slot-table.js';

/**
 * What parcels on their way will take of each resource: what comes in a slot and cannot be taken there
 * queues for the next.
 *
 *     taken(r, u) = min(capacity(r, u), ⌈due(r, u)⌉ + left(r, u − 1))
 *     left(r, u)  = ⌈due(r, u)⌉ + left(r, u − 1) − taken(r, u),    left(r, −1) = 0
 *
 * A resource that works slower than declared is seen to: while it has a queue, it takes `rate` of its
 * capacity, and nothing is left of the slot for others; in the slot in which the queue ends, what is taken
 * costs taken / rate.
 *
 * `due` and `capacity` begin in the same slot; due is 0 behind its end, and what is still left behind the
 * last slot of `capacity` is dropped. A queue ahead may delay what follows it further: not seen here.
 */
export function rollOn(due: SlotTable, capacity: SlotTable, rate: Float64Array): SlotTable {
  const { slots } = capacity;
  const values = new Float64Array(capacity.values.length);
  for (let r = 0; r < values.length / slots; r++) {
    let left = 0;
    for (let u = 0; u < slots; u++) {
      if (u < due.slots) left += Math.ceil(due.values[r * due.slots + u]);
      const whole = capacity.values[r * slots + u];
      const taken = Math.min(Math.floor(rate[r] * whole), left);
      if (left > taken) values[r * slots + u] = whole;
      else if (taken > 0) values[r * slots + u] = Math.min(whole, Math.ceil(taken / rate[r]));
      left -= taken;
    }
  }
  return { slots, values };
}
