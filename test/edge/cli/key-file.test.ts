import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readKeyFile } from '../../../src/edge/cli/key-file.js';
import { FaultyInput } from '../../../src/network/fault.js';
import { scenarioFrom } from '../../support/scenario-from.js';

const ends = { origin: 'x', destination: 'y' };
const scenario = scenarioFrom({
  slots: 1,
  resources: [{ id: 'r', capacity: 1 }],
  routes: ['A', 'B'].map((operator) => ({
    id: operator,
    operator,
    ...ends,
    steps: [{ resource: 'r' }],
  })),
  demand: [],
});

function keysOf(text: string | undefined): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'keys-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'keys');
  if (text !== undefined) writeFileSync(path, text);
  return readKeyFile(path, scenario).catch((error: unknown) => {
    if (!(error instanceof FaultyInput)) throw error;
    return error.faults.first.map(({ line, rule, text: says }) => ({ line, rule, says }));
  });
}

test('keys are read, a line each', async () => {
  expect(await keysOf('# of the drill\n\nA secret-1\r\n  B   secret-2\n')).toEqual([
    { operator: 'A', key: 'secret-1' },
    { operator: 'B', key: 'secret-2' },
  ]);
});

test('every fault is told at once, and nothing of a key', async () => {
  const faults = await keysOf('A secret-1 more\nC secret-2\nA secret-3\nA secret-4\n');
  expect(faults).toMatchObject([
    { line: 1, rule: 'malformed' },
    { line: 2, rule: 'unknown-operator' },
    { line: 4, rule: 'operator-twice' },
  ]);
  expect(JSON.stringify(faults)).not.toContain('secret');
  expect(await keysOf('')).toMatchObject([{ line: 0, rule: 'no-key' }]);
  expect(await keysOf(undefined)).toMatchObject([{ line: 0, rule: 'missing-file' }]);
});
