import { describe, expect, test } from 'vitest';
import {
  compareRuns,
  FIGURES,
  type LabelledRun,
} from '../../../src/world/simulation/compare-runs.js';
import {
  meanInterval,
  studentQuantile,
  wilsonInterval,
} from '../../../src/world/simulation/interval.js';
import type { Figures } from '../../../src/world/simulation/run.js';
import { FIGURES_OF_NOTHING } from '../../support/simulation-run.js';

describe('intervals', () => {
  // From the printed tables of Student's distribution.
  test.each([
    [1, 12.7062],
    [2, 4.3027],
    [3, 3.1824],
    [4, 2.7764],
    [9, 2.2622],
    [30, 2.0423],
    [99, 1.9842],
    [100_000, 1.96],
  ])("Student's quantile of %i degrees of freedom is %f", (freedom, t) => {
    expect(studentQuantile(freedom)).toBeCloseTo(t, 4);
  });

  test('1, 2, 3: mean 2, standard deviation 1, so 2 ± 4.3027 / √3', () => {
    const { n, mean, low, high } = meanInterval([1, 2, 3]);
    expect([n, mean]).toEqual([3, 2]);
    expect(high - 2).toBeCloseTo(4.3027 / Math.sqrt(3), 4);
    expect(low + high).toBeCloseTo(4, 12);
  });

  test('one value has no interval, no value no mean', () => {
    expect(meanInterval([7])).toEqual({ n: 1, mean: 7, low: Number.NaN, high: Number.NaN });
    expect(meanInterval([]).mean).toBeNaN();
  });

  test("Wilson's bounds solve (hits/n − p)² = z² p (1 − p) / n, and are 0 and 1 at the ends", () => {
    for (const [hits, n] of [
      [95, 100],
      [1, 3],
      [0, 10],
      [10, 10],
    ]) {
      const { low, high } = wilsonInterval(hits, n);
      for (const p of [low, high].filter((bound) => bound > 0 && bound < 1)) {
        expect((hits / n - p) ** 2).toBeCloseTo((1.959964 ** 2 * p * (1 - p)) / n, 8);
      }
    }
    // With none of n the upper bound is z² / (n + z²), with all of n the lower one n / (n + z²).
    expect(wilsonInterval(0, 10)).toEqual({ low: 0, high: expect.closeTo(3.8415 / 13.8415, 4) });
    expect(wilsonInterval(10, 10)).toEqual({ low: expect.closeTo(10 / 13.8415, 4), high: 1 });
  });
});

describe('runs compared', () => {
  const runs = [
    run('at-once', 1, { gridlockHours: 10, recoveryHours: Number.NaN }),
    run('at-once', 2, { gridlockHours: 14, recoveryHours: 40 }),
    run('plan', 1, { gridlockHours: 0, recoveryHours: 5 }),
    run('plan', 2, { gridlockHours: 2, recoveryHours: 7 }),
    run('plan', 3, { gridlockHours: 0, recoveryHours: 6 }),
  ];
  const { policies, figures } = compareRuns(runs, 'at-once');
  const figure = (name: keyof Figures) => figures.find((f) => f.name === name)?.of ?? [];

  test('every figure of every policy, in order', () => {
    expect(figures.map(({ name }) => name)).toEqual(FIGURES);
    expect(FIGURES.toSorted()).toEqual(Object.keys(FIGURES_OF_NOTHING).toSorted());
    expect(policies).toEqual([
      { label: 'at-once', seeds: 2 },
      { label: 'plan', seeds: 3 },
    ]);
  });

  test('mean, least, most; the difference is of seeds that both have: −10 and −12', () => {
    const [base, plan] = figure('gridlockHours');
    expect(base).toMatchObject({ n: 2, mean: 12, least: 10, most: 14, difference: { mean: 0 } });
    expect(plan).toMatchObject({ n: 3, mean: 2 / 3, least: 0, most: 2 });
    // The spread of −10 and −12 is √2, so its mean lies within ±12.7062 · √2 / √2.
    expect(plan.difference).toEqual({
      n: 2,
      mean: -11,
      low: expect.closeTo(-11 - 12.7062, 4),
      high: expect.closeTo(-11 + 12.7062, 4),
    });
  });

  test('what should be 0 says in how many seeds it is', () => {
    const [base, plan] = figure('gridlockHours');
    expect(base.zero).toMatchObject({ seeds: 0, low: 0 });
    expect(plan.zero).toEqual({ seeds: 2, ...wilsonInterval(2, 3) });
    expect(figure('meanHours')[0].zero).toBeUndefined();
  });

  test('a seed without a value is left out, and n says so', () => {
    const [base, plan] = figure('recoveryHours');
    expect(base).toMatchObject({ n: 1, mean: 40, low: Number.NaN });
    expect(plan.difference).toMatchObject({ n: 1, mean: -33 });
  });
});

function run(label: string, seed: number, figures: Partial<Figures>): LabelledRun {
  return { label, seed, figures: { ...FIGURES_OF_NOTHING, ...figures } };
}
