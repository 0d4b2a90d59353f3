import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { writeWorld } from '../../support/scenario-folder.js';
import type { World } from '../../support/scenario-from.js';
import { bottleneck } from '../../support/worlds.js';

const PROGRAM = ['--import', 'tsx', 'src/edge/cli/main.ts'];
const CSV = ['plan.json', 'prices.csv', 'releases.csv'];

let folder: string;
/** Where plans of the test at hand go, and nothing else stands. */
let plans: string;
/** 25 cities, 1,250 pairs: planned to a gap of 0 it takes far longer than a test. */
let season: string;
let tiny: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cuofeng-'));
  season = join(folder, 'season');
  tiny = join(folder, 'tiny');
  await writeWorld(tiny, bottleneck, { format: 'csv' });
  expect(run('scenario', 'generate', '--cities', '25', '-o', season).status).toBe(0);
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

beforeEach(async () => {
  plans = await mkdtemp(join(folder, 'plans-'));
});

describe('plan', () => {
  test('constraints 1 to 3, certificate: what it writes is what check finds', async () => {
    const path = join(plans, 'plan');
    const { status, stdout } = run('plan', tiny, '-o', path);
    expect(status).toBe(0);
    expect(stdout).toMatch(/objective Z +4\nbound L +4\n/);
    expect(stdout).toContain('5 ready = 5 released + 0 carried over');
    expect(await readdir(path)).toEqual(CSV);
    const { seconds, ...json } = JSON.parse(await readFile(join(path, 'plan.json'), 'utf8'));
    expect(json).toMatchObject({ scenario: 'world', objective: 4, ready: 5, released: 5 });
    expect(seconds).toBeGreaterThan(0);
    expect(checked(tiny, path)).toContain('The plan is right.');
  });

  test('--format parquet, and --warm-start from a plan of either format', () => {
    const [first, second] = [join(plans, 'first'), join(plans, 'second')];
    expect(run('plan', tiny, '-o', first, '--format', 'parquet').status).toBe(0);
    expect(checked(tiny, first)).toMatch(/objective Z +4\n/);
    expect(run('plan', tiny, '-o', second, '--warm-start', first).status).toBe(0);
    expect(run('plan', tiny, '-o', first, '--warm-start', second).status).toBe(0);
    expect(checked(tiny, first)).toMatch(/objective Z +4\n/);
  });

  test('--time-limit 0 gives a right plan, and says that the search was stopped', () => {
    const path = join(plans, 'plan');
    const { status, stdout } = run('plan', season, '-o', path, '--time-limit', '0', '--gap', '0');
    expect(status).toBe(0);
    expect(stdout).toContain('The search was stopped');
    expect(checked(season, path)).toContain('The plan is right.');
  });

  test('zero capacity everywhere: everything is carried over, and it says so', async () => {
    const [closed, path] = [join(plans, 'closed'), join(plans, 'plan')];
    const world = { ...bottleneck, resources: [{ id: 'hub', capacity: 0 }] };
    await writeWorld(closed, world, { format: 'csv' });
    const { status, stdout } = run('plan', closed, '-o', path);
    expect(status).toBe(0);
    expect(stdout).toContain('5 ready = 0 released + 5 carried over');
    expect(checked(closed, path)).toMatch(/gap +0/);
  });

  test('a season without demand has an empty plan', async () => {
    const [empty, path] = [join(plans, 'empty'), join(plans, 'plan')];
    const world: World = { ...bottleneck, demand: [{ ...bottleneck.demand[0], parcels: 0 }] };
    await writeWorld(empty, world, { format: 'csv' });
    expect(run('plan', empty, '-o', path).status).toBe(0);
    expect(checked(empty, path)).toContain('0 ready = 0 released + 0 carried over');
  });
});

