import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('every rule of the specification of tracking has a test that cites it', () => {
  const spec = readFileSync('docs/spec/tracking.md', 'utf8');
  const rules = [...spec.matchAll(/^- \*\*(T\d+)\*\*/gm)].map(([, rule]) => rule);
  const titles = readdirSync('test/track')
    .filter((name) => name.endsWith('.test.ts') && name !== 'rules.test.ts')
    .flatMap((name) => [
      ...readFileSync(`test/track/${name}`, 'utf8').matchAll(/\btest\(\s*'([^']*)'/g),
    ])
    .map(([, title]) => title);
  expect(rules).toHaveLength(8);
  const cited = (rule: string): boolean => titles.some((t) => new RegExp(`\\b${rule}\\b`).test(t));
  expect(rules.filter((rule) => !cited(rule))).toEqual([]);
});
