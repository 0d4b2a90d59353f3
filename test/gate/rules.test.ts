import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('every rule of the specification of the gate has a test that cites it', () => {
  const spec = readFileSync('docs/spec/gate.md', 'utf8');
  const rules = [...spec.matchAll(/^- \*\*(G\d+)\*\*/gm)].map(([, rule]) => rule);
  const titles = readdirSync('test/gate')
    .filter((name) => name.endsWith('.test.ts') && name !== 'rules.test.ts')
    .flatMap((name) => [
      ...readFileSync(`test/gate/${name}`, 'utf8').matchAll(
        /\btest(?:\.each\([^)]*\))?\(\s*'([^']*)'/g,
      ),
    ])
    .map(([, title]) => title);
  expect(rules).toHaveLength(11);
  const cited = (rule: string): boolean => titles.some((t) => new RegExp(`\\b${rule}\\b`).test(t));
  expect(rules.filter((rule) => !cited(rule))).toEqual([]);
});
