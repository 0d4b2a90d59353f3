import { join } from 'node:path';
import { writeJson } from '../../network/json-file.js';
import { Names } from '../../network/names.js';
import type { Scenario } from '../../network/scenario.js';
import type { ColumnBatch, TableFormat } from '../../network/table.js';
import { writeTable } from '../../network/table-writer.js';
import { writeWholeFolder } from '../../network/whole-folder.js';
import { POLICIES } from '../policy/policy.js';
import type { PlannerOptions, Surprises, WorldParameters } from './options.js';
import type { HoldsOfGroup, SimulationRun } from './run.js';
import {
  SIMULATED,
  SIMULATION_COLUMNS,
  SIMULATION_FILE,
  type SimulationTable,
} from './simulation-files.js';

export interface SimulationSource {
  readonly scenario: Scenario;
  /** Whether the scenario says that it was generated. */
  readonly generated: boolean;
  readonly surprises: Surprises;
  readonly world: WorldParameters;
  readonly planner: PlannerOptions;
  /** At least one; at most one of each policy and seed, all over the same hubs. */
  readonly runs: readonly SimulationRun[];
}

/**
 * Writes a simulation's folder (docs/spec/simulation.md), whole or not at all; a simulation in its place
 * is replaced at the end. Wall times go into simulation.json only: the same seeds give the same tables,
 * byte for byte. Memory: the columns of one run's table at a time.
 *
 * @throws as `writeWholeFolder`.
 */
export async function writeSimulation(
  folder: string,
  source: SimulationSource,
  options: { format: TableFormat; signal?: AbortSignal },
): Promise<void> {
  const { format, signal } = options;
  const names = {
    policy: Names.from(POLICIES),
    resource: source.scenario.resources.ids,
    by: Names.from(['service', 'origin']),
    key: Names.from(new Set(source.runs.flatMap((run) => run.holds.map(({ key }) => key)))),
  };
  const fill = async (at: string) => {
    const write = (
      table: SimulationTable,
      rowsOf: (run: SimulationRun, names: TableNames) => ColumnBatch,
    ) => {
      const batches = batchesOf(source.runs, (run) => rowsOf(run, names));
      const path = join(at, `${table}.${format}`);
      return writeTable(path, SIMULATION_COLUMNS[table], batches, format, signal);
    };
    await write('curves', curveRows);
    await write('hubs', hubRows);
    await write('network', networkRows);
    await write('times', timeRows);
    await write('holds', holdRows);
    await writeJson(join(at, SIMULATION_FILE), summaryOf(source));
  };
  await writeWholeFolder(folder, SIMULATION_FILE, fill, signal);
}

type TableNames = Readonly<Record<'policy' | 'resource' | 'by' | 'key', Names>>;

function* batchesOf(
  runs: readonly SimulationRun[],
  rowsOf: (run: SimulationRun) => ColumnBatch,
): Generator<ColumnBatch> {
  for (const run of runs) yield rowsOf(run);
}

function summaryOf({ scenario, generated, surprises, world, planner, runs }: SimulationSource) {
  const { name, start, slotMinutes, slots, resources } = scenario;
  const [{ hubs, important }] = runs;
  return {
    about: SIMULATED,
    scenario: name,
    start,
    slotMinutes,
    slots,
    generated,
    policies: [...new Set(runs.map((run) => run.policy))],
    seeds: [...new Set(runs.map((run) => run.seed))],
    surprises,
    planner,
    world,
    hubs: Array.from(hubs, (r, h) => ({
      resource: resources.ids.get(r),
      important: important[h] === 1,
    })),
    runs: runs.map((run) => ({
      policy: run.policy,
      seed: run.seed,
      slots: run.slots,
      timesLast: Math.max(0, run.readyToDelivered.length - 1),
      figures: run.figures,
      planSeconds: run.planSeconds,
      worldSeconds: run.worldSeconds,
    })),
  };
}

/** The columns that every table begins with. */
function keyColumns({ policy, seed }: SimulationRun, { policy: names }: TableNames, rows: number) {
  const index = new Int32Array(rows).fill(names.findText(policy));
  return { policy: { names, index }, seed: new Uint32Array(rows).fill(seed) };
}

function curveRows(run: SimulationRun, names: TableNames): ColumnBatch {
  const { slots: rows, curves } = run;
  const slot = Int32Array.from({ length: rows }, (_, t) => t);
  return { rows, columns: { ...keyColumns(run, names, rows), slot, ...curves } };
}

function hubRows(run: SimulationRun, names: TableNames): ColumnBatch {
  const { slots, hubs, overflow } = run;
  const rows = slots * hubs.length;
  const slot = new Int32Array(rows);
  const index = new Int32Array(rows);
  for (let t = 0; t < slots; t++) {
    slot.fill(t, t * hubs.length, (t + 1) * hubs.length);
    index.set(hubs, t * hubs.length);
  }
  const columns = {
    ...keyColumns(run, names, rows),
    slot,
    resource: { names: names.resource, index },
    stock: Float64Array.from(run.stock, hundredth),
    outside: Float64Array.from(run.outside, hundredth),
    overflow: Int32Array.from(overflow),
  };
  return { rows, columns };
}

/** Single precision in decimals that end. */
function hundredth(parcels: number): number {
  return Math.round(parcels * 100) / 100;
}

function networkRows(run: SimulationRun, names: TableNames): ColumnBatch {
  const { slots: rows } = run;
  const slot = Int32Array.from({ length: rows }, (_, t) => t);
  const gridlocked = Int32Array.from(run.gridlocked);
  return { rows, columns: { ...keyColumns(run, names, rows), slot, gridlocked } };
}

function timeRows(run: SimulationRun, names: TableNames): ColumnBatch {
  const times = run.readyToDelivered;
  const slots = Int32Array.from(times.keys()).filter((t) => times[t] > 0);
  const parcels = Float64Array.from(slots, (t) => times[t]);
  const rows = slots.length;
  return { rows, columns: { ...keyColumns(run, names, rows), slots, parcels } };
}

function holdRows(run: SimulationRun, names: TableNames): ColumnBatch {
  const rows = run.holds.length;
  const texts = (of: Names, textOf: (group: HoldsOfGroup) => string) => ({
    names: of,
    index: Int32Array.from(run.holds, (group) => of.findText(textOf(group))),
  });
  const columns = {
    ...keyColumns(run, names, rows),
    by: texts(names.by, ({ by }) => by),
    key: texts(names.key, ({ key }) => key),
    parcels: Float64Array.from(run.holds, ({ parcels }) => parcels),
    meanHours: Float64Array.from(run.holds, ({ meanHours }) => meanHours),
    p95Hours: Float64Array.from(run.holds, ({ p95Hours }) => p95Hours),
  };
  return { rows, columns };
}
