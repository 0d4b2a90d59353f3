import { spawnSync } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { faultLines } from '../../../src/edge/cli/fault-text.js';
import { FaultList } from '../../../src/network/fault.js';
import { withFolder, writeWorld } from '../../support/scenario-folder.js';

const world = {
  slots: 2,
  resources: [
    { id: 'hub', capacity: 4 },
    { id: 'spare', capacity: 4 },
  ],
  capacity: [{ resource: 'hub', slot: 0, capacity: 0 }],
  committed: [{ resource: 'hub', slot: 1, parcels: 2 }],
  routes: [
    { id: 'r', origin: '330100', destination: '110000', steps: [{ resource: 'hub', lag: 1 }] },
  ],
  demand: [
    { origin: '330100', destination: '110000', slot: 0, parcels: 5 },
    { origin: '330200', destination: '110000', slot: -1, parcels: 3 },
  ],
};

/** Runs the program as a person does. */
function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'src/edge/cli/main.ts', ...args],
    { encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

test('validate: 0 and the notes for a scenario without faults, 2 and the faults for one with', async () => {
  await withFolder(async (folder) => {
    const path = join(folder, 's');
    await writeWorld(path, world, { format: 'csv' });
    const good = run('scenario', 'validate', path);
    expect(good.status).toBe(0);
    expect(good.stdout).toContain('world: no faults\n  2 demand rows, 1 routes, 2 resources\n');
    expect(good.stdout).toContain('3 parcels of 1 pairs have no route of their operator');
    const routes = join(path, 'routes.csv');
    await writeFile(routes, (await readFile(routes, 'utf8')).replace(',0\n', ',-1\n'));
    const bad = run('scenario', 'validate', path);
    expect(bad.status).toBe(2);
    expect(bad.stdout).toBe('');
    expect(bad.stderr).toBe(
      'The input has 1 fault:\n\nroutes.csv\n  negative: Write 0 or more.\n    line 2, cost: -1 is below 0\n',
    );
  });
});

test('summary: counts, volumes by operator, service and province, and what would overflow at once', async () => {
  await withFolder(async (folder) => {
    const path = join(folder, 's');
    await writeWorld(path, world, { format: 'parquet' });
    const { status, stdout } = run('scenario', 'summary', path);
    expect(status).toBe(0);
    expect(stdout).toMatch(/parcels +8\n/);
    expect(stdout).toMatch(/330000 +8 +100 %/);
    expect(stdout).toContain('Released at once, 1 of 2 resources would be overloaded:');
    expect(stdout).toMatch(/hub +hub +11-01 01:00 +5 +2 +2.5/);
    const json = JSON.parse(run('scenario', 'summary', path, '--json').stdout);
    expect(json).toMatchObject({
      horizon: { slots: 2 },
      counts: { pairs: 2, routes: 1, cohorts: 2 },
      parcels: 8,
      atOnce: [{ resource: 'hub', slot: 1, load: 5, capacity: 2, ratio: 2.5 }],
    });
  });
});

test('nothing is written over a folder that is not a scenario: exit code 2', async () => {
  await withFolder(async (folder) => {
    await writeFile(join(folder, 'thesis.doc'), 'years of work');
    const { status, stderr } = run('scenario', 'generate', '-o', folder, '--cities', '2');
    expect(status).toBe(2);
    expect(stderr).toContain('is not empty and has no scenario.json: nothing was written');
    expect(await readdir(folder)).toEqual(['thesis.doc']);
  });
});

test('--help has examples, and a wrong command says where help is', () => {
  for (const command of [[], ['scenario', 'validate'], ['scenario', 'summary']]) {
    const { status, stdout } = run(...command, '--help');
    expect(status).toBe(0);
    expect(stdout).toContain('Examples:');
  }
  const { status, stderr } = run('plann');
  expect(status).toBe(1);
  expect(stderr).toContain("unknown command 'plann'");
});

test('faults are grouped by file, rule and cure; those beyond the first are counted by rule', () => {
  const faults = new FaultList(2);
  const add = (file: string, line: number, rule: string) =>
    faults.add({ file, line, field: 'f', rule, text: 't', cure: `mend ${rule}` });
  add('a.csv', 2, 'negative');
  add('b.csv', 0, 'missing-file');
  add('b.csv', 7, 'negative');
  expect(faultLines(faults)).toEqual([
    'The input has 3 faults:',
    '',
    'a.csv',
    '  negative: mend negative',
    '    line 2, f: t',
    '',
    'b.csv',
    '  missing-file: mend missing-file',
    '    f: t',
    '',
    '… and 1 more. In all: negative 2, missing-file 1.',
  ]);
});
