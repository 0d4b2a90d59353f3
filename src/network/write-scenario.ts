import { join } from 'node:path';
import { writeJson } from './json-file.js';
import type { Service } from './scenario.js';
import type { ColumnBatches, TableFormat } from './table.js';
import { writeTable } from './table-writer.js';
import { writeWholeFolder } from './whole-folder.js';

/** What scenario.json says; `more` is kept beside it, such as how the scenario came about. */
export interface ScenarioMeta {
  readonly name: string;
  readonly start: string;
  readonly slotMinutes: number;
  readonly slots: number;
  readonly carryPenalty: number;
  readonly services: readonly Service[];
  readonly [more: string]: unknown;
}

/** Columns of the tables, in the order of docs/spec/release-planning.md, section 5. */
const SCENARIO_COLUMNS = {
  resources: ['id', 'kind', 'operator', 'region', 'lat', 'lng', 'capacity', 'floor'],
  capacity: ['resource', 'slot', 'capacity'],
  committed: ['resource', 'slot', 'parcels'],
  routes: ['id', 'operator', 'origin', 'destination', 'cost'],
  'route-steps': ['route', 'seq', 'resource', 'lag', 'span'],
  demand: ['shipper', 'service', 'operator', 'origin', 'destination', 'slot', 'parcels'],
} as const;

/** Rows of the tables; each batch has the columns of its table. */
export interface ScenarioTables {
  readonly resources: ColumnBatches;
  readonly capacity?: ColumnBatches;
  readonly committed?: ColumnBatches;
  readonly routes: ColumnBatches;
  readonly routeSteps: ColumnBatches;
  readonly demand: ColumnBatches;
}

/**
 * Writes a scenario folder, whole or not at all; a scenario in its place is replaced. The rows are not
 * checked: `readScenario` does that.
 *
 * @param options.split cuts demand into demand-1, demand-2, … after at least so many rows each.
 * @throws as `writeWholeFolder`.
 */
export async function writeScenario(
  folder: string,
  meta: ScenarioMeta,
  tables: ScenarioTables,
  options: { format: TableFormat; split?: number; signal?: AbortSignal },
): Promise<void> {
  const { format, split, signal } = options;
  const fill = async (at: string) => {
    const write = (table: keyof typeof SCENARIO_COLUMNS, rows: ColumnBatches, part = '') =>
      writeTable(
        join(at, `${table}${part}.${format}`),
        SCENARIO_COLUMNS[table],
        rows,
        format,
        signal,
      );
    await write('resources', tables.resources);
    if (tables.capacity) await write('capacity', tables.capacity);
    if (tables.committed) await write('committed', tables.committed);
    await write('routes', tables.routes);
    await write('route-steps', tables.routeSteps);
    if (split === undefined) await write('demand', tables.demand);
    else await inParts(tables.demand, split, (part, n) => write('demand', part, `-${n}`));
    await writeJson(join(at, 'scenario.json'), meta);
  };
  await writeWholeFolder(folder, 'scenario.json', fill, signal);
}

/** Hands batches over in parts 1, 2, … of at least `rows` rows each, cut between batches. */
async function inParts(
  batches: ColumnBatches,
  rows: number,
  write: (part: ColumnBatches, n: number) => Promise<unknown>,
): Promise<void> {
  const all = (async function* () {
    yield* batches;
  })();
  let next = await all.next();
  const part = async function* () {
    for (let taken = 0; !next.done && taken < rows; next = await all.next()) {
      taken += next.value.rows;
      yield next.value;
    }
  };
  for (let n = 1; n === 1 || !next.done; n++) await write(part(), n);
}
