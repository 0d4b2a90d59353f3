import { lagOf, spanOf } from './gate-network.js';
import type { GateState } from './gate-state.js';

/**
 * What binds (G9) when so many parcels would be released over a way in slot t: of the entries that they would
 * load, the dearest by the plan's prices; ties to the least free, then to the earlier step. It binds if it has
 * a price, or has not so much free; −1 if nothing does.
 */
export function bindingEntry(state: GateState, way: number, t: number, parcels: number): number {
  const { books, prices, network } = state;
  const { start, step } = network.loads;
  let best = -1;
  let dearest = 0;
  for (let i = start[way]; i < start[way + 1]; i++) {
    const first = books.entryOf(step[2 * i], t + lagOf(step[2 * i + 1]));
    const end = first + spanOf(step[2 * i + 1]);
    for (let entry = first; entry < end; entry++) {
      const price = prices.of(entry);
      if (price < dearest) continue;
      if (price === dearest) {
        // Mostly a bit tells, and saves a far read.
        if (best < 0 && parcels === 1 && books.isRoomy(entry)) continue;
        if (books.free(entry) >= (best < 0 ? parcels : books.free(best))) continue;
      }
      best = entry;
      dearest = price;
    }
  }
  return best;
}
