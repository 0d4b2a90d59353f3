import type { Scenario } from '../../../network/scenario.js';

/** Scans a second on average: a network that lives, and a process that hardly notices. */
const SCANS_PER_SECOND = 8;
/** Scans of a parcel, about. */
const SCANS_OF_PARCEL = 9;
/** Hours of the world behind it when the season begins: a day, so that hubs are full and it is the same time of day. */
export const FROM_HOURS = 24;

/** The share of a season's parcels whose scans are about so many a second; 1 of a small season. */
export function shareFor({ demand, slots, slotMinutes }: Scenario): number {
  const parcels = demand.rowParcels.reduce((sum, n) => sum + n, 0);
  const seconds = slots * slotMinutes * 60;
  const exact = (SCANS_PER_SECOND * seconds) / (parcels * SCANS_OF_PARCEL);
  // One significant digit: each parcel stands for a number that one can say.
  return exact >= 1 ? 1 : 1 / Number((1 / exact).toPrecision(1));
}
