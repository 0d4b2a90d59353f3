import type { Rule } from './columns.js';
import type { FaultList } from './fault.js';
import { GrowingInts, IntSet, RowPlaces } from './growing.js';
import { Names } from './names.js';
import { readTable } from './read-table.js';
import { amount, atLeastZero, degrees, loadedSlot, unknownResource } from './rules.js';
import type { Resources, SlotValues } from './scenario.js';
import { sharedDoublesCopy, sharedInts } from './shared.js';
import type { TableFile } from './table-files.js';

/** Resources without their overrides and commitments. */
export type BareResources = Omit<Resources, 'overrides' | 'commitments'>;

export async function readResources(
  files: readonly TableFile[],
  faults: FaultList,
): Promise<BareResources> {
  const ids = new Names();
  const texts = { kind: new Names(), operator: new Names(), region: new Names() };
  const columns = [
    { name: 'id', kind: 'identifier', names: ids },
    { name: 'kind', kind: 'identifier', names: texts.kind, mayBeEmpty: true },
    { name: 'operator', kind: 'identifier', names: texts.operator },
    { name: 'region', kind: 'identifier', names: texts.region, mayBeEmpty: true },
    { name: 'lat', ...degrees(90), mayBeEmpty: true },
    { name: 'lng', ...degrees(180), mayBeEmpty: true },
    { name: 'capacity', ...amount },
    { name: 'floor', ...atLeastZero, mayBeEmpty: true },
  ] as const;
  const text: { [name in keyof typeof texts]: string[] } = { kind: [], operator: [], region: [] };
  const number: Record<'lat' | 'lng' | 'capacity' | 'floor', number[]> = {
    lat: [],
    lng: [],
    capacity: [],
    floor: [],
  };
  const seen = new IntSet();
  for await (const { file, rows, line, ids: id, values } of readTable(files, columns, faults)) {
    for (let r = 0; r < rows; r++) {
      const resource = id[0][r];
      if (resource < 0 || isRepeated(seen, resource, { file, line: line[r] }, ids, faults))
        continue;
      text.kind[resource] = textOf(texts.kind, id[1][r]);
      text.operator[resource] = textOf(texts.operator, id[2][r]);
      text.region[resource] = textOf(texts.region, id[3][r]);
      number.lat[resource] = values[4][r];
      number.lng[resource] = values[5][r];
      number.capacity[resource] = values[6][r];
      number.floor[resource] = values[7][r];
    }
  }
  return {
    ids,
    ...text,
    lat: sharedDoublesCopy(number.lat),
    lng: sharedDoublesCopy(number.lng),
    capacity: sharedDoublesCopy(number.capacity),
    floor: sharedDoublesCopy(number.floor),
  };
}

/** Lists an identifier that was seen before in its table; true if it was. */
export function isRepeated(
  seen: IntSet,
  id: number,
  place: { file: string; line: number },
  names: Names,
  faults: FaultList,
): boolean {
  if (seen.add(id)) return false;
  const text = `${JSON.stringify(names.get(id))} occurs a second time`;
  const cure = 'Keep one row of each identifier.';
  faults.add({ ...place, field: 'id', rule: 'duplicate-id', text, cure });
  return true;
}

function textOf(names: Names, id: number): string {
  return id < 0 ? '' : names.get(id);
}

/** How rows for one (resource, slot) come together: a capacity is given once, commitments add. */
export type SlotTable = { readonly value: 'capacity' | 'parcels'; readonly unique: boolean };

/**
 * Reads `capacity` or `committed`.
 *
 * @param isKnown whether all resources were read, so that an unknown one is a fault here.
 */
export async function readSlotValues(
  files: readonly TableFile[],
  table: SlotTable,
  resources: Names,
  isKnown: boolean,
  faults: FaultList,
): Promise<SlotValues> {
  const unknown: { unknown?: Rule } = isKnown ? { unknown: unknownResource } : {};
  const columns = [
    { name: 'resource', kind: 'reference', names: resources, ...unknown },
    { name: 'slot', ...loadedSlot },
    { name: table.value, ...amount },
  ] as const;
  const resource = new GrowingInts();
  const slot = new GrowingInts();
  const value: number[] = [];
  const places = new RowPlaces();
  for await (const { file, rows, line, ids, values } of readTable(files, columns, faults)) {
    for (let r = 0; r < rows; r++) {
      if (ids[0][r] < 0 || Number.isNaN(values[1][r]) || Number.isNaN(values[2][r])) continue;
      places.set(value.length, file, line[r]);
      resource.push(ids[0][r]);
      slot.push(values[1][r]);
      value.push(values[2][r]);
    }
  }
  return sorted({ resource: resource.view(), slot: slot.view(), value }, (i) => {
    if (!table.unique) return;
    const text = `${JSON.stringify(resources.get(resource.view()[i]))} has a second capacity in slot ${slot.view()[i]}`;
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
