import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { compareCommand } from '../../../src/edge/cli/compare.js';
import { planCommand } from '../../../src/edge/cli/plan.js';
import { simulateCommand } from '../../../src/edge/cli/simulate.js';
import { FaultyInput } from '../../../src/network/fault.js';
import { readScenario } from '../../../src/network/read-scenario.js';
import { readSimulation } from '../../../src/world/simulation/read-simulation.js';
import { runCommand } from '../../support/run-command.js';
import { writeWorld } from '../../support/scenario-folder.js';
import { bottleneck } from '../../support/worlds.js';

const PROGRAM = ['--import', 'tsx', 'src/edge/cli/main.ts'];
const TINY = 'examples/tiny';
const TABLES = ['curves', 'holds', 'hubs', 'network', 'times'];

let folder: string;
/** Three seeds of two policies on the tiny world. */
let sim: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cuofeng-'));
  sim = join(folder, 'sim');
  expect(run('simulate', TINY, '-o', sim, '--runs', '3').status).toBe(0);
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('simulate', () => {
  test('without surprises what is ready is what was forecast, and all of it is delivered', () => {
    const { status, stdout } = run('simulate', TINY, '--surprise', 'none');
    expect(status).toBe(0);
    expect(stdout).toContain('The world is modelled: figures are not measurements.');
    expect(stdout).toContain('seed 1, no surprises; plans every 24 h');
    expect(stdout).toMatch(
      /\n +at-once +plan\ngridlock \(不瘫痪\), h +0 +0\noverflow of important/,
    );
    expect(stdout).toMatch(/ready, parcels +26 +26\ndelivered, parcels +26 +26\n/);
    expect(stdout).toContain('2 seasons in ');
  });

  test('the same seeds give the same bytes, and the same numbers as Parquet', async () => {
    const [again, parquet] = [join(folder, 'again'), join(folder, 'parquet')];
    const args = [TINY, '--runs', '3', '-o'];
    await runCommand(simulateCommand(), [...args, again]);
    await runCommand(simulateCommand(), [...args, parquet, '--format', 'parquet']);
    expect(await readdir(sim)).toEqual([
      ...TABLES.slice(0, 4).map((table) => `${table}.csv`),
      'simulation.json',
      'times.csv',
    ]);
    for (const table of TABLES) {
      const bytes = (at: string) => readFile(join(at, `${table}.csv`), 'utf8');
      expect(await bytes(again)).toBe(await bytes(sim));
    }
    const { resources } = await readScenario(TINY);
    const runsOf = async (at: string) =>
      (await (await readSimulation(at)).runs(resources.ids)).map((of) => ({
        ...of,
        planSeconds: 0,
        worldSeconds: 0,
      }));
    expect(await runsOf(parquet)).toEqual(await runsOf(sim));
  });

  test('seeds are chance: another seed is another season', async () => {
    const { summary } = await readSimulation(sim);
    const ready = summary.runs.map(({ policy, seed, figures }) => [policy, seed, figures.ready]);
    const runs = ready.map(([policy, seed]) => `${policy} ${seed}`);
    expect(runs.join(', ')).toBe('at-once 1, at-once 2, at-once 3, plan 1, plan 2, plan 3');
    // The same seed is the same chance for each policy.
    expect(ready.slice(0, 3).map((r) => r[2])).toEqual(ready.slice(3).map((r) => r[2]));
    expect(new Set(ready.map((r) => r[2])).size).toBeGreaterThan(1);
  });

  test('hubs without a floor are noted; without a hub there is nothing to see', async () => {
    const [bare, none] = [join(folder, 'bare'), join(folder, 'none')];
    await writeWorld(bare, bottleneck, { format: 'csv' });
    const { text } = await runCommand(simulateCommand(), [bare]);
    expect(text).toContain('note: 1 of 1 hubs have no floor');
    const resources = [{ id: 'hub', capacity: 2, kind: 'pickup' }];
    await writeWorld(none, { ...bottleneck, resources }, { format: 'csv' });
    const args = [none, '-o', join(folder, 'nothing')];
    await expect(runCommand(simulateCommand(), args)).rejects.toThrow(FaultyInput);
    expect(await readdir(folder)).not.toContain('nothing');
  });

  test('faults of the command line are all named before anything is read: 2', async () => {
    const args = ['--policy', 'plam', '--runs', '0', '--surprise', 'snow=1', '--reserve', '1'];
    const { status, stdout, stderr } = run('simulate', join(folder, 'nowhere'), ...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('The input has 4 faults:\n\nthe command line\n  unknown-policy: ');
  });

  test('another folder is not written over, a missing scenario is named', async () => {
    const other = await mkdtemp(join(folder, 'other-'));
    await writeFile(join(other, 'thesis.doc'), 'years of work');
    await expect(runCommand(simulateCommand(), [TINY, '-o', other])).rejects.toThrow(
      'is not empty and has no simulation.json: nothing was written',
    );
    expect(await readdir(other)).toEqual(['thesis.doc']);
    const missing = runCommand(simulateCommand(), [join(folder, 'nowhere')]);
    await expect(missing).rejects.toThrow(FaultyInput);
  });

  test.each([
    ['SIGINT', 'of 1000): slot '],
    ['SIGTERM', 'seeds 1 to 1000'],
  ] as const)('%s leaves nothing', async (signal, until) => {
    const sims = await mkdtemp(join(folder, 'sims-'));
    // A thousand seeds of the bundled season take far longer than a test.
    const args = ['simulate', 'examples/double-eleven', '--runs', '1000', '-o', join(sims, 'sim')];
    const child = spawn(process.execPath, [...PROGRAM, ...args]);
    onTestFinished(() => void child.kill('SIGKILL'));
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    }
    await expect.poll(() => said, { timeout: 60_000 }).toContain(until);
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(said).toContain('error: interrupted: nothing was written');
    expect(await readdir(sims)).toEqual([]);
  });
});

