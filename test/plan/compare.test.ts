import { expect, it } from 'vitest';
import { comparePlans } from '../../src/plan/compare.js';
import { measurePlan } from '../../src/plan/statistics.js';
import { naivePlan } from '../support/naive-plan.js';
import { type MemoryPlan, NO_PRICES, planOfRows } from '../support/plan-rows.js';
import { scenarioFrom } from '../support/scenario-from.js';
import { bottleneck, pricesOf } from '../support/worlds.js';

it('compares two plans figure by figure, group by group, and by what binds', async () => {
  const scenario = scenarioFrom(bottleneck);
  const good = naivePlan(scenario, pricesOf(bottleneck, { 'hub@0': 2, 'hub@1': 1 }), 4);
  const rows = good.rows.map((row) => ({ ...row, releaseSlot: -1, route: -1 }));
  const idle = planOfRows(scenario, rows, NO_PRICES);
  const measured = async (plan: MemoryPlan) => ({
    summary: plan.summary,
    statistics: await measurePlan(scenario, plan.releases(), plan.prices),
  });
  const comparison = comparePlans(await measured(good), await measured(idle));
  expect(comparison.figures).toContainEqual({ name: 'objective', a: 4, b: 5 * 27 });
  expect(comparison.figures).toContainEqual({ name: 'carried', a: 0, b: 5 });
  expect(comparison.byShipper.map(({ key, a, b }) => [key, a.released, b.released])).toEqual([
    ['a', 3, 0],
    ['b', 2, 0],
  ]);
  expect(comparison.bindsOnlyInA.map(({ resource }) => resource)).toEqual(['hub']);
  expect(comparison.bindsOnlyInB).toEqual([]);
});
