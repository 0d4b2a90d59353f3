import type { FaultList } from './fault.js';
import { FlowTable } from './flow-table.js';
import { Names } from './names.js';
import type { Ends } from './read-routes.js';
import { readTable } from './read-table.js';
import { rowParcels, SLOT_COUNT_MAX, unknownService } from './rules.js';
import type { TableFile } from './table-files.js';

/** Rows of the first block; each next one is twice as large … */
const BLOCK_ROWS_MIN = 1 << 12;
/** … up to this, 56 MB: memory of over 32 MB is given back to the system when it is let go. */
const BLOCK_ROWS_MAX = 1 << 22;
const ROW_BYTES = 14;

/** Rows of demand with parcels, 14 bytes each, in the order of the files. */
interface DemandBlock {
  rows: number;
  readonly flow: Int32Array;
  readonly shipper: Int32Array;
  readonly slot: Int16Array;
  readonly parcels: Uint32Array;
}

/** Demand as read. A flow is still named by its own operators and places. */
export interface RawDemand {
  readonly shippers: Names;
  readonly flows: Ends & { readonly service: Int32Array };
  /** Taken out one by one by whoever sorts them. */
  readonly blocks: DemandBlock[];
}

/**
 * Reads `demand`; rows with 0 parcels are checked and dropped.
 *
 * @param slots T, or undefined if it is not known, as are `services` then.
 */
export async function readDemand(
  files: readonly TableFile[],
  services: Names,
  slots: number | undefined,
  faults: FaultList,
  onRows: (rows: number) => void,
): Promise<RawDemand> {
  const shippers = new Names();
  const names = { operators: new Names(), origins: new Names(), destinations: new Names() };
  const columns = [
    { name: 'shipper', kind: 'identifier', names: shippers },
    {
      name: 'service',
      kind: 'reference',
      names: services,
      ...(slots === undefined ? {} : { unknown: unknownService }),
    },
    { name: 'operator', kind: 'identifier', names: names.operators },
    { name: 'origin', kind: 'identifier', names: names.origins },
    { name: 'destination', kind: 'identifier', names: names.destinations },
    { name: 'slot', ...readySlot(slots) },
    { name: 'parcels', ...rowParcels },
  ] as const;
  const before = faults.total;
  const table = new FlowTable();
  const rows = new DemandRows(table);
  let seen = 0;
  for await (const batch of readTable(files, columns, faults)) {
    rows.add(batch);
    seen += batch.rows;
    onRows(seen);
  }
  if (seen === 0 && files.length > 0 && faults.total === before) addEmpty(files[0].file, faults);
  return {
    shippers,
    flows: {
      ...names,
      operator: table.operator.view(),
      origin: table.origin.view(),
      destination: table.destination.view(),
      service: table.service.view(),
    },
    blocks: rows.blocks,
  };
}

/** s < T; s < 0 for parcels carried over. */
function readySlot(slots: number | undefined) {
  return {
    kind: 'integer',
    least: -SLOT_COUNT_MAX,
    most: (slots ?? SLOT_COUNT_MAX) - 1,
    below: {
      rule: 'slot-outside-horizon',
      cure: `Parcels cannot have waited for more than ${SLOT_COUNT_MAX} slots.`,
    },
    above: {
      rule: 'slot-outside-horizon',
      cure: 'Ready slots end before "slots" in scenario.json: remove the row or lengthen the horizon.',
    },
  } as const;
}

function addEmpty(file: string, faults: FaultList): void {
  const text = 'there is no demand: nothing is to be planned';
  const cure = 'Add at least one row of demand.';
  faults.add({ file, line: 0, field: '', rule: 'empty-scenario', text, cure });
}

class DemandRows {
  readonly blocks: DemandBlock[] = [];

  constructor(private readonly flows: FlowTable) {}

  add(batch: { rows: number; ids: readonly Int32Array[]; values: readonly Float64Array[] }): void {
    const [shipper, service, operator, origin, destination] = batch.ids;
    const [slot, parcels] = batch.values.slice(5);
    let block = this.blocks.at(-1) ?? this.#newBlock();
    for (let r = 0; r < batch.rows; r++) {
      const isFaulty =
        shipper[r] < 0 || service[r] < 0 || operator[r] < 0 || origin[r] < 0 || destination[r] < 0;
      if (isFaulty || !(parcels[r] > 0) || Number.isNaN(slot[r])) continue;
      if (block.rows === block.flow.length) block = this.#newBlock();
      const at = block.rows++;
      block.flow[at] = this.flows.number(operator[r], origin[r], destination[r], service[r]);
      block.shipper[at] = shipper[r];
      block.slot[at] = slot[r];
      block.parcels[at] = parcels[r];
    }
  }

  #newBlock(): DemandBlock {
    const size = Math.min(BLOCK_ROWS_MAX, BLOCK_ROWS_MIN * 2 ** this.blocks.length);
    const memory = new ArrayBuffer(size * ROW_BYTES);
    const block = {
      rows: 0,
      flow: new Int32Array(memory, 0, size),
      shipper: new Int32Array(memory, 4 * size, size),
      parcels: new Uint32Array(memory, 8 * size, size),
      slot: new Int16Array(memory, 12 * size, size),
    };
    this.blocks.push(block);
    return block;
  }
}