describe('compare', () => {
  test('a simulation: means, seeds without, differences to the plan', async () => {
    const { text } = await runCommand(compareCommand(), [TINY, sim]);
    expect(text).toContain(`  ${sim}: seeds 1 to 3, ordinary surprises;`);
    expect(text).toMatch(/\nSeeds without +at-once +plan\n/);
    expect(text).toMatch(/\nMinus plan, seed by seed +at-once\n/);
    const other = await runCommand(compareCommand(), [TINY, sim, '--base', 'at-once']);
    expect(other.text).toMatch(/\nMinus at-once, seed by seed +plan\n/);
    const json = JSON.parse((await runCommand(compareCommand(), [TINY, sim, '--json'])).text);
    expect(json).toMatchObject({
      about: 'Simulated: figures of a model, not measurements.',
      simulations: [{ folder: sim, planner: { reserve: 0 } }],
      base: 'plan',
      policies: [
        { label: 'at-once', seeds: 3 },
        { label: 'plan', seeds: 3 },
      ],
    });
    expect(json.figures[0]).toMatchObject({ name: 'gridlockHours', of: [{ n: 3 }, { n: 3 }] });
  });

  test('two simulations: a policy that is in both is told apart by folder', async () => {
    const reserve = join(folder, 'reserve');
    const args = [TINY, '--policy', 'plan', '--reserve', '0.1', '-o', reserve];
    await runCommand(simulateCommand(), args);
    const { text } = await runCommand(compareCommand(), [TINY, sim, reserve]);
    expect(text).toContain(`  ${reserve}: seed 1, ordinary surprises; plans every 24 h with 10 %`);
    expect(text).toMatch(/\nMinus plan \(.+sim\), seed by seed +at-once +plan \(.+reserve\)\n/);
  });

  test('what cannot be compared is refused', async () => {
    const [plan, small] = [join(folder, 'plan'), join(folder, 'small')];
    await runCommand(planCommand(), [TINY, '-o', plan]);
    await writeWorld(small, bottleneck, { format: 'csv' });
    for (const [rule, ...args] of [
      ['mixed-folders', TINY, sim, plan],
      ['not-two-plans', TINY, plan],
      ['base-of-plans', TINY, plan, plan, '--base', 'plan'],
      ['missing-folder', TINY, sim, join(folder, 'nowhere')],
      ['missing-folder', TINY, TINY],
      ['folder-twice', TINY, sim, sim],
      ['unknown-base', TINY, sim, '--base', 'throttle'],
      ['other-scenario', small, sim],
    ]) {
      const refused = await runCommand(compareCommand(), args).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(FaultyInput);
      expect(refused).toMatchObject({
        faults: { first: expect.arrayContaining([expect.objectContaining({ rule })]) },
      });
    }
  });
});

/** Runs the program as a person does. */
function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...PROGRAM, ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}
