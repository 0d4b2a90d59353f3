import { BATCH_ROWS, type RowBatch, type Rule } from './columns.js';
import { FaultList, FaultyInput } from './fault.js';
import { FlowTable } from './flow-table.js';
import { Names } from './names.js';
import type { ReleaseBatch } from './plan-files.js';
import { readTable } from './read-table.js';
import { amount, rowParcels, SLOT_COUNT_MAX, unknownRoute, unknownService } from './rules.js';
import type { Scenario } from './scenario.js';
import type { TableFile } from './table-files.js';

const cure = 'Check the plan against the scenario that it was made for.';
const unknownShipper: Rule = { rule: 'unknown-shipper', cure };
const unknownOperator: Rule = { rule: 'unknown-operator', cure };
const unknownPlace: Rule = { rule: 'unknown-place', cure };

/** The releases of a plan; throws FaultyInput behind the last row if there were faults. */
export async function* readReleases(
  files: readonly TableFile[],
  scenario: Scenario,
): AsyncGenerator<ReleaseBatch> {
  const { demand, pairs, routes, services } = scenario;
  const slot = { ...amount, most: 2 ** 31 - 1 };
  const place = { kind: 'reference', names: pairs.places, unknown: unknownPlace } as const;
  const columns = [
    { name: 'shipper', kind: 'reference', names: demand.shippers, unknown: unknownShipper },
    {
      name: 'service',
      kind: 'reference',
      names: Names.from(services.map((service) => service.id)),
      unknown: unknownService,
    },
    { name: 'operator', kind: 'reference', names: pairs.operators, unknown: unknownOperator },
    { name: 'origin', ...place },
    { name: 'destination', ...place },
    {
      name: 'route',
      kind: 'reference',
      names: routes.ids,
      unknown: unknownRoute,
      mayBeEmpty: true,
    },
    { name: 'readySlot', ...slot, least: -SLOT_COUNT_MAX },
    { name: 'releaseSlot', ...slot, mayBeEmpty: true },
    { name: 'parcels', ...rowParcels },
  ] as const;
  const faults = new FaultList();
  const rows = new ReleaseRows(scenario, faults);
  for await (const batch of readTable(files, columns, faults)) {
    const releases = rows.take(batch);
    if (faults.total === 0) yield releases;
  }
  if (faults.total > 0) throw new FaultyInput(faults);
}

class ReleaseRows {
  readonly #pairs = new FlowTable();
  readonly #out: ReleaseBatch = {
    rows: 0,
    shipper: new Int32Array(BATCH_ROWS),
    service: new Int32Array(BATCH_ROWS),
    pair: new Int32Array(BATCH_ROWS),
    readySlot: new Int32Array(BATCH_ROWS),
    releaseSlot: new Int32Array(BATCH_ROWS),
    route: new Int32Array(BATCH_ROWS),
    parcels: new Float64Array(BATCH_ROWS),
  };

  constructor(
    { pairs }: Scenario,
    private readonly faults: FaultList,
  ) {
    for (let p = 0; p < pairs.size; p++) {
      this.#pairs.number(pairs.operator[p], pairs.origin[p], pairs.destination[p], 0);
    }
  }

  take(batch: RowBatch): ReleaseBatch {
    const out = this.#out;
    const [shipper, service, operator, origin, destination, route] = batch.ids;
    const [readySlot, releaseSlot, parcels] = batch.values.slice(6);
    out.rows = batch.rows;
    for (let r = 0; r < batch.rows; r++) {
      const isCarried = Number.isNaN(releaseSlot[r]);
      out.shipper[r] = shipper[r];
      out.service[r] = service[r];
      out.pair[r] = this.#pairs.find(operator[r], origin[r], destination[r], 0);
      out.readySlot[r] = readySlot[r];
      out.releaseSlot[r] = isCarried ? -1 : releaseSlot[r];
      out.route[r] = route[r];
      out.parcels[r] = parcels[r];
      if (out.pair[r] < 0 || isCarried !== (route[r] === -1)) this.#addFaults(batch, r);
    }
    return out;
  }

  /** Lists what is wrong with a row whose cells are right. */
  #addFaults(batch: RowBatch, r: number): void {
    if (batch.ids.slice(0, 5).some((ids) => ids[r] < 0)) return;
    const { file } = batch;
    const line = batch.line[r];
    if (this.#out.pair[r] < 0) {
      const text = 'the scenario has no route and no demand from this origin to this destination';
      this.faults.add({ file, line, field: 'destination', rule: 'unknown-pair', text, cure });
    } else {
      const text = 'one of releaseSlot and route is empty';
      const both = 'Fill both for a release; leave both empty for parcels carried over.';
      this.faults.add({ file, line, field: 'route', rule: 'half-carried', text, cure: both });
    }
  }
}
