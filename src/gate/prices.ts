import type { Books } from './books.js';
import type { GatePlan } from './gate-plan.js';

/** The plan's price of each entry of the books. */
export function priceTable({ prices }: GatePlan, books: Books): Float64Array {
  const table = new Float64Array(books.entries);
  for (let i = 0; i < prices.price.length; i++) {
    if (!books.has(prices.slot[i])) continue;
    table[books.entryOf(prices.resource[i], prices.slot[i])] = prices.price[i];
  }
  return table;
}
