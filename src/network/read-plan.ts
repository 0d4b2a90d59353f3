import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Rule } from './columns.js';
import { FaultList, FaultyInput } from './fault.js';
import { JsonFields, parseJson } from './json-fields.js';
import { PLAN_FILE } from './plan-columns.js';
import type { PlanSummary, PriceTable, ReleaseBatch } from './plan-files.js';
import { readReleases } from './read-releases.js';
import { readSlotValues } from './read-slot-values.js';
import type { Scenario } from './scenario.js';
import { TableFolder } from './table-files.js';

/** A plan as its files give it. */
export interface PlanInFiles {
  readonly summary: PlanSummary;
  readonly prices: PriceTable;
  /**
   * The releases, read from the file each time, in batches whose arrays are used again; bounded
   * memory.
   *
   * @throws FaultyInput behind the last row, with the faults of all.
   */
  releases(): AsyncIterable<ReleaseBatch>;
}

/**
 * Reads a plan folder (docs/spec/release-planning.md, section 5). Identifiers must be those of the
 * scenario; whether the plan is right is not looked at, that is for the checker.
 *
 * @throws FaultyInput with every fault of plan.json and prices; releases are read later.
 */
export async function readPlan(path: string, scenario: Scenario): Promise<PlanInFiles> {
  const faults = new FaultList();
  const folder = await TableFolder.open(path, faults);
  if (!folder) throw new FaultyInput(faults);
  const summary = await readSummary(folder, faults);
  const releases = folder.find('releases', { split: false });
  const files = folder.find('prices', { split: false });
  const table = { value: { name: 'price', ...anyPrice }, isUnique: true };
  const prices = await readSlotValues(files, table, scenario.resources.ids, true, faults);
  if (faults.total > 0 || !summary) throw new FaultyInput(faults);
  return {
    summary,
    prices: { resource: prices.resource, slot: prices.slot, price: prices.value },
    releases: () => readReleases(releases, scenario),
  };
}

const OUTSIDE: Rule = { rule: 'too-large', cure: 'Write a smaller number.' };
const anyPrice = {
  kind: 'number',
  least: -Number.MAX_VALUE,
  most: Number.MAX_VALUE,
  below: OUTSIDE,
  above: OUTSIDE,
} as const;

async function readSummary(
  folder: TableFolder,
  faults: FaultList,
): Promise<PlanSummary | undefined> {
  if (!folder.has(PLAN_FILE)) {
    const text = `there is no ${PLAN_FILE} in ${folder.folder}`;
    const cure = 'Name a plan folder; an interrupted run leaves none.';
    faults.add({ file: PLAN_FILE, line: 0, field: '', rule: 'missing-file', text, cure });
    return undefined;
  }
  const json = parseJson(PLAN_FILE, await readFile(join(folder.folder, PLAN_FILE)), faults);
  if (json === undefined) return undefined;
  const fields = new JsonFields(PLAN_FILE, '', json, faults);
  return {
    ...json,
    scenario: fields.text('scenario'),
    objective: fields.number('objective', {}),
    bound: fields.number('bound', {}),
    gap: fields.number('gap', {}),
    ready: fields.number('ready', {}),
    released: fields.number('released', {}),
    carried: fields.number('carried', {}),
    seconds: fields.number('seconds', {}),
  };
}
