import { join } from 'node:path';
import { writeJson } from './json-file.js';
import { Names } from './names.js';
import { PLAN_FILE, PRICE_COLUMNS, RELEASE_COLUMNS } from './plan-columns.js';
import type { PlanSummary, PriceTable, ReleaseBatch } from './plan-files.js';
import type { Scenario } from './scenario.js';
import { type ColumnBatch, NO_INTEGER, type TableFormat } from './table.js';
import { writeTable } from './table-writer.js';
import { writeWholeFolder } from './whole-folder.js';

export interface PlanOptions {
  readonly format: TableFormat;
  /** Asked for `seconds` when all tables are on disk, just before plan.json is written. */
  readonly seconds?: () => number;
  /** Aborted, nothing is left behind. */
  readonly signal?: AbortSignal;
}

/**
 * Writes a plan folder (docs/spec/release-planning.md, section 5), whole or not at all; a plan in its
 * place is replaced at the end. Rows of releases with no parcels, and prices of 0, are left out.
 *
 * @throws as `writeWholeFolder`.
 */
export async function writePlan(
  folder: string,
  scenario: Scenario,
  summary: PlanSummary,
  releases: Iterable<ReleaseBatch> | AsyncIterable<ReleaseBatch>,
  prices: PriceTable,
  options: PlanOptions,
): Promise<void> {
  const { format, signal } = options;
  const fill = async (at: string) => {
    const rows = releaseRows(scenario, releases);
    await writeTable(join(at, `releases.${format}`), RELEASE_COLUMNS, rows, format, signal);
    const priceBatch = priceRows(scenario, prices);
    await writeTable(join(at, `prices.${format}`), PRICE_COLUMNS, [priceBatch], format, signal);
    const seconds = options.seconds?.() ?? summary.seconds;
    await writeJson(join(at, PLAN_FILE), { ...summary, seconds });
  };
  await writeWholeFolder(folder, PLAN_FILE, fill, signal);
}

async function* releaseRows(
  scenario: Scenario,
  releases: Iterable<ReleaseBatch> | AsyncIterable<ReleaseBatch>,
): AsyncGenerator<ColumnBatch> {
  const services = Names.from(scenario.services.map((service) => service.id));
  let columns = new ReleaseColumns(scenario, services, 0);
  for await (const batch of releases) {
    if (columns.size < batch.rows) columns = new ReleaseColumns(scenario, services, batch.rows);
    yield columns.fill(batch);
  }
}

/** Arrays for the columns of a batch, used again for the next. */
class ReleaseColumns {
  readonly #shipper: Int32Array;
  readonly #service: Int32Array;
  readonly #operator: Int32Array;
  readonly #origin: Int32Array;
  readonly #destination: Int32Array;
  readonly #readySlot: Int32Array;
  readonly #releaseSlot: Int32Array;
  readonly #route: Int32Array;
  readonly #parcels: Uint32Array;

  constructor(
    private readonly scenario: Scenario,
    private readonly services: Names,
    readonly size: number,
  ) {
    this.#shipper = new Int32Array(size);
    this.#service = new Int32Array(size);
    this.#operator = new Int32Array(size);
    this.#origin = new Int32Array(size);
    this.#destination = new Int32Array(size);
    this.#readySlot = new Int32Array(size);
    this.#releaseSlot = new Int32Array(size);
    this.#route = new Int32Array(size);
    this.#parcels = new Uint32Array(size);
  }

  fill(batch: ReleaseBatch): ColumnBatch {
    const { pairs, demand, routes } = this.scenario;
    let rows = 0;
    for (let i = 0; i < batch.rows; i++) {
      if (batch.parcels[i] === 0) continue;
      const pair = batch.pair[i];
      this.#shipper[rows] = batch.shipper[i];
      this.#service[rows] = batch.service[i];
      this.#operator[rows] = pairs.operator[pair];
      this.#origin[rows] = pairs.origin[pair];
      this.#destination[rows] = pairs.destination[pair];
      this.#readySlot[rows] = batch.readySlot[i];
      this.#releaseSlot[rows] = batch.releaseSlot[i] < 0 ? NO_INTEGER : batch.releaseSlot[i];
      this.#route[rows] = batch.route[i];
      this.#parcels[rows] = batch.parcels[i];
      rows += 1;
    }
    const columns = {
      shipper: { names: demand.shippers, index: this.#shipper },
      service: { names: this.services, index: this.#service },
      operator: { names: pairs.operators, index: this.#operator },
      origin: { names: pairs.places, index: this.#origin },
      destination: { names: pairs.places, index: this.#destination },
      readySlot: this.#readySlot,
      releaseSlot: this.#releaseSlot,
      route: { names: routes.ids, index: this.#route },
      parcels: this.#parcels,
    };
    return { rows, columns };
  }
}

function priceRows(scenario: Scenario, prices: PriceTable): ColumnBatch {
  const kept = Int32Array.from(prices.price.keys()).filter((i) => prices.price[i] > 0);
  const index = kept.map((i) => prices.resource[i]);
  const slot = kept.map((i) => prices.slot[i]);
  const price = Float64Array.from(kept, (i) => prices.price[i]);
  const resource = { names: scenario.resources.ids, index };
  return { rows: kept.length, columns: { resource, slot, price } };
}
