import { expect, test } from 'vitest';
import { progressText } from '../../../src/edge/cli/planning-progress.js';

test('progress says time, Z, L, gap and stage, with a dash for what is not known yet', () => {
  const nothing = { objective: Infinity, bound: -Infinity, gap: Infinity };
  expect(progressText({ seconds: 0, ...nothing, stage: 'merging' })).toBe(
    '   0.0 s  Z –  L –  gap –  merging',
  );
  const plan = { objective: 1250.4, bound: 1250, gap: 3.2e-4 };
  expect(progressText({ seconds: 61.25, ...plan, stage: 'settling' })).toBe(
    '  61.3 s  Z 1,250  L 1,250  gap 3.20e-4  settling',
  );
});
