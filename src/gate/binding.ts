import type { GateState } from './gate-state.js';

/**
 * What binds (G9): of the entries that a release over a route in slot t would load, the dearest by the plan's
 * prices; ties to the least free, then to the earlier step.
 */
export function bindingEntry(state: GateState, route: number, t: number): number {
  const { books, prices, network } = state;
  const { stepStart, stepResource, stepLag, stepSpan } = network.routes;
  let best = -1;
  let price = -1;
  let free = Infinity;
  for (let i = stepStart[route]; i < stepStart[route + 1]; i++) {
    const first = books.entryOf(stepResource[i], t + stepLag[i]);
    for (let entry = first; entry < first + stepSpan[i]; entry++) {
      if (prices[entry] < price) continue;
      const room = books.free(entry);
      if (prices[entry] === price && room >= free) continue;
      best = entry;
      price = prices[entry];
      free = room;
    }
  }
  return best;
}
