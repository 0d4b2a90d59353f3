import type { Scenario } from '../../network/scenario.js';
import type { WindowPlan } from './window-plan.js';

/**
 * First plans by season: made before anything has happened, they are the same whatever then happens. One
 * is kept a season, the last that was made; a nation's has some hundred megabytes.
 */
export class PlanCache {
  readonly #plans = new WeakMap<Scenario, { readonly key: string; readonly plan: WindowPlan }>();

  find(season: Scenario, key: string): WindowPlan | undefined {
    const kept = this.#plans.get(season);
    return kept?.key === key ? kept.plan : undefined;
  }

  keep(season: Scenario, key: string, plan: WindowPlan): void {
    this.#plans.set(season, { key, plan });
  }
}
