import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { AUDIT_ACTIONS } from '../../src/edge/access/audit-actions.js';

const WORDS = new URL('../../console/src/audit/words.ts', import.meta.url);

test('P14: the console has words in both languages for each act that can be written down', () => {
  const text = readFileSync(WORDS, 'utf8');
  const things = new Set(AUDIT_ACTIONS.map((action) => action.split('.')[0]));
  const keys = [
    ...AUDIT_ACTIONS.map((a) => `action.${a}`),
    ...[...things].map((a) => `thing.${a}`),
  ];
  const wrong = keys.filter((key) => text.split(`'${key}': '`).length !== 3);
  expect(wrong.filter((key) => text.split(`'${key}': "`).length !== 2)).toEqual([]);
});
