import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { SimulationsAnswer } from '../../../src/edge/http/simulation-schema.js';
import { startProgram } from '../../support/start-program.js';

test('start plans a season, says what it did, shows it, and stops when asked', async () => {
  const { process: child, origin, output } = await startProgram('--scenario', 'examples/tiny');
  onTestFinished(() => void child.kill('SIGKILL'));
  // The world's README works the best plan out by hand: Z = L = 15.
  expect(output()).toMatch(/objective Z +15\n/);
  expect(output()).toContain('26 ready = 26 released + 0 carried over');
  expect(output()).toContain('12 held');
  expect((await fetch(`${origin}/plan`)).status).toBe(200);
  // Not a demonstration: nobody is known who might look at it.
  expect((await fetch(`${origin}/v1/plans`)).status).toBe(401);
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('start simulates when asked, and ends at once in the middle of it', async () => {
  const { process: child, origin, output } = await startProgram('--scenario', generatedTiny());
  onTestFinished(() => void child.kill('SIGKILL'));
  const analyst = await signIn(origin, output(), 'analysts');
  const ask = (runs: number) =>
    analyst('/v1/simulations', {
      method: 'POST',
      body: JSON.stringify({ policies: ['at-once', 'plan'], seed: 1, runs, surprises: 'ordinary' }),
    });
  expect((await ask(1)).status).toBe(202);
  for (;;) {
    const list: SimulationsAnswer = await (await analyst('/v1/simulations')).json();
    const [{ state, progress }] = list.simulations;
    if (state === 'done') expect(progress).toMatchObject({ finished: 2, runs: 2 });
    if (state !== 'running') break;
  }
  expect((await ask(20)).status).toBe(202);
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

/** The tiny season in a folder of its own, as if it had been generated: it has a demonstration. */
function generatedTiny(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cuofeng-tiny-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync('examples/tiny', folder, { recursive: true });
  const file = join(folder, 'scenario.json');
  const scenario: object = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...scenario, generated: {} }));
  return folder;
}

/** Asks as somebody of the demonstration. */
async function signIn(
  origin: string,
  output: string,
  organisation: string,
): Promise<(path: string, init?: RequestInit) => Promise<Response>> {
  const [, password] = /, password (\S+)/.exec(output) ?? [];
  const answer = await fetch(`${origin}/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ organisation, login: 'duty-1', password }),
  });
  expect(answer.status).toBe(200);
  const { csrf }: { csrf: string } = await answer.json();
  const [cookie] = answer.headers.getSetCookie().map((each) => each.split(';')[0]);
  const headers = { cookie, origin, 'x-csrf-token': csrf, 'content-type': 'application/json' };
  return (path, init = {}) => fetch(`${origin}${path}`, { ...init, headers });
}
