import { wholeParcels } from './books.js';
import type { GateState } from './gate-state.js';

/**
 * What is to be set so that capacities are the plan's, with the declared ones in their place, as [resource, slot,
 * parcels]; what has expired or was withdrawn goes back to the plan's. Slots outside the plan's window do not count.
 */
export function capacityChanges(
  { books, plan }: GateState,
  declared: readonly (readonly [number, number, number])[],
): [number, number, number][] {
  if (!plan) return [];
  const wanted = new Float64Array(books.entries);
  for (let entry = 0; entry < wanted.length; entry++) {
    const slot = books.slotOf(entry) - plan.from;
    const { slots, values } = plan.capacity;
    wanted[entry] = wholeParcels(values[books.resourceOf(entry) * slots + slot]);
  }
  for (const [resource, slot, parcels] of declared) {
    if (books.has(slot)) wanted[books.entryOf(resource, slot)] = wholeParcels(parcels);
  }
  const changes: [number, number, number][] = [];
  for (let entry = 0; entry < wanted.length; entry++) {
    if (books.capacity(entry) === wanted[entry]) continue;
    changes.push([books.resourceOf(entry), books.slotOf(entry), wanted[entry]]);
  }
  return changes;
}
