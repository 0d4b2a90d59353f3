import { expect, test } from 'vitest';
import { simulatingText } from '../../../src/edge/cli/simulating-progress.js';
import {
  differenceLines,
  figureLines,
  rangeLines,
  settingsText,
  zeroLines,
} from '../../../src/edge/cli/simulation-text.js';
import { compareRuns } from '../../../src/world/simulation/compare-runs.js';
import { NO_SURPRISE, ORDINARY } from '../../../src/world/simulation/options.js';
import type { Figures } from '../../../src/world/simulation/run.js';
import { FIGURES_OF_NOTHING } from '../../support/simulation-run.js';

function run(label: string, seed: number, figures: Partial<Figures>) {
  return { label, seed, figures: { ...FIGURES_OF_NOTHING, ...figures } };
}

test('one seed has values, several have means with what is left open', () => {
  const never = { recoveryHours: Number.NaN };
  const one = figureLines(compareRuns([run('plan', 1, { meanHours: 40.25, ...never })], 'plan'));
  expect(one[0].trim()).toBe('plan');
  expect(one[1]).toMatch(/^gridlock \(不瘫痪\), h +0$/);
  expect(one).toContainEqual(expect.stringMatching(/^ready to delivered, mean h +40.3$/));
  expect(one).toContainEqual(expect.stringMatching(/^recovery after the season, h +–$/));
  // 39 and 41: spread √2, so ± 12.7062 · √2 / √2. Ready 2 and 4 million: ± 12.71 million.
  const two = figureLines(
    compareRuns(
      [
        run('plan', 1, { meanHours: 39, ready: 2e6 }),
        run('plan', 2, { meanHours: 41, ready: 4e6, ...never }),
      ],
      'plan',
    ),
  );
  expect(two).toContainEqual(expect.stringMatching(/mean h +40 ± 12.7$/));
  expect(two).toContainEqual(expect.stringMatching(/^ready, parcels +3 M ± 12.71 M$/));
  expect(two).toContainEqual(expect.stringMatching(/^recovery after the season, h +0 \(n 1\)$/));
});

test('seeds without, least and most, differences', () => {
  const runs = [1, 2].flatMap((seed) => [
    run('at-once', seed, { gridlockHours: 10 * seed }),
    run('plan', seed, { gridlockHours: seed - 1 }),
  ]);
  const comparison = compareRuns(runs, 'plan');
  expect(zeroLines(comparison)[1]).toMatch(/^gridlock .+ 0 of 2 \(0–66 %\) +1 of 2 \(9–91 %\)$/);
  expect(rangeLines(comparison)[1]).toMatch(/^gridlock .+ 10 … 20 +0 … 1$/);
  // 10 and 19: mean 14.5, spread 9 / √2, so ± 12.7062 · 9 / 2.
  expect(differenceLines(comparison)[1]).toMatch(/^gridlock .+ 14.5 ± 57.2$/);
});

test('what was simulated is said in one line', () => {
  const of = { seeds: [4], surprises: ORDINARY, reserve: 0, replanHours: 24 };
  expect(settingsText(of)).toBe('seed 4, ordinary surprises; plans every 24 h with 0 % in reserve');
  expect(settingsText({ ...of, surprises: NO_SURPRISE, seeds: [4, 5, 6] })).toMatch(
    /^seeds 4 to 6, no surprises;/,
  );
  expect(settingsText({ ...of, surprises: { ...ORDINARY, demand: 0.2 } })).toContain(
    'ordinary surprises but demand 0.2;',
  );
  expect(settingsText({ ...of, surprises: { ...NO_SURPRISE, scans: 0.2 } })).toContain(
    'no surprises but scans 0.2;',
  );
});

test('progress says how far it is, also behind the season', () => {
  const progress = { slots: 48, ready: 1000, delivered: 7 };
  expect(simulatingText({ ...progress, slot: 3, plans: 0 })).toBe(
    'slot 3 of 48, 1,000 ready, 7 delivered',
  );
  expect(simulatingText({ ...progress, slot: 50, plans: 1 })).toBe(
    'slot 48 of 48 + 2, 1,000 ready, 7 delivered, 1 plan',
  );
});
