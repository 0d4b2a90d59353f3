import type { SimulationRun } from '../src/world/simulation/run.js';
import type { CalibratedSeason } from './calibrated-season.js';

/** The last days of a season, in 亿 of the nation's parcels. */
export interface November {
  readonly pickedUp: number;
  readonly delivered: number;
  readonly deliveredByDay: readonly number[];
  /** The largest day over the ordinary one. */
  readonly pickUpPeak: number;
  readonly deliveryPeak: number;
  /** From the largest day of pick-up to the first that delivers nearly the most. */
  readonly lagDays: number;
  /** Share of what became ready in these days delivered four days after them. */
  readonly soon: number;
}

/** Days of a plateau differ by less than this. */
const NEARLY = 0.97;
const SOON_DAYS = 4;

export function novemberOf(
  { curves, slots }: SimulationRun,
  { scenario, parcelsInYi, ordinaryYi }: CalibratedSeason,
  days: number,
): November {
  const byDay = (parcels: Float64Array): number[] => {
    const yi = Array.from({ length: Math.ceil(slots / 24) }, () => 0);
    parcels.forEach((n, t) => (yi[Math.floor(t / 24)] += n / parcelsInYi));
    return yi;
  };
  const end = scenario.slots / 24;
  const [ready, pickedUp, delivered] = [curves.ready, curves.pickedUp, curves.delivered].map(byDay);
  const [pickUpMost, deliveryMost] = [Math.max(...pickedUp), Math.max(...delivered)];
  const peak = pickedUp.indexOf(pickUpMost);
  const lasting = sum(ready) - sum(delivered.slice(0, end + SOON_DAYS));
  return {
    pickedUp: sum(pickedUp.slice(end - days, end)),
    delivered: sum(delivered.slice(end - days, end)),
    deliveredByDay: delivered.slice(end - days, end),
    pickUpPeak: pickUpMost / ordinaryYi,
    deliveryPeak: deliveryMost / ordinaryYi,
    lagDays: delivered.slice(peak).findIndex((yi) => yi >= NEARLY * deliveryMost),
    soon: 1 - lasting / sum(ready.slice(end - days, end)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
