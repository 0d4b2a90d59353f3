import type { SituationFigures } from '../../../src/client/api.ts';

export type Guarantee = 'smooth' | 'safe' | 'steady';
export type Tone = 'good' | 'fair' | 'poor' | 'unknown';

interface Marks {
  /** What it would be if all were well. */
  readonly ideal: number;
  readonly good: number;
  readonly fair: number;
}

/**
 * From where on a guarantee is called good, or to be watched. Nobody has set these: they are assumed, and the page says so. Too
 * strict and everything is off all night; too lax and the colour comes after the overflow.
 */
export const MARKS: Readonly<Record<Guarantee, Marks>> = {
  /** Ten per cent late is within a courier's round. */
  smooth: { ideal: 1, good: 1.1, fair: 1.3 },
  safe: { ideal: 1, good: 0.95, fair: 0.9 },
  /** Pick-ups follow the day: even a calm day's busiest hour is half above its mean. */
  steady: { ideal: 1, good: 1.6, fair: 2.2 },
};

export function toneOf(guarantee: Guarantee, value: number | null): Tone {
  if (value === null) return 'unknown';
  const { ideal, good, fair } = MARKS[guarantee];
  const worse = good < ideal ? -1 : 1;
  if (worse * value <= worse * good) return 'good';
  return worse * value <= worse * fair ? 'fair' : 'poor';
}

/** Whether a no holds; undefined where nobody knows, or there is nothing to count it over yet. */
export function holds({ value, of }: SituationFigures['stopped']): boolean | undefined {
  return value === null || of === 0 ? undefined : value === 0;
}
