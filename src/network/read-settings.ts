import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FaultList } from './fault.js';
import { JsonFields, parseJson } from './json-fields.js';
import type { Scenario, Service } from './scenario.js';
import type { TableFolder } from './table-files.js';

/** What scenario.json says. */
export type Settings = Pick<
  Scenario,
  'name' | 'start' | 'slotMinutes' | 'slots' | 'carryPenalty' | 'services'
>;

const FILE = 'scenario.json';
/** Ready slots are kept in 16 bits: 32,767 slots are more than three years of hours. */
const SLOTS_MAX = 32767;
/** In slots, from docs/spec/release-planning.md, section 3. */
const CARRY_PENALTY_DEFAULT = 24;

/** Reads scenario.json; undefined when a fault in it was listed. */
export async function readSettings(
  folder: TableFolder,
  faults: FaultList,
): Promise<Settings | undefined> {
  if (!folder.has(FILE)) {
    const text = `there is no ${FILE} in ${folder.folder}`;
    const cure = 'Add it: name, start, slotMinutes, slots, carryPenalty and services.';
    faults.add({ file: FILE, line: 0, field: '', rule: 'missing-file', text, cure });
    return undefined;
  }
  const before = faults.total;
  const json = parseJson(FILE, await readFile(join(folder.folder, FILE)), faults);
  if (json === undefined) return undefined;
  const settings = settingsFrom(new JsonFields(FILE, '', json, faults));
  return faults.total === before ? settings : undefined;
}

function settingsFrom(fields: JsonFields): Settings {
  return {
    name: fields.text('name'),
    start: fields.instant('start'),
    slotMinutes: fields.number('slotMinutes', { above: 0 }),
    slots: fields.number('slots', { least: 1, most: SLOTS_MAX, isInteger: true }),
    carryPenalty: fields.has('carryPenalty')
      ? fields.number('carryPenalty', { least: 0 })
      : CARRY_PENALTY_DEFAULT,
    services: servicesFrom(fields),
  };
}

function servicesFrom(fields: JsonFields): Service[] {
  const services = fields.list('services').map((service) => ({
    id: service.text('id'),
    weight: service.number('weight', { above: 0 }),
    promise: service.number('promise', { least: 0 }),
    late: service.number('late', { least: 0 }),
    growth: service.number('growth', { least: 0 }),
  }));
  const seen = new Set<string>();
  for (const { id } of services) {
    if (id !== '' && seen.has(id)) {
      fields.add(
        'services',
        'duplicate-id',
        `the service ${JSON.stringify(id)} occurs twice`,
        'Keep one of them.',
      );
    }
    seen.add(id);
  }
  return services;
}
