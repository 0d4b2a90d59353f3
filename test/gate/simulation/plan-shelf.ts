import type { GatePlan } from '../../../src/gate/gate-plan.js';

/** Where plans are published: a version is written once, on top of the one its planner read (P6). */
export class PlanShelf {
  readonly #plans = new Map<number, GatePlan>();
  latest = 0;

  /** Whether the plan was published; if not, another planner was first. */
  publish(plan: GatePlan): boolean {
    if (plan.version !== this.latest + 1) return false;
    this.put(plan);
    return true;
  }

  find(version: number): GatePlan | undefined {
    return this.#plans.get(version);
  }

  protected put(plan: GatePlan): void {
    this.#plans.set(plan.version, plan);
    this.latest = plan.version;
  }
}
