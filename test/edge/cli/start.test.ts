import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { SeasonAnswer } from '../../../src/edge/http/schema.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

function start(...args: string[]): { process: ChildProcess; output: () => string } {
  const command = ['--import', 'tsx', 'test/support/start-naive.ts', ...args];
  const child = spawn(process.execPath, command, { cwd: ROOT });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return { process: child, output: () => output };
}

test('start plans a season, says what it did, shows it, and stops when asked', async () => {
  const { process: child, output } = start('--scenario', 'examples/tiny', '--port', '0');
  const address = () => /http:\/\/localhost:\d+\//.exec(output())?.[0];
  await expect.poll(address, { timeout: 60_000 }).toBeDefined();
  expect(output()).toContain('no plan is better by more');
  const season: SeasonAnswer = await (await fetch(`${address()}v1/season`)).json();
  expect(season.holds.released + season.holds.carried).toBe(season.holds.ready);
  expect(season.overload.planned.resourceSlots).toBe(0);
  expect(season.plan.certificate.gap).toBeLessThanOrEqual(1);
  child.kill('SIGINT');
  const [code] = await once(child, 'exit');
  expect(code).toBe(0);
});
