import type { NumberColumn } from '../../network/columns.js';
import { FaultList, FaultyInput } from '../../network/fault.js';
import { Names } from '../../network/names.js';
import { amount, atLeastZero, unknownResource } from '../../network/rules.js';
import type { TableFile } from '../../network/table-files.js';
import type { HoldsOfGroup, SimulationRun } from './run.js';
import { RunRows } from './run-rows.js';
import {
  SIMULATION_FILE,
  type SimulationSummary,
  type SimulationTable,
} from './simulation-files.js';

/** The files of the tables. */
export type RunFiles = Readonly<Record<SimulationTable, readonly TableFile[]>>;

const BY = ['service', 'origin'] as const;
const UNKNOWN_GROUP = { rule: 'unknown-group', cure: 'Write service or origin.' };

/**
 * The runs of a simulation from its tables. Every slot of a run, and every hub in it, has one row.
 * Memory: 24 bytes a hub and slot while they are read, then 9.
 *
 * @param resources those of the scenario.
 * @throws FaultyInput with every fault of all tables.
 */
export async function readRuns(
  files: RunFiles,
  summary: SimulationSummary,
  resources: Names,
): Promise<SimulationRun[]> {
  const faults = new FaultList();
  const rows = new RunRows(summary.runs, faults);
  const hubs = hubsOf(summary, resources, faults);
  const curves = await readCurves(files.curves, rows);
  const floors = await readHubs(files.hubs, rows, summary);
  const network = await readNetwork(files.network, rows);
  const times = await readTimes(files.times, rows);
  const holds = await readHolds(files.holds, rows, summary.runs.length);
  if (faults.total > 0) throw new FaultyInput(faults);
  return summary.runs.map(({ policy, seed, slots, figures, planSeconds, worldSeconds }, i) => {
    const [ready, released, pickedUp, delivered] = curves[i];
    const [stock, outside, overflow] = floors[i];
    return {
      policy,
      seed,
      slotMinutes: summary.slotMinutes,
      slots,
      curves: { ready, released, pickedUp, delivered },
      ...hubs,
      stock: Float32Array.from(stock),
      outside: Float32Array.from(outside),
      overflow: Uint8Array.from(overflow),
      gridlocked: Uint16Array.from(network[i][0]),
      readyToDelivered: times[i][0].map((x) => (Number.isNaN(x) ? 0 : x)),
      holds: holds[i],
      figures,
      planSeconds,
      worldSeconds,
    };
  });
}

/** The hubs of simulation.json among the resources; lists those that are not there. */
function hubsOf(
  { hubs }: SimulationSummary,
  resources: Names,
  faults: FaultList,
): Pick<SimulationRun, 'hubs' | 'important'> {
  const found = hubs.map(({ resource }, h) => {
    const index = resources.findText(resource);
    if (index < 0) {
      const place = { file: SIMULATION_FILE, line: 0, field: `hubs[${h}].resource` };
      const text = `${JSON.stringify(resource)} is not a resource of the scenario`;
      faults.add({ ...place, ...unknownResource, text });
    }
    return index;
  });
  return {
    hubs: Int32Array.from(found),
    important: Uint8Array.from(hubs, (hub) => Number(hub.important)),
  };
}

function readCurves(files: readonly TableFile[], rows: RunRows): Promise<Float64Array[][]> {
  return rows.cells({
    files,
    keys: [slot('slot')],
    values: ['ready', 'released', 'pickedUp', 'delivered'].map(numbers),
    sizeOf: (run) => run.slots,
    cellOf: (batch, r) => batch.values[2][r],
    isWhole: true,
  });
}

function readHubs(
  files: readonly TableFile[],
  rows: RunRows,
  summary: SimulationSummary,
): Promise<Float64Array[][]> {
  const names = Names.from(summary.hubs.map(({ resource }) => resource));
  const hub = { name: 'resource', kind: 'reference', names, unknown: unknownResource } as const;
  return rows.cells({
    files,
    keys: [slot('slot'), hub],
    values: [numbers('stock'), numbers('outside'), { name: 'overflow', ...amount, most: 1 }],
    sizeOf: (run) => run.slots * names.size,
    cellOf: (batch, r) => batch.values[2][r] * names.size + batch.ids[3][r],
    isWhole: true,
  });
}

function readNetwork(files: readonly TableFile[], rows: RunRows): Promise<Float64Array[][]> {
  return rows.cells({
    files,
    keys: [slot('slot')],
    values: [{ name: 'gridlocked', ...amount, most: 2 ** 16 - 1 }],
    sizeOf: (run) => run.slots,
    cellOf: (batch, r) => batch.values[2][r],
    isWhole: true,
  });
}

function readTimes(files: readonly TableFile[], rows: RunRows): Promise<Float64Array[][]> {
  return rows.cells({
    files,
    keys: [slot('slots')],
    values: [numbers('parcels')],
    sizeOf: (run) => run.timesLast + 1,
    cellOf: (batch, r) => batch.values[2][r],
    isWhole: false,
  });
}

async function readHolds(
  files: readonly TableFile[],
  rows: RunRows,
  runs: number,
): Promise<HoldsOfGroup[][]> {
  const keys = new Names();
  const holds = Array.from({ length: runs }, (): HoldsOfGroup[] => []);
  const columns = [
    { name: 'by', kind: 'reference', names: Names.from(BY), unknown: UNKNOWN_GROUP },
    { name: 'key', kind: 'identifier', names: keys, mayBeEmpty: true },
    numbers('parcels'),
    { ...numbers('meanHours'), mayBeEmpty: true },
    { ...numbers('p95Hours'), mayBeEmpty: true },
  ] as const;
  await rows.each(files, columns, (run, { ids, values }, r) => {
    holds[run].push({
      by: BY[ids[2][r]],
      key: ids[3][r] < 0 ? '' : keys.get(ids[3][r]),
      parcels: values[4][r],
      meanHours: values[5][r],
      p95Hours: values[6][r],
    });
  });
  return holds;
}

/** A column of slots, or of a number of them. */
function slot(name: string): NumberColumn {
  return { name, ...amount, most: 2 ** 31 - 1 };
}

/** A column of parcels or hours: at least 0, with decimals. */
function numbers(name: string): NumberColumn {
  return { name, ...atLeastZero };
}
