import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FaultList, FaultyInput } from '../../network/fault.js';
import { JsonFields, parseJson } from '../../network/json-fields.js';
import type { Names } from '../../network/names.js';
import { TableFolder } from '../../network/table-files.js';
import { POLICIES } from '../policy/policy.js';
import { SURPRISE_MOST, SURPRISES, type Surprises } from './options.js';
import { type RunFiles, readRuns } from './read-runs.js';
import type { Figures, SimulationRun } from './run.js';
import {
  type RunSummary,
  SIMULATION_FILE,
  type SimulationSummary,
  type SimulationTable,
} from './simulation-files.js';

/** A simulation as its files give it. */
export interface SimulationInFiles {
  readonly summary: SimulationSummary;
  /**
   * The runs, read from the tables: as they were written, stocks to a hundredth of a parcel.
   *
   * @param resources those of the scenario that was simulated.
   * @throws FaultyInput with every fault of the tables.
   */
  readonly runs: (resources: Names) => Promise<SimulationRun[]>;
}

const SPEC = 'docs/spec/simulation.md';
const SEED_MOST = 2 ** 32 - 1;
/** As many as a table of the longest season would have: beyond it the file is not ours. */
const SLOTS_MOST = 1_000_000;

/**
 * Reads a simulation's folder (docs/spec/simulation.md): simulation.json at once, the tables when asked
 * for.
 *
 * @throws FaultyInput with every fault of simulation.json, and for each table that is not there.
 */
export async function readSimulation(path: string): Promise<SimulationInFiles> {
  const faults = new FaultList();
  const folder = await TableFolder.open(path, faults, SPEC);
  if (!folder) throw new FaultyInput(faults);
  const summary = await readSummary(folder, faults);
  const find = (table: SimulationTable) => folder.find(table, { split: false });
  const files: RunFiles = {
    curves: find('curves'),
    hubs: find('hubs'),
    network: find('network'),
    times: find('times'),
    holds: find('holds'),
  };
  if (faults.total > 0 || !summary) throw new FaultyInput(faults);
  return { summary, runs: (resources) => readRuns(files, summary, resources) };
}

async function readSummary(
  folder: TableFolder,
  faults: FaultList,
): Promise<SimulationSummary | undefined> {
  const file = SIMULATION_FILE;
  if (!folder.has(file)) {
    const text = `there is no ${file} in ${folder.folder}`;
    const cure = "Name a simulation's folder; an interrupted one leaves none.";
    faults.add({ file, line: 0, field: '', rule: 'missing-file', text, cure });
    return undefined;
  }
  const json = parseJson(file, await readFile(join(folder.folder, file)), faults);
  return json && summaryFrom(new JsonFields(file, '', json, faults, SPEC), json);
}

function summaryFrom(fields: JsonFields, json: object): SimulationSummary {
  const planner = fields.object('planner');
  fields.object('world');
  const summary = {
    scenario: fields.text('scenario'),
    start: fields.instant('start'),
    slotMinutes: fields.number('slotMinutes', { above: 0 }),
    slots: fields.number('slots', { least: 1, isInteger: true }),
    generated: fields.boolean('generated'),
    surprises: surprisesFrom(fields.object('surprises')),
    planner: {
      gap: planner.number('gap', { least: 0 }),
      threads: planner.number('threads', { least: 1, isInteger: true }),
      reserve: planner.number('reserve', { least: 0, most: 1 }),
      replanHours: planner.number('replanHours', { above: 0 }),
      horizonHours: planner.number('horizonHours', { above: 0 }),
    },
    world: 'world' in json && typeof json.world === 'object' && json.world ? json.world : {},
    hubs: fields.list('hubs').map((hub) => ({
      resource: hub.text('resource'),
      important: hub.boolean('important'),
    })),
    runs: fields.list('runs').flatMap(runFrom),
  };
  addRepeated(fields, summary);
  return summary;
}

function surprisesFrom(fields: JsonFields): Surprises {
  const of = (name: (typeof SURPRISES)[number]) =>
    fields.number(name, { least: 0, most: SURPRISE_MOST[name] });
  return {
    demand: of('demand'),
    travel: of('travel'),
    service: of('service'),
    absence: of('absence'),
    closures: of('closures'),
    scans: of('scans'),
  };
}

/** None, and a fault, for a policy that is not known. */
function runFrom(fields: JsonFields): RunSummary[] {
  const name = fields.text('policy');
  const policy = POLICIES.find((known) => known === name);
  const figures = figuresFrom(fields.object('figures'));
  const run = {
    seed: fields.number('seed', { least: 0, most: SEED_MOST, isInteger: true }),
    slots: fields.number('slots', { least: 1, most: SLOTS_MOST, isInteger: true }),
    timesLast: fields.number('timesLast', { least: 0, most: SLOTS_MOST, isInteger: true }),
    planSeconds: fields.number('planSeconds', { least: 0 }),
    worldSeconds: fields.number('worldSeconds', { least: 0 }),
  };
  if (policy !== undefined) return [{ policy, ...run, figures }];
  if (name !== '') {
    const text = `${JSON.stringify(name)} is not a policy`;
    fields.add('policy', 'unknown-policy', text, `Name one of ${POLICIES.join(', ')}.`);
  }
  return [];
}

function figuresFrom(fields: JsonFields): Figures {
  const of = (name: keyof Figures) => fields.numberOrNone(name);
  return {
    gridlockHours: of('gridlockHours'),
    importantOverflowHours: of('importantOverflowHours'),
    overflowHours: of('overflowHours'),
    smooth: of('smooth'),
    safe: of('safe'),
    steady: of('steady'),
    meanHours: of('meanHours'),
    p95Hours: of('p95Hours'),
    within72: of('within72'),
    holdMeanHours: of('holdMeanHours'),
    holdInequality: of('holdInequality'),
    recoveryHours: of('recoveryHours'),
    outsideMost: of('outsideMost'),
    ready: of('ready'),
    delivered: of('delivered'),
  };
}

/** Lists hubs and runs that are there twice. */
function addRepeated(fields: JsonFields, { hubs, runs }: SimulationSummary): void {
  const repeated = (name: string, keys: readonly string[]) => {
    for (const key of new Set(keys.filter((k, i) => keys.indexOf(k) < i))) {
      fields.add(name, 'duplicate-id', `${key} occurs twice`, 'Keep one of them.');
    }
  };
  repeated(
    'hubs',
    hubs.map(({ resource }) => JSON.stringify(resource)),
  );
  repeated(
    'runs',
    runs.map(({ policy, seed }) => `${policy}, seed ${seed}`),
  );
}
