import { setImmediate } from 'node:timers/promises';
import type { PlanClock } from '../plan/plan.js';

/** The machine's clock; the only place that asks what time it is for a planner. */
export const clock: PlanClock = {
  now: () => performance.now() / 1000,
  pause: () => setImmediate(),
};
