import { setImmediate, setTimeout } from 'node:timers/promises';
import type { PlanClock } from '../plan/plan.js';
import type { Timing } from '../units/timing.js';

/** The machine's clock; the only place that asks what time it is for a planner. */
export const clock: PlanClock = {
  now: () => performance.now() / 1000,
  pause: () => setImmediate(),
};

/**
 * A gate's time: the machine's clock as it stood when the process began, going on at the pace of seconds, so that
 * it never jumps; moved by `offsetMs`.
 */
export function systemTiming(offsetMs: number): Timing {
  return {
    now: () => Math.floor(performance.timeOrigin + performance.now()) + offsetMs,
    elapsed: () => performance.now(),
    sleep: (ms) => setTimeout(ms),
  };
}
