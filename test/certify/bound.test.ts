import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/certify/check.js';
import { arbitraryScenario } from '../support/arbitrary-scenario.js';
import { solveWithHighs } from '../support/highs-oracle.js';
import { naivePlan } from '../support/naive-plan.js';
import { planOfRows, rowsOfReleases } from '../support/plan-rows.js';
import { scenarioFrom } from '../support/scenario-from.js';
import { pricesOf, solvedWorlds } from '../support/worlds.js';

describe('section 4: the certificate', () => {
  it.each(solvedWorlds)('is what the head makes it: $title', async (solved) => {
    const scenario = scenarioFrom(solved.world);
    const oracle = await solveWithHighs(scenario, true);
    expect(oracle.optimum).toBeCloseTo(solved.optimum, 9);
    const releases = byCohort(scenario.demand.cohortSlot.length, oracle.releases);
    const plan = planOfRows(
      scenario,
      rowsOfReleases(scenario, releases),
      pricesOf(solved.world, solved.prices),
      { bound: solved.bound },
    );
    const report = await check(scenario, plan);
    expect(report.violations.first).toEqual([]);
    expect(report.objective).toBeCloseTo(solved.optimum, 9);
    expect(report.bound).toBeCloseTo(solved.bound, 9);
  });

  it('L at any prices is at most the optimum, and at the optimal prices meets it', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryScenario, fc.array(fc.nat(8)), async (scenario, noise) => {
        const oracle = await solveWithHighs(scenario);
        const slack = 1e-6 * Math.max(1, oracle.optimum);
        const best = await check(scenario, naivePlan(scenario, oracle.prices));
        expect(Math.abs(best.bound - oracle.optimum)).toBeLessThan(slack);
        expect(best.objective).toBeGreaterThan(oracle.optimum - slack);
        const price = oracle.prices.price.map((p, i) => p + (noise[i] ?? 0));
        const other = await check(scenario, naivePlan(scenario, { ...oracle.prices, price }));
        expect(other.bound).toBeLessThan(oracle.optimum + slack);
      }),
      { numRuns: 150 },
    );
  });
});

function byCohort<R extends { cohort: number; slot: number; parcels: number }>(
  cohorts: number,
  releases: readonly R[],
) {
  return Array.from({ length: cohorts }, (_, k) =>
    releases
      .filter((y) => y.cohort === k)
      .map((y) => ({ ...y, parcels: Math.round(y.parcels) }))
      .toSorted((a, b) => a.slot - b.slot),
  );
}
