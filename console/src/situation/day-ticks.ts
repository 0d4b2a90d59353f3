/** Days named under the slider; more would run into each other. */
const TICKS_MOST = 7;

/** Slots in which a day begins, as many as can be named, evenly; `from` itself where no day begins soon after. */
export function dayTicks(from: number, last: number, date: (slot: number) => string): number[] {
  const begin: number[] = [];
  for (let slot = from + 1; slot <= last; slot++) {
    if (date(slot) !== date(slot - 1)) begin.push(slot);
  }
  const every = Math.ceil(begin.length / TICKS_MOST);
  return begin.filter((_, i) => i % every === 0);
}
