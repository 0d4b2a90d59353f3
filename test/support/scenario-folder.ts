import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Names } from '../../src/network/names.js';
import type { ColumnBatch, ColumnValues, TableFormat } from '../../src/network/table.js';
import { type ScenarioTables, writeScenario } from '../../src/network/write-scenario.js';
import type { World } from './scenario-from.js';

/** Runs with a folder of its own, which is then removed. */
export async function withFolder<T>(run: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'cuofeng-'));
  try {
    return await run(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Writes files with the given text into a folder. */
export async function writeFiles(folder: string, files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
}

/** Writes a hand-made world as a scenario folder. */
export async function writeWorld(
  folder: string,
  world: World,
  options: { format: TableFormat; split?: number },
): Promise<void> {
  const services = (world.services ?? [{ id: 's' }]).map((service) => ({
    weight: 1,
    promise: 0,
    late: 0,
    growth: 0,
    ...service,
  }));
  const meta = {
    name: world.name ?? 'world',
    start: '2021-11-01T00:00:00+08:00',
    slotMinutes: world.slotMinutes ?? 60,
    slots: world.slots,
    carryPenalty: world.carryPenalty ?? 24,
    services,
  };
  await writeScenario(folder, meta, tablesOf(world, services[0].id), options);
}

function tablesOf(world: World, service: string): ScenarioTables {
  const steps = world.routes.flatMap((route) =>
    route.steps.map((step, seq) => ({ route: route.id, seq: seq + 1, lag: 0, span: 1, ...step })),
  );
  const route = { operator: 'o', cost: 0 };
  const demand = { shipper: 'm', service, operator: 'o' };
  return {
    resources: batchesOf(
      world.resources.map((r) => ({
        kind: 'hub',
        operator: 'o',
        region: '',
        lat: NaN,
        lng: NaN,
        floor: NaN,
        ...r,
      })),
    ),
    capacity: batchesOf(world.capacity ?? []),
    committed: batchesOf(world.committed ?? []),
    routes: batchesOf(world.routes.map((r) => ({ ...route, ...r, steps: undefined }))),
    routeSteps: batchesOf(steps),
    demand: batchesOf(world.demand.map((d) => ({ ...demand, ...d }))),
  };
}

/** Rows as batches of three, the texts as identifiers. */
function batchesOf(rows: readonly object[]): ColumnBatch[] {
  const names = new Map<string, Names>();
  const batches: ColumnBatch[] = [];
  for (let from = 0; from < rows.length; from += 3) {
    const part = rows.slice(from, from + 3);
    const columns = Object.entries(part[0]).flatMap(([name, first]): [string, ColumnValues][] => {
      const cells: unknown[] = part.map((row) => new Map(Object.entries(row)).get(name));
      if (first === undefined) return [];
      if (typeof first === 'number') return [[name, Float64Array.from(cells, Number)]];
      const table = names.get(name) ?? new Names();
      names.set(name, table);
      const index = Int32Array.from(cells, (c) => (c === '' ? -1 : table.internText(String(c))));
      return [[name, { names: table, index }]];
    });
    batches.push({ rows: part.length, columns: Object.fromEntries(columns) });
  }
  return batches;
}
