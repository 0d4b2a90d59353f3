import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/certify/check.js';
import { CohortIndex } from '../../src/plan/cohort-index.js';
import { findCohort, keyOfCohort } from '../../src/plan/cohort-key.js';
import type { Explanation, Option } from '../../src/plan/explain.js';
import { explainCohorts, findWorstHolds } from '../../src/plan/explain-plan.js';
import { explanationText } from '../../src/plan/explain-text.js';
import { arbitraryScenario } from '../support/arbitrary-scenario.js';
import { solveWithHighs } from '../support/highs-oracle.js';
import { naivePlan } from '../support/naive-plan.js';
import { scenarioFrom } from '../support/scenario-from.js';
import { bottleneck, pricesOf } from '../support/worlds.js';

describe('explain', () => {
  it('names the resource and slot that bind and what earlier slots would have cost', async () => {
    const scenario = scenarioFrom(bottleneck);
    const plan = naivePlan(scenario, pricesOf(bottleneck, { 'hub@0': 2, 'hub@1': 1 }));
    const [explanation] = await explainCohorts(scenario, plan, [0]);
    expect(explanation).toMatchObject({ ready: 5, released: 5, carried: 0 });
    expect(explanation.chosen.map((c) => [c.parcels, c.option.slot, c.option.total])).toEqual([
      [2, 0, 2],
      [2, 1, 2],
      [1, 2, 2],
    ]);
    expect(explanation.slots[0].tolls).toEqual([
      { resource: 'hub', kind: 'hub', slot: 0, price: 2, times: 1, load: 2, capacity: 2 },
    ]);
    const text = explanationText(scenario, explanation, 'en').join('\n');
    expect(text).toContain('hub, slot 0 (11-01 00:00): price 2, load 2 of 2 left');
    expect(text).toContain('2 = waiting 1 + prices 1');
    expect(explanationText(scenario, explanation, 'zh').join('\n')).toContain(
      'hub，时段 0（11-01 00:00）：价格 2，负荷 2',
    );
  });

  it('adds up: parts to totals, chosen to Z and prices, the least to L, whatever the world', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryScenario, async (scenario) => {
        const { prices } = await solveWithHighs(scenario);
        const plan = naivePlan(scenario, prices);
        const all = Array.from(scenario.demand.cohortSlot.keys());
        const explanations = await explainCohorts(scenario, plan, all);
        let [cost, paid, least] = [0, 0, 0];
        for (const explanation of explanations) {
          for (const { parcels, option } of explanation.chosen) {
            cost += parcels * (option.total - tollsOf(option));
            paid += parcels * tollsOf(option);
          }
          least += explanation.ready * explanation.least.total;
          expectSums(explanation);
        }
        const report = await check(scenario, plan);
        const income = report.binding.reduce((sum, b) => sum + b.paid, 0);
        expect(cost).toBeCloseTo(report.objective, 6);
        expect(paid).toBeCloseTo(income, 6);
        expect(least - worthOfRoom(scenario, prices)).toBeCloseTo(report.bound, 6);
      }),
      { numRuns: 60 },
    );
  });

  it('finds the worst holds by what they cost, and any cohort by its key', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryScenario,
        fc.integer({ min: 1, max: 4 }),
        async (scenario, keep) => {
          const plan = naivePlan(scenario);
          const cohorts = Array.from(scenario.demand.cohortSlot.keys());
          const explanations = await explainCohorts(scenario, plan, cohorts);
          const costs = explanations.map(holdingOf);
          const worst = await findWorstHolds(scenario, () => plan.releases(), keep);
          const expected = cohorts
            .filter((k) => costs[k] > 0)
            .toSorted((a, b) => costs[b] - costs[a]);
          expect(worst.length).toBe(Math.min(keep, expected.length));
          worst.forEach((k, i) => expect(costs[k]).toBeCloseTo(costs[expected[i]], 6));
          const index = new CohortIndex(scenario);
          for (const k of cohorts) {
            expect(findCohort(scenario, index, keyOfCohort(scenario, index, k))).toBe(k);
          }
        },
      ),
    );
  });
});

function tollsOf(option: Option): number {
  return option.tolls.reduce((sum, toll) => sum + toll.price * toll.times, 0);
}

function expectSums({ ready, released, carried, chosen, slots, least }: Explanation): void {
  expect(released + carried).toBe(ready);
  expect(chosen.reduce((sum, c) => sum + c.parcels, 0)).toBe(ready);
  for (const option of [...chosen.map((c) => c.option), ...slots, least]) {
    const { waiting, lateness, growth, detour, penalty } = option;
    const sum = waiting + lateness + growth + detour + penalty + tollsOf(option);
    expect(option.total).toBeCloseTo(sum, 9);
    expect(least.total).toBeLessThanOrEqual(option.total + 1e-9);
  }
}

function holdingOf({ chosen }: Explanation): number {
  return chosen.reduce((sum, { parcels, option: o }) => {
    return sum + parcels * (o.waiting + o.lateness + o.growth + o.penalty);
  }, 0);
}

type Solved = Awaited<ReturnType<typeof solveWithHighs>>;

/** Σ π · capacity left. */
function worthOfRoom(
  scenario: ReturnType<typeof scenarioFrom>,
  { resource, slot, price }: Solved['prices'],
): number {
  const { capacity, overrides, commitments } = scenario.resources;
  const find = (values: typeof overrides, i: number) => {
    const at = values.value.findIndex(
      (_, j) => values.resource[j] === resource[i] && values.slot[j] === slot[i],
    );
    return at < 0 ? undefined : values.value[at];
  };
  return price.reduce((sum, p, i) => {
    const whole = find(overrides, i) ?? capacity[resource[i]];
    return sum + p * Math.max(0, whole - (find(commitments, i) ?? 0));
  }, 0);
}
