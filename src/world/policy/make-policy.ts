import type { Scenario } from '../../network/scenario.js';
import type { PlanClock } from '../../plan/plan.js';
import type { PlannerOptions } from '../simulation/options.js';
import { AtOnce } from './at-once.js';
import { FirstServed } from './first-served.js';
import { seasonAsItWillBe } from './foresight.js';
import type { PlanCache } from './plan-cache.js';
import { Planned } from './planned.js';
import type { PolicyName, ReleasePolicy, Truth } from './policy.js';
import { Throttle } from './throttle.js';
import type { PlanMade } from './window-plan.js';

export interface PolicyOptions {
  readonly planner: PlannerOptions;
  /** Told to the policy with perfect foresight only. */
  readonly truth: Truth;
  readonly clock: PlanClock;
  /** Told of every plan that a policy makes, also of one taken from the cache. */
  readonly onPlan?: (plan: PlanMade) => void;
  /** Aborted, `decide` throws its reason. */
  readonly signal?: AbortSignal;
  /** First plans by forecast, made in other runs of the same scenario. */
  readonly cache?: PlanCache;
}

export type MeasuredPolicy = ReleasePolicy & {
  /** Wall time of planning so far. */
  readonly planSeconds: number;
  /** Plans made so far; one from the cache does not count. */
  readonly plans: number;
};

export function makePolicy(
  name: PolicyName,
  scenario: Scenario,
  options: PolicyOptions,
): MeasuredPolicy {
  const { truth, cache, planner, ...rest } = options;
  if (name === 'at-once') return withoutPlans(new AtOnce(scenario));
  if (name === 'throttle') return withoutPlans(new Throttle(scenario));
  if (name === 'first-served') return withoutPlans(new FirstServed(scenario));
  if (name === 'plan') {
    return new Planned(name, scenario, { ...planner, ...rest, ...(cache ? { cache } : {}) });
  }
  const horizon = Math.ceil((planner.horizonHours * 60) / scenario.slotMinutes);
  const season = seasonAsItWillBe(scenario, truth, horizon);
  return new Planned(name, season, { ...planner, ...rest, reserve: 0 });
}

function withoutPlans(policy: ReleasePolicy): MeasuredPolicy {
  return Object.assign(policy, { planSeconds: 0, plans: 0 });
}
