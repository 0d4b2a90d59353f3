/**
 * The first in turn among `size` in a slot: another one each slot, spread as evenly as the golden ratio
 * does, so that nobody is always the last to find room.
 */
export function firstInTurn(slot: number, size: number): number {
  return Math.floor(((slot * 0.6180339887498949) % 1) * size);
}