describe('plan at fault', () => {
  test('a missing scenario, a faulty one, a warm start that is no plan: 2, and no folder', async () => {
    const faulty = join(plans, 'faulty');
    await writeWorld(faulty, bottleneck, { format: 'csv' });
    const demand = join(faulty, 'demand.csv');
    await writeFile(demand, (await readFile(demand, 'utf8')).replace(',3\n', ',-3\n'));
    const path = join(plans, 'plan');
    for (const [rule, ...args] of [
      ['missing-folder', join(plans, 'nowhere')],
      ['negative', faulty],
      ['missing-file', tiny, '--warm-start', tiny],
    ]) {
      const { status, stdout, stderr } = run('plan', ...args, '-o', path);
      expect(status).toBe(2);
      expect(stdout).toBe('');
      expect(stderr).toContain(rule);
      expect(await readdir(plans)).toEqual(['faulty']);
    }
  });

  test('an output folder that is no plan is refused before the scenario is read', async () => {
    await writeFile(join(plans, 'thesis.doc'), 'years of work');
    const { status, stderr } = run('plan', join(plans, 'nowhere'), '-o', plans);
    expect(status).toBe(2);
    expect(stderr).toContain('is not empty and has no plan.json: nothing was written');
    expect(await readdir(plans)).toEqual(['thesis.doc']);
  });

  test.each([
    ['--gap', '1'],
    ['--threads', '0'],
  ])('%s %s is no answer', async (flag, value) => {
    const { status, stderr } = run('plan', tiny, '-o', join(plans, 'plan'), flag, value);
    expect(status).toBe(1);
    expect(stderr).toContain(flag);
    expect(await readdir(plans)).toEqual([]);
  });
});

describe('plan interrupted', () => {
  test('Ctrl-C once: the best plan so far, right and said to be stopped', async () => {
    const path = join(plans, 'plan');
    const child = begin('plan', season, '-o', path, '--gap', '0');
    await child.says(' prices');
    child.process.kill('SIGINT');
    expect(await once(child.process, 'exit')).toEqual([0, null]);
    expect(child.said()).toContain('The search was stopped');
    expect(checked(season, path)).toContain('The plan is right.');
    expect(await readdir(plans)).toEqual(['plan']);
  });

  test('Ctrl-C twice: nothing', async () => {
    const child = begin('plan', season, '-o', join(plans, 'plan'), '--gap', '0');
    await child.says(' prices');
    child.process.kill('SIGINT');
    await child.says('Ctrl-C again leaves nothing');
    child.process.kill('SIGINT');
    expect(await once(child.process, 'exit')).toEqual([1, null]);
    expect(child.said()).toContain('interrupted: nothing was written');
    expect(await readdir(plans)).toEqual([]);
  });

  test('killed while it writes: no plan, and the next run clears up', async () => {
    const path = join(plans, 'plan');
    const child = begin('plan', season, '-o', path, '--time-limit', '0');
    await child.begins(`.plan.new-${child.process.pid}`);
    child.process.kill('SIGKILL');
    await once(child.process, 'exit');
    expect(await readdir(plans)).toEqual([`.plan.new-${child.process.pid}`]);
    expect(run('plan', tiny, '-o', path).status).toBe(0);
    expect(await readdir(plans)).toEqual(['plan']);
    expect(checked(tiny, path)).toContain('The plan is right.');
  });
});

/** Runs the program as a person does. */
function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...PROGRAM, ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** What `check` says of a plan that it finds right. */
function checked(scenario: string, plan: string): string {
  const { status, stdout } = run('check', scenario, plan);
  expect(status).toBe(0);
  return stdout;
}

interface Begun {
  readonly process: ChildProcess;
  /** All it has said, on either stream. */
  said(): string;
  says(text: string): Promise<void>;
  /** Waits for a file beside the plan. */
  begins(name: string): Promise<void>;
}

/** Starts the program and leaves it running. */
function begin(...args: string[]): Begun {
  const child = spawn(process.execPath, [...PROGRAM, ...args]);
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const wait = { timeout: 60_000, interval: 5 };
  return {
    process: child,
    said: () => said,
    says: (text) => expect.poll(() => said, wait).toContain(text),
    begins: (name) => expect.poll(() => access(join(plans, name)), wait).toBeUndefined(),
  };
}
