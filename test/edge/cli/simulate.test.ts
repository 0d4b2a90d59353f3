import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { readScenario } from '../../../src/network/read-scenario.js';
import { readSimulation } from '../../../src/world/simulation/read-simulation.js';
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
    expect(run('simulate', TINY, '-o', again, '--runs', '3').status).toBe(0);
    expect(run('simulate', TINY, '-o', parquet, '--runs', '3', '--format', 'parquet').status).toBe(
      0,
    );
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

  test('hubs without a floor are noted; without a hub there is nothing to see: 2', async () => {
    const [bare, none] = [join(folder, 'bare'), join(folder, 'none')];
    await writeWorld(bare, bottleneck, { format: 'csv' });
    expect(run('simulate', bare).stdout).toContain('note: 1 of 1 hubs have no floor');
    const resources = [{ id: 'hub', capacity: 2, kind: 'pickup' }];
    await writeWorld(none, { ...bottleneck, resources }, { format: 'csv' });
    const { status, stdout, stderr } = run('simulate', none, '-o', join(folder, 'nothing'));
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('no-hub: ');
    expect(await readdir(folder)).not.toContain('nothing');
  });

  test('faults of the command line are all named before anything is read: 2', async () => {
    const args = ['--policy', 'plam', '--runs', '0', '--surprise', 'snow=1', '--reserve', '1'];
    const { status, stdout, stderr } = run('simulate', join(folder, 'nowhere'), ...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('The input has 4 faults:\n\nthe command line\n  unknown-policy: ');
  });

  test('another folder is not written over, a missing scenario is named: 2', async () => {
    const other = await mkdtemp(join(folder, 'other-'));
    await writeFile(join(other, 'thesis.doc'), 'years of work');
    const { status, stderr } = run('simulate', TINY, '-o', other);
    expect(status).toBe(2);
    expect(stderr).toContain('is not empty and has no simulation.json: nothing was written');
    expect(await readdir(other)).toEqual(['thesis.doc']);
    expect(run('simulate', join(folder, 'nowhere')).status).toBe(2);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('%s leaves nothing', async (signal) => {
    const sims = await mkdtemp(join(folder, 'sims-'));
    // A thousand seeds of the bundled season take far longer than a test.
    const args = ['simulate', 'examples/double-eleven', '--runs', '1000', '-o', join(sims, 'sim')];
    const child = spawn(process.execPath, [...PROGRAM, ...args]);
    onTestFinished(() => void child.kill('SIGKILL'));
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    await expect
      .poll(() => said, { timeout: 60_000 })
      .toContain('at-once, seed 1 (1 of 1000): slot');
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(said).toContain('interrupted: nothing was written');
    expect(await readdir(sims)).toEqual([]);
  });
});

describe('compare', () => {
  test('a simulation: means, seeds without, differences to the plan', () => {
    const { status, stdout } = run('compare', TINY, sim);
    expect(status).toBe(0);
    expect(stdout).toContain(`  ${sim}: seeds 1 to 3, ordinary surprises;`);
    expect(stdout).toMatch(/\nSeeds without +at-once +plan\n/);
    expect(stdout).toMatch(/\nMinus plan, seed by seed +at-once\n/);
    expect(run('compare', TINY, sim, '--base', 'at-once').stdout).toMatch(
      /\nMinus at-once, seed by seed +plan\n/,
    );
    const json = JSON.parse(run('compare', TINY, sim, '--json').stdout);
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

  test('two simulations: a policy that is in both is told apart by folder', () => {
    const reserve = join(folder, 'reserve');
    const args = ['--policy', 'plan', '--reserve', '0.1', '-o', reserve];
    expect(run('simulate', TINY, ...args).status).toBe(0);
    const { stdout } = run('compare', TINY, sim, reserve);
    expect(stdout).toContain(
      `  ${reserve}: seed 1, ordinary surprises; plans every 24 h with 10 %`,
    );
    expect(stdout).toMatch(/\nMinus plan \(.+sim\), seed by seed +at-once +plan \(.+reserve\)\n/);
  });

  test('what cannot be compared is refused: 2', async () => {
    const [plan, small] = [join(folder, 'plan'), join(folder, 'small')];
    expect(run('plan', TINY, '-o', plan).status).toBe(0);
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
      const { status, stdout, stderr } = run('compare', ...args);
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toContain(`  ${rule}: `);
    }
    expect(run('compare', TINY, plan, plan).status).toBe(0);
  });
});

/** Runs the program as a person does. */
function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...PROGRAM, ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}
