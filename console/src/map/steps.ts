/** How full, in four steps and one for what is not known: from 0.7, from 0.9, over 1. */
export type Step = 0 | 1 | 2 | 3 | 4;
export const OVER: Step = 3;
export const UNKNOWN: Step = 4;

export const STALE = 1;
export const WARNED = 2;
export const OVERFLOWING = 4;

export function stepOf(share: number): Step {
  if (share > 1) return OVER;
  if (share >= 0.9) return 2;
  if (share >= 0.7) return 1;
  return share >= 0 ? 0 : UNKNOWN;
}

/** The step that a hub is shown in: what overflows is over, whatever its fill says. */
export function stepShown(fill: number, marks: number): Step {
  return marks & OVERFLOWING ? OVER : stepOf(fill);
}

/**
 * How much a hub wants to be seen: overflowing, then over, then by how full, a warning adding half a step; what is not
 * known comes last. Ties are the caller's.
 */
export function urgency(fill: number, marks: number): number {
  const full = Number.isNaN(fill) ? -1 : Math.min(fill, 9);
  return full + (marks & WARNED ? 0.5 : 0) + (marks & OVERFLOWING ? 10 : 0);
}
