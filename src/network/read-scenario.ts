import { FaultList, FaultyInput } from './fault.js';
import { Names } from './names.js';
import { numberPairs } from './pairs.js';
import { readDemand } from './read-demand.js';
import { readResources } from './read-resources.js';
import { readRoutes, readSteps } from './read-routes.js';
import { readSettings } from './read-settings.js';
import { readSlotValues } from './read-slot-values.js';
import { amount, LOSES_TABLE } from './rules.js';
import type { Scenario } from './scenario.js';
import { sortDemand } from './sort-demand.js';
import { TableFolder } from './table-files.js';

/** How far a read has come. */
export interface ReadProgress {
  readonly table: string;
  /** Rows of the table read so far. */
  readonly rows: number;
}

/**
 * Reads and validates a scenario folder (docs/spec/release-planning.md, section 5). The same tables
 * give the same scenario, index for index, as CSV and as Parquet, whole and split. Memory: 14 bytes a
 * row of demand while it is read, beside some 70 MB.
 *
 * @throws FaultyInput with every fault of every file; what a fault makes unknowable is not reported.
 */
export async function readScenario(
  path: string,
  options: { onProgress?: (progress: ReadProgress) => void } = {},
): Promise<Scenario> {
  const faults = new FaultList();
  const folder = await TableFolder.open(path, faults);
  if (!folder) throw new FaultyInput(faults);
  const progress = (table: string, rows: number) => options.onProgress?.({ table, rows });

  const settings = await readSettings(folder, faults);
  const isWhole = lossWatch(faults);
  const bare = await readResources(folder.find('resources'), faults);
  const knowsResources = isWhole();
  progress('resources', bare.ids.size);
  const slotValues = (table: string, value: string, isUnique: boolean) =>
    readSlotValues(
      folder.find(table, { optional: true }),
      { value: { name: value, ...amount }, isUnique },
      bare.ids,
      knowsResources,
      faults,
    );
  const overrides = await slotValues('capacity', 'capacity', true);
  const commitments = await slotValues('committed', 'parcels', false);

  const isWholeRoutes = lossWatch(faults);
  const routes = await readRoutes(folder.find('routes'), faults);
  const known = { resources: knowsResources, routes: isWholeRoutes() };
  progress('routes', routes.ids.size);
  const steps = await readSteps(folder.find('route-steps'), bare.ids, routes, known, faults);
  progress('route-steps', steps.stepResource.length);

  const services = Names.from(settings?.services.map((service) => service.id) ?? []);
  const raw = await readDemand(folder.find('demand'), services, settings?.slots, faults, (rows) =>
    progress('demand', rows),
  );
  if (faults.total > 0 || !settings) throw new FaultyInput(faults);
  const { pairs, ofRoutes, ofFlows } = numberPairs(routes.ends, raw.flows);
  const demand = sortDemand(raw, ofFlows, services.size, faults);
  if (faults.total > 0) throw new FaultyInput(faults);
  return {
    ...settings,
    resources: { ...bare, overrides, commitments },
    pairs,
    routes: { ids: routes.ids, pair: ofRoutes, cost: routes.cost, ...steps },
    demand,
  };
}

/** Tells whether no table was lost to a fault since. */
function lossWatch(faults: FaultList): () => boolean {
  const losses = () => LOSES_TABLE.reduce((n, rule) => n + (faults.countByRule.get(rule) ?? 0), 0);
  const before = losses();
  return () => losses() === before;
}
