import type { PlanSummary, PriceTable, ReleaseBatch } from '../network/plan-files.js';
import type { Scenario } from '../network/scenario.js';
import { bindingOf } from './binding.js';
import { boundOf } from './bound.js';
import { CohortPass } from './cohort-pass.js';
import { costsOf } from './cost.js';
import { ReleasePass } from './release-pass.js';
import { type CheckReport, ViolationList } from './report.js';
import { CapacityLeft, reachOf } from './timetable.js';

/** A plan as its files give it. */
export interface PlanFiles {
  readonly summary: PlanSummary;
  readonly prices: PriceTable;
  releases(): AsyncIterable<ReleaseBatch> | Iterable<ReleaseBatch>;
}

/**
 * Checks a plan against its scenario without knowing how it was made: that nothing is lost
 * (constraint 1), nothing overflows (2), nobody is favoured (3), and that Z, L, the gap and the counts
 * are what plan.json states (docs/spec/release-planning.md, sections 3 to 5). It shares no code with
 * the planner: what both compute, this computes again from the specification.
 *
 * Releases may come in any order and repeat keys (they are summed). Memory: 10 bytes a release row
 * beside the scenario, 16 at the peak.
 */
export async function check(scenario: Scenario, plan: PlanFiles): Promise<CheckReport> {
  const violations = new ViolationList();
  const costs = costsOf(scenario);
  const reach = reachOf(scenario);
  const left = new CapacityLeft(scenario, reach);
  checkPrices(scenario, plan.prices, violations);
  const pass = new ReleasePass(scenario, costs, reach, violations);
  for await (const batch of plan.releases()) pass.add(batch);
  checkLoads(scenario, pass.load, left, violations);
  const cohorts = new CohortPass(scenario, pass.ledger.group(), violations);
  cohorts.run();
  const objective = pass.objective;
  const bound = boundOf(scenario, costs, left, plan.prices);
  const found = {
    objective,
    bound,
    gap: (objective - bound) / Math.max(1, objective),
    ready: cohorts.ready,
    released: pass.released,
    carried: pass.carried,
  };
  checkFigures(scenario, plan.summary, found, violations);
  const binding = bindingOf(scenario, plan.prices, pass.load, left);
  const right = violations.total === 0;
  return { right, violations, ...found, stated: plan.summary, binding };
}

/** Constraint 2: load ≤ capacity left, in every slot that a route reaches. */
function checkLoads(
  scenario: Scenario,
  load: Float64Array,
  left: CapacityLeft,
  violations: ViolationList,
): void {
  for (let at = 0; at < load.length; at++) {
    const resource = Math.floor(at / left.reach);
    const slot = at % left.reach;
    const capacity = left.at(resource, slot);
    if (load[at] <= capacity) continue;
    violations.add('overflow', () => ({
      where: `${scenario.resources.ids.get(resource)}, slot ${slot}`,
      text: `load ${load[at]} > capacity left ${capacity}`,
      by: load[at] - capacity,
    }));
  }
}

/** The bound holds only for prices ≥ 0. */
function checkPrices(scenario: Scenario, prices: PriceTable, violations: ViolationList): void {
  for (let i = 0; i < prices.price.length; i++) {
    const price = prices.price[i];
    if (price >= 0 && Number.isFinite(price)) continue;
    violations.add('price', () => ({
      where: `${scenario.resources.ids.get(prices.resource[i])}, slot ${prices.slot[i]}`,
      text: `${price} is not a price`,
      by: price,
    }));
  }
}

/**
 * How far a stated figure may be from the one found, relative to max(1, found): both are sums of up to
 * 10⁸ rounded products in orders of their own.
 */
const FIGURE_TOLERANCE = 1e-9;

function checkFigures(
  scenario: Scenario,
  stated: PlanSummary,
  found: Record<'objective' | 'bound' | 'gap' | 'ready' | 'released' | 'carried', number>,
  violations: ViolationList,
): void {
  const wrong = (name: string, is: unknown, should: unknown, by: number): void =>
    violations.add('figure', () => ({
      where: `plan.json, ${name}`,
      text: `states ${String(is)}, but the files give ${String(should)}`,
      by,
    }));
  if (stated.scenario !== scenario.name) {
    wrong('scenario', stated.scenario, scenario.name, 0);
  }
  for (const name of ['objective', 'bound', 'gap', 'ready', 'released', 'carried'] as const) {
    const by = stated[name] - found[name];
    const exact = name === 'ready' || name === 'released' || name === 'carried';
    const tolerance = exact ? 0 : FIGURE_TOLERANCE * Math.max(1, Math.abs(found[name]));
    if (!(Math.abs(by) <= tolerance)) wrong(name, stated[name], found[name], by);
  }
}
