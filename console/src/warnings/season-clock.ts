import { useEachSecond } from '../words/each-second.ts';

/** The season's clock as it was told, and when, by performance.now(). */
export interface ToldClock {
  readonly at: string;
  readonly heardAt: number;
}

/** The season's clock now, ms since 1970: it goes at the pace of seconds; seen again every second. NaN: not told yet. */
export function useSeasonNow(told: ToldClock | undefined): number {
  useEachSecond();
  return seasonNow(told);
}

export function seasonNow(told: ToldClock | undefined): number {
  return told ? Date.parse(told.at) + performance.now() - told.heardAt : Number.NaN;
}
