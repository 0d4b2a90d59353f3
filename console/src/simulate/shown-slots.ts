import type { CurvesAnswer } from '../api/simulations.ts';

/** Of all parcels: the last thousandth trickles in for days and would take up half the picture. */
const NEARLY_ALL = 0.999;

/**
 * Slots that are worth a look: to the end of the day by which every policy has delivered nearly all, at
 * least the season's; all that were simulated where one never has.
 */
export function slotsShown(
  { policies }: CurvesAnswer,
  season: { readonly slots: number; readonly slotMinutes: number },
): number {
  const perDay = Math.max(1, Math.round(1440 / season.slotMinutes));
  const ends = policies.map(({ ready, delivered }) => slotsUntil(ready, delivered));
  const days = Math.ceil(Math.max(season.slots, ...ends) / perDay);
  return Math.min(days * perDay, Math.max(...policies.map(({ delivered }) => delivered.length)));
}

function slotsUntil(ready: readonly number[], delivered: readonly number[]): number {
  const enough = NEARLY_ALL * ready.reduce((sum, n) => sum + n, 0);
  let sum = 0;
  const slot = delivered.findIndex((n) => {
    sum += n;
    return sum >= enough;
  });
  return slot < 0 ? delivered.length : slot + 1;
}
