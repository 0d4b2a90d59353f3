import { NO_SURPRISE, ORDINARY, SURPRISE_MOST, SURPRISES, type Surprises } from './options.js';

/** How much of what nobody could know there is, by name. */
export const SURPRISE_LEVELS = ['none', 'ordinary', 'hard'] as const;
export type SurpriseLevel = (typeof SURPRISE_LEVELS)[number];

/** Twice what an ordinary day brings: modelled, as ORDINARY is. */
const HARD_TIMES = 2;

/** Hard surprises are twice the ordinary ones, none above the most that it may be. */
export function surprisesAt(level: SurpriseLevel): Surprises {
  if (level === 'none') return NO_SURPRISE;
  const hard: Record<keyof Surprises, number> = { ...ORDINARY };
  if (level === 'ordinary') return hard;
  for (const name of SURPRISES) hard[name] = Math.min(HARD_TIMES * hard[name], SURPRISE_MOST[name]);
  return hard;
}
