import type { NumberColumn } from './columns.js';
import type { FaultList } from './fault.js';
import { GrowingInts, RowPlaces } from './growing.js';
import type { Names } from './names.js';
import { readTable } from './read-table.js';
import { loadedSlot, unknownResource } from './rules.js';
import type { SlotValues } from './scenario.js';
import { sharedDoublesCopy, sharedInts } from './shared.js';
import type { TableFile } from './table-files.js';

/** A table of one value for some (resource, slot): capacities, commitments or prices. */
export interface SlotTable {
  readonly value: NumberColumn;
  /** Whether a second row for a (resource, slot) is a fault; else the rows are summed. */
  readonly isUnique: boolean;
}

/**
 * Reads a table of (resource, slot, value), sorted by (resource, slot).
 *
 * @param isKnown whether all resources were read, so that an unknown one is a fault here.
 */
export async function readSlotValues(
  files: readonly TableFile[],
  { value, isUnique }: SlotTable,
  resources: Names,
  isKnown: boolean,
  faults: FaultList,
): Promise<SlotValues> {
  const unknown = isKnown ? { unknown: unknownResource } : {};
  const columns = [
    { name: 'resource', kind: 'reference', names: resources, ...unknown },
    { name: 'slot', ...loadedSlot },
    value,
  ] as const;
  const rows = { resource: new GrowingInts(), slot: new GrowingInts(), value: [] as number[] };
  const places = new RowPlaces();
  for await (const { file, rows: count, line, ids, values } of readTable(files, columns, faults)) {
    for (let r = 0; r < count; r++) {
      if (ids[0][r] < 0 || Number.isNaN(values[1][r]) || Number.isNaN(values[2][r])) continue;
      places.set(rows.value.length, file, line[r]);
      rows.resource.push(ids[0][r]);
      rows.slot.push(values[1][r]);
      rows.value.push(values[2][r]);
    }
  }
  const { resource, slot } = { resource: rows.resource.view(), slot: rows.slot.view() };
  return sorted({ resource, slot, value: rows.value }, (i) => {
    if (!isUnique) return;
    const id = JSON.stringify(resources.get(resource[i]));
    const text = `${id} has a second ${value.name} in slot ${slot[i]}`;
    const cure = 'Keep one row of each resource and slot.';
    faults.add({ ...places.get(i), field: 'slot', rule: 'duplicate-slot', text, cure });
  });
}

/** Sorts by (resource, slot) and sums what is equal, telling of each row that repeats another. */
function sorted(
  rows: { resource: Int32Array; slot: Int32Array; value: readonly number[] },
  onRepeated: (row: number) => void,
): SlotValues {
  const order = Uint32Array.from({ length: rows.value.length }, (_, i) => i).toSorted(
    (a, b) => rows.resource[a] - rows.resource[b] || rows.slot[a] - rows.slot[b] || a - b,
  );
  const resource = sharedInts(order.length);
  const slot = sharedInts(order.length);
  const value = new Float64Array(order.length);
  let n = 0;
  for (const i of order) {
    if (n > 0 && resource[n - 1] === rows.resource[i] && slot[n - 1] === rows.slot[i]) {
      value[n - 1] += rows.value[i];
      onRepeated(i);
    } else {
      resource[n] = rows.resource[i];
      slot[n] = rows.slot[i];
      value[n] = rows.value[i];
      n += 1;
    }
  }
  return {
    resource: resource.subarray(0, n),
    slot: slot.subarray(0, n),
    value: sharedDoublesCopy(value.subarray(0, n)),
  };
}
