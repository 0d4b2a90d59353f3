import type { FaultList } from './fault.js';
import { IntSet } from './growing.js';
import { Names } from './names.js';
import { readTable } from './read-table.js';
import { amount, atLeastZero, degrees } from './rules.js';
import type { Resources } from './scenario.js';
import { sharedDoublesCopy } from './shared.js';
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
