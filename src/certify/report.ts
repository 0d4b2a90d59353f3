import type { PlanSummary } from '../network/plan-files.js';

/** What a plan was found to be, from its files and the scenario's alone. */
export interface CheckReport {
  /** True when every constraint holds and every stated figure is the one found. */
  readonly right: boolean;
  readonly violations: ViolationList;
  /** Z, recomputed. */
  readonly objective: number;
  /** L(π) at the plan's prices, recomputed. */
  readonly bound: number;
  /** (Z − L) / max(1, Z), recomputed. */
  readonly gap: number;
  readonly ready: number;
  readonly released: number;
  readonly carried: number;
  readonly stated: PlanSummary;
  /** Resources with a price, the dearest first: by what the plan's parcels pay there in all. */
  readonly binding: readonly Binding[];
}

/** A resource that binds. */
export interface Binding {
  readonly resource: string;
  /** Σ over slots of price · load, in the objective's unit. */
  readonly paid: number;
  /** Slots with a price. */
  readonly slots: number;
  /** The slot with the highest price; the price, load and capacity left there. */
  readonly slot: number;
  readonly price: number;
  readonly load: number;
  readonly capacity: number;
}

/**
 * What can be wrong with a plan. The first three are the constraints of the specification (section 3).
 *
 * - `lost`: released + carried ≠ ready, for a shipper of a cohort
 * - `overflow`: load > capacity left, for a resource and slot
 * - `favoured`: |x·N − n·R| ≥ N, for a shipper of a cohort and a slot
 * - `row`: a release that cannot be: a slot outside max(s, 0) … T − 1, another pair's route, no whole
 *   number of parcels, demand that does not exist
 * - `price`: a price that is not a number ≥ 0
 * - `figure`: plan.json states something else than the tables
 */
export type ViolationRule = 'lost' | 'overflow' | 'favoured' | 'row' | 'price' | 'figure';

export interface Violation {
  readonly rule: ViolationRule;
  /** What is wrong where: the key by its identifiers. */
  readonly where: string;
  /** What was found against what must hold. */
  readonly text: string;
  /** By how much: parcels for the constraints, the figure's unit for figures. */
  readonly by: number;
}

/** The first violations in full and the count of all, by rule. */
export class ViolationList {
  readonly first: Violation[] = [];
  readonly countByRule = new Map<ViolationRule, number>();
  total = 0;

  constructor(readonly keep = 100) {}

  /** `violation` is called only if it will be kept: a wrong plan may have millions. */
  add(rule: ViolationRule, violation: () => Omit<Violation, 'rule'>): void {
    this.total += 1;
    this.countByRule.set(rule, (this.countByRule.get(rule) ?? 0) + 1);
    if (this.first.length < this.keep) this.first.push({ rule, ...violation() });
  }
}
