import { join } from 'node:path';
import { Command } from 'commander';
import type { RecountRule } from '../../certify/track/findings.js';
import type { LogRecount } from '../../certify/track/recount-log.js';
import { seasonId } from '../gate/season.js';
import { type RecountedScans, recountScans } from '../track/archive/recount-scans.js';
import { listSeasonScans, type SeasonScans } from '../track/archive/season-scans.js';
import { readShown } from './read-shown.js';
import { dataOption, joinStore } from './store.js';
import { count, textTable } from './text-table.js';

/** What each rule says when it holds. */
const RULES: readonly (readonly [RecountRule, string])[] = [
  ['differs', 'P8, live = recount: stock, bound, flows and totals of the newest picture'],
  ['missing', 'P7, every entry is in the archive or in the log'],
  ['chain', 'P14, the chain of hashes of the log holds'],
  ['batch', 'P15, every batch can be read and is of this season'],
  ['archive', 'P15, every file of the archive is what was archived'],
  ['picture', 'what was counted live can be read'],
];
const FINDINGS_SHOWN = 20;

interface Flags {
  readonly archive?: string;
  readonly json?: boolean;
  readonly data: string;
}

/** `cuofeng recount`. */
export function recountCommand(): Command {
  return new Command('recount')
    .description(
      "Recount a season's scans from the archive and the log, with no code of tracking, and hold what was counted live " +
        'against it: stock and bound of every resource, every flow, every total.',
    )
    .argument('<scenario>', 'scenario folder')
    .option('--archive <folder>', 'the archive, for what has left the log')
    .option('--json', 'the report as JSON')
    .addOption(dataOption())
    .addHelpText('after', '\nExit code: 0 live = recount, 1 it is not, 2 the input cannot be read.')
    .action(recount);
}

async function recount(scenarioFolder: string, { archive, json, data }: Flags): Promise<void> {
  const scenario = await readShown(scenarioFolder);
  const store = await joinStore(data);
  try {
    const { database } = store;
    const all: [SeasonScans, RecountedScans][] = [];
    for (const season of await listSeasonScans(database, scenario, seasonId(scenario))) {
      const folder = archive === undefined ? undefined : join(archive, season.id);
      all.push([season, await recountScans(database, season, folder)]);
    }
    const lines = json
      ? [JSON.stringify(all.map(jsonOf), null, 2)]
      : all.flatMap(([, found]) => linesOf(found));
    if (lines.length === 0) lines.push('There are no scans of this season.');
    process.stdout.write(`${lines.join('\n')}\n`);
    process.exitCode = all.every(([, { findings }]) => findings.total === 0) ? 0 : 1;
  } finally {
    await store.close();
  }
}

function jsonOf([{ sources }, { season, logs, findings }]: [SeasonScans, RecountedScans]) {
  const { first, total, countByRule } = findings;
  return {
    season,
    logs: logs.map(({ figures, ...log }) => {
      const { scans: distinct, conflicts, parcels, departed, parcelsEver } = figures;
      const bySource = figures.sources.map((tallies, n) => ({ source: sources[n], ...tallies }));
      const counts = { distinct, conflicts, parcels, departed, parcelsEver };
      return { ...log, ...counts, total: figures.total(), bySource };
    }),
    findings: { total, byRule: Object.fromEntries(countByRule), first },
  };
}

/** What a recount found. */
function linesOf({ season, logs, findings }: RecountedScans): string[] {
  const { total, countByRule, first } = findings;
  const scans = logs.reduce((sum, log) => sum + log.scans, 0);
  return [
    `Season ${season}`,
    total === 0
      ? `Live = recount: ${count(scans)} scans recounted, nothing differs.`
      : `Live is NOT the recount: ${count(scans)} scans recounted, ${count(total)} findings.`,
    ...RULES.map(([rule, text]) => {
      const broken = countByRule.get(rule) ?? 0;
      return `  ${broken === 0 ? 'holds ' : 'BROKEN'}  ${text}${broken === 0 ? '' : `: ${count(broken)}`}`;
    }),
    ...first
      .slice(0, FINDINGS_SHOWN)
      .map(({ rule, log, text }) => `  ${rule}, log ${log}: ${text}`),
    ...textTable(
      [
        'log',
        'to entry',
        'scans',
        'archived',
        'distinct',
        'parcels',
        'somewhere',
        'flows',
        'behind',
      ],
      logs.map(logRow),
    ),
    ...logs.map(({ log, head }) => `log ${log} ends with ${head}`),
    '',
  ];
}

function logRow({ log, seq, scans, archived, after, figures }: LogRecount): string[] {
  const { scans: distinct, parcelsEver, parcels, flows } = figures;
  const counts = [seq, scans, archived, distinct, parcelsEver, parcels, flows.size, after];
  return [String(log), ...counts.map(count)];
}
