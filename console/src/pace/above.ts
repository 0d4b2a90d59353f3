import type { Acceptance } from '../../../src/client/api.ts';

/** Chance makes pick-up some per cent more than planned here and less there. */
const TOLERATED = 0.05;

/** Pick-up over plan; undefined where one of them is not known, or nothing was planned. */
export function overPlan({ planned, accepted }: Acceptance['origins'][number]): number | undefined {
  return accepted === null || planned === 0 ? undefined : accepted / planned;
}

/** Whether more was picked up than the plan lets go: volume was chased. */
export function isAbove(origin: Acceptance['origins'][number]): boolean {
  const { planned, accepted } = origin;
  return accepted !== null && accepted > (1 + TOLERATED) * planned;
}
