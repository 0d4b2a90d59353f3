import type { HubForecast } from './forecast.js';
import { peakOf } from './forecast.js';
import type { WarnModel } from './warn-model.js';
import type { WarnPolicy } from './warn-policy.js';
import { LEVELS, type WarningLevel } from './warning.js';

/** How a resource's expected stock stands to its floor and its pace. */
export interface Measures {
  readonly floorShare: number;
  readonly capacityHours: number;
  /** That the floor is passed within so many hours. */
  chanceWithin(hours: number): number;
}

export function measure(model: WarnModel, hub: HubForecast): Measures {
  const peak = hub.stock[peakOf(hub.stock)];
  const rate =
    hub.rate.subarray(1).reduce((all, n) => all + n, 0) / Math.max(1, hub.rate.length - 1);
  return {
    floorShare: peak / model.floor[hub.resource],
    capacityHours: rate > 0 ? (peak / rate) * model.slotHours : peak > 0 ? Infinity : 0,
    chanceWithin: (hours) => {
      const u = Math.min(hub.chanceBy.length, Math.round(hours / model.slotHours)) - 1;
      return u < 0 ? 0 : hub.chanceBy[u];
    },
  };
}

/** The highest level with a threshold, times `share`, that is reached; undefined if there is none. */
export function levelOf(
  { levels }: WarnPolicy,
  measures: Measures,
  share = 1,
): WarningLevel | undefined {
  return LEVELS.findLast((level) => {
    const { chance, withinHours, floorShare, capacityHours } = levels[level];
    return (
      measures.chanceWithin(withinHours) >= share * chance ||
      measures.floorShare >= share * floorShare ||
      measures.capacityHours >= share * capacityHours
    );
  });
}

/** −1 for none, 0 for blue … 3 for red. */
export function rankOf(level: WarningLevel | undefined): number {
  return level === undefined ? -1 : LEVELS.indexOf(level);
}
