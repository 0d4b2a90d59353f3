import { Command } from 'commander';
import { readScenario } from '../../network/read-scenario.js';
import type { Scenario } from '../../network/scenario.js';
import { atOncePeaks } from '../../plan/at-once-peaks.js';
import { slotTime } from '../../plan/slot-time.js';
import { type DemandVolumes, measureDemand } from '../../plan/volumes.js';
import { ReadingProgress } from './reading-progress.js';
import { noteLines } from './scenario-notes.js';
import { count, decimal, textTable } from './text-table.js';

/** Rows of a table that are listed: as many as one looks at. */
const SHOWN = 10;

const EXAMPLES = `
"At once" is what would be if every parcel were released when it is ready, over the cheapest route of
its pair: a ratio above 1 is an overload.

Examples:
  cuofeng scenario summary season
  cuofeng scenario summary season --json > season.json`;

/** `cuofeng scenario summary`. */
export function summaryCommand(): Command {
  return new Command('summary')
    .description('What is in a scenario: counts, volumes, the horizon, and what would overflow.')
    .argument('<scenario>', 'scenario folder')
    .option('--json', 'all figures as JSON')
    .addHelpText('after', EXAMPLES)
    .action(summarise);
}

async function summarise(path: string, { json }: { json?: boolean }): Promise<void> {
  const progress = new ReadingProgress();
  const scenario = await readScenario(path, progress).finally(() => progress.end());
  const volumes = measureDemand(scenario);
  const text = json
    ? JSON.stringify(figures(scenario, volumes), null, 2)
    : lines(scenario, volumes).join('\n');
  process.stdout.write(`${text}\n`);
}

function figures(scenario: Scenario, volumes: DemandVolumes) {
  const { name, start, slotMinutes, slots, resources } = scenario;
  return {
    name,
    horizon: { start, slotMinutes, slots },
    counts: Object.fromEntries(countsOf(scenario)),
    parcels: volumes.parcels,
    byOperator: volumes.byOperator,
    byService: volumes.byService,
    byOrigin: volumes.byOrigin,
    atOnce: atOncePeaks(scenario).map((p) => ({ ...p, resource: resources.ids.get(p.resource) })),
  };
}

function lines(scenario: Scenario, volumes: DemandVolumes): string[] {
  const { name, start, slotMinutes, slots } = scenario;
  return [
    name,
    `  ${slots} slots of ${decimal(slotMinutes)} minutes from ${start}, to ${slotTime(scenario, slots)}`,
    ...countsOf(scenario).map(([what, n]) => `  ${what.padEnd(14)} ${count(n)}`),
    `  ${'parcels'.padEnd(14)} ${count(volumes.parcels)}`,
    ...noteLines(scenario),
    '',
    ...volumeTable('operator', volumes.byOperator, volumes.parcels),
    '',
    ...volumeTable('service', volumes.byService, volumes.parcels),
    '',
    ...volumeTable('origin province', volumes.byOrigin, volumes.parcels),
    '',
    ...peakTable(scenario),
  ];
}

function countsOf({ resources, routes, pairs, demand }: Scenario): [string, number][] {
  return [
    ['resources', resources.ids.size],
    ['operators', pairs.operators.size],
    ['places', pairs.places.size],
    ['pairs', pairs.size],
    ['routes', routes.ids.size],
    ['route steps', routes.stepLag.length],
    ['shippers', demand.shippers.size],
    ['flows', demand.flowPair.length],
    ['cohorts', demand.cohortSlot.length],
    ['demand rows', demand.rowShipper.length],
  ];
}

function volumeTable(
  what: string,
  volumes: DemandVolumes['byOperator'],
  parcels: number,
): string[] {
  const rows = volumes
    .slice(0, SHOWN)
    .map((v) => [v.id, count(v.parcels), `${decimal((100 * v.parcels) / parcels, 1)} %`]);
  const more = volumes.length - rows.length;
  return [
    ...textTable([what, 'parcels', 'share'], rows),
    ...(more > 0 ? [`… and ${count(more)} more`] : []),
  ];
}

function peakTable(scenario: Scenario): string[] {
  const peaks = atOncePeaks(scenario);
  const over = peaks.filter((peak) => peak.ratio > 1).length;
  const rows = peaks
    .slice(0, SHOWN)
    .map((peak) => [
      scenario.resources.ids.get(peak.resource),
      scenario.resources.kind[peak.resource],
      slotTime(scenario, peak.slot),
      count(peak.load),
      count(peak.capacity),
      Number.isFinite(peak.ratio) ? decimal(peak.ratio) : 'closed',
    ]);
  return [
    `Released at once, ${count(over)} of ${count(scenario.resources.ids.size)} resources would be overloaded:`,
    ...textTable(['resource', 'kind', 'worst slot', 'load', 'capacity left', 'ratio'], rows),
  ];
}
