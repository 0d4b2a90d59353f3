import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FaultyInput } from '../../../src/network/fault.js';
import { ORDINARY, PLANNER, WORLD } from '../../../src/world/simulation/options.js';
import { readSimulation } from '../../../src/world/simulation/read-simulation.js';
import { writeSimulation } from '../../../src/world/simulation/write-simulation.js';
import { withFolder } from '../../support/scenario-folder.js';
import { scenarioFrom } from '../../support/scenario-from.js';
import { handMadeRun } from '../../support/simulation-run.js';
import { bottleneck } from '../../support/worlds.js';

const scenario = scenarioFrom(bottleneck);
const { resources } = scenario;
const first = handMadeRun();
const second = handMadeRun({
  policy: 'plan',
  seed: 2 ** 32 - 1,
  stock: Float32Array.of(1.25, 0, 0),
  gridlocked: Uint16Array.of(0, 65_535, 2),
  holds: [
    { by: 'service', key: 's, "slow"', parcels: 5, meanHours: 0.1 + 0.2, p95Hours: 1 },
    { by: 'origin', key: '', parcels: 0, meanHours: Number.NaN, p95Hours: Number.NaN },
  ],
  figures: { ...first.figures, recoveryHours: Number.NaN },
});
const source = {
  scenario,
  generated: true,
  surprises: ORDINARY,
  world: WORLD,
  planner: { ...PLANNER, threads: 2 },
  runs: [first, second],
};

test('a simulation reads back as it was written, as CSV and as Parquet', async () => {
  await withFolder(async (folder) => {
    for (const format of ['csv', 'parquet'] as const) {
      const path = join(folder, format);
      await writeSimulation(path, source, { format });
      const { summary, runs } = await readSimulation(path);
      const { scenario: name, hubs, surprises, world } = summary;
      expect([name, hubs]).toEqual(['world', [{ resource: 'hub', important: true }]]);
      expect([surprises, world]).toEqual([ORDINARY, WORLD]);
      expect(await runs(resources.ids)).toEqual([first, second]);
    }
  });
});

test('the tables are written to the letter, and say nothing of wall time', async () => {
  await withFolder(async (folder) => {
    await writeSimulation(join(folder, 's'), { ...source, runs: [first] }, { format: 'csv' });
    const table = (name: string) => readFile(join(folder, 's', `${name}.csv`), 'utf8');
    expect(await table('curves')).toBe(
      'policy,seed,slot,ready,released,pickedUp,delivered\n' +
        'at-once,1,0,5,5,5,0\nat-once,1,1,0,0,0,4\nat-once,1,2,0,0,0,1\n',
    );
    expect(await table('hubs')).toBe(
      'policy,seed,slot,resource,stock,outside,overflow\n' +
        'at-once,1,0,hub,2,0,0\nat-once,1,1,hub,4.5,1,1\nat-once,1,2,hub,0,0,0\n',
    );
    expect(await table('network')).toBe(
      'policy,seed,slot,gridlocked\nat-once,1,0,0\nat-once,1,1,0\nat-once,1,2,0\n',
    );
    expect(await table('times')).toBe('policy,seed,slots,parcels\nat-once,1,1,4\nat-once,1,2,1\n');
    expect(await table('holds')).toBe(
      'policy,seed,by,key,parcels,meanHours,p95Hours\nat-once,1,service,s,5,0,0\n',
    );
  });
});

test.each([
  ['curves', 'at-once,1,2,0,0,0,1', '', ['curves.csv:0::missing-rows']],
  ['curves', 'at-once,1,2', 'at-once,1,1', ['curves.csv:4:slot:duplicate-slot']],
  ['curves', 'at-once,1,2', 'at-once,1,3', ['curves.csv:4:slot:slot-outside-run']],
  ['curves', 'at-once,1,2', 'at-once,7,2', ['curves.csv:4:seed:unknown-run']],
  ['curves', 'at-once,1,2', 'at-last,1,2', ['curves.csv:4:policy:unknown-policy']],
  ['hubs', ',hub,4.5', ',hut,4.5', ['hubs.csv:3:resource:unknown-resource']],
  ['hubs', '4.5,1,1', '-4.5,1,2', ['hubs.csv:3:stock:negative', 'hubs.csv:3:overflow:too-large']],
  ['times', 'at-once,1,2', 'at-once,1,4', ['times.csv:3:slots:slot-outside-run']],
  ['holds', ',service,', ',shipper,', ['holds.csv:2:by:unknown-group']],
])('a fault of a table is named: %s %s', async (table, old, spoiled, faults) => {
  await withFolder(async (folder) => {
    const path = join(folder, 's');
    await writeSimulation(path, { ...source, runs: [first] }, { format: 'csv' });
    const file = join(path, `${table}.csv`);
    await writeFile(file, (await readFile(file, 'utf8')).replace(old, spoiled));
    const { runs } = await readSimulation(path);
    expect(await faultsOf(runs(resources.ids))).toEqual(faults);
  });
});

test('faults of simulation.json and missing tables are named together', async () => {
  await withFolder(async (folder) => {
    const path = join(folder, 's');
    await writeSimulation(path, source, { format: 'csv' });
    await rm(join(path, 'hubs.csv'));
    const file = join(path, 'simulation.json');
    const json = JSON.parse(await readFile(file, 'utf8'));
    json.surprises.demand = 0.6;
    delete json.planner;
    json.hubs.push(json.hubs[0]);
    json.runs[0].policy = 'at-last';
    json.runs[1].figures.smooth = 'very';
    await writeFile(file, JSON.stringify(json));
    expect(await faultsOf(readSimulation(path))).toEqual([
      'simulation.json:0:planner:missing-field',
      'simulation.json:0:surprises.demand:bad-field',
      'simulation.json:0:runs[0].policy:unknown-policy',
      'simulation.json:0:runs[1].figures.smooth:bad-field',
      'simulation.json:0:hubs:duplicate-id',
      'hubs.csv:0::missing-file',
    ]);
  });
});

test('a simulation of another scenario is refused by its hubs', async () => {
  await withFolder(async (folder) => {
    const path = join(folder, 's');
    await writeSimulation(path, source, { format: 'csv' });
    const { runs } = await readSimulation(path);
    const other = scenarioFrom({
      ...bottleneck,
      resources: [{ id: 'x', capacity: 1 }],
      routes: [],
    });
    expect(await faultsOf(runs(other.resources.ids))).toEqual([
      'simulation.json:0:hubs[0].resource:unknown-resource',
    ]);
  });
});

async function faultsOf(read: Promise<unknown>): Promise<string[]> {
  try {
    await read;
    return [];
  } catch (error) {
    if (!(error instanceof FaultyInput)) throw error;
    return error.faults.first.map((f) => `${f.file}:${f.line}:${f.field}:${f.rule}`);
  }
}
