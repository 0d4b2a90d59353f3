import { Command } from 'commander';
import type { LedgerRule, ShardCount } from '../../certify/gate/ledger-report.js';
import { listSeasons, type RecountedSeason, recountSeason } from '../gate/recount-season.js';
import { seasonId } from '../gate/season.js';
import { readShown } from './read-shown.js';
import { dataOption, joinStore } from './store.js';
import { count, textTable } from './text-table.js';

/** What each rule says when it holds. */
const RULES: readonly (readonly [LedgerRule, string])[] = [
  ['over-granted', 'P1, tickets ≤ capacity in force whenever one was given or moved'],
  ['decided-twice', "P2, a shipper's id is decided once"],
  ['not-in-ledger', 'P3, what shippers were told is in the ledger'],
  ['lost-row', 'P5, rows are complete and in order'],
  ['plan', 'P6, plans and epochs only rise; every decision by the plan in force'],
  ['slot', 'G4, no earlier than ready, no later than notAfter and the horizon'],
  ['parcels', 'G4, as many parcels as asked for'],
  ['change', 'G5 to G8, every change of a ticket may be'],
  ['clock', 'G11, the clock never goes back'],
  ['chain', 'P14, the chain of hashes holds'],
];
const FAULTS_SHOWN = 20;

interface Flags {
  readonly json?: boolean;
  readonly data: string;
}

/** `cuofeng gate verify`. */
export function verifyCommand(): Command {
  return new Command('verify')
    .description(
      "Recount a season's ledger from the database and the scenario, with no code of the gate: every ticket against " +
        'the capacity in force when it was given, every id, every change, the chain of hashes.',
    )
    .argument('<scenario>', 'scenario folder')
    .option('--json', 'the report as JSON')
    .addOption(dataOption())
    .addHelpText(
      'after',
      '\nExit code: 0 the books are right, 1 they are not, 2 the input cannot be read.',
    )
    .action(verify);
}

async function verify(folder: string, { json, data }: Flags): Promise<void> {
  const scenario = await readShown(folder);
  const store = await joinStore(data);
  try {
    const seasons: RecountedSeason[] = [];
    for (const season of await listSeasons(store.database, seasonId(scenario))) {
      seasons.push(await recountSeason(store.database, scenario, season));
    }
    const lines = json ? [JSON.stringify(seasons.map(jsonOf), null, 2)] : linesOf(seasons);
    process.stdout.write(`${lines.join('\n')}\n`);
    process.exitCode = seasons.every(({ faults }) => faults.total === 0) ? 0 : 1;
  } finally {
    await store.close();
  }
}

function jsonOf({ season, shards, faults }: RecountedSeason) {
  const { first, total, countByRule } = faults;
  return { season, shards, faults: { total, byRule: Object.fromEntries(countByRule), first } };
}

function linesOf(seasons: readonly RecountedSeason[]): string[] {
  if (seasons.length === 0) return ['The ledger has nothing of this season.'];
  return seasons.flatMap((season) => [`Season ${season.season}`, ...booksLines(season), '']);
}

/** What a recount found. */
export function booksLines({ shards, faults }: RecountedSeason): string[] {
  return [
    faults.total === 0
      ? 'The books are right.'
      : `The books are WRONG: ${count(faults.total)} faults.`,
    ...RULES.map(([rule, text]) => {
      const broken = faults.countByRule.get(rule) ?? 0;
      return `  ${broken === 0 ? 'holds ' : 'BROKEN'}  ${text}${broken === 0 ? '' : `: ${count(broken)}`}`;
    }),
    ...faults.first
      .slice(0, FAULTS_SHOWN)
      .map(({ rule, shard, seq, text }) => `  ${rule}, shard ${shard}, entry ${seq}: ${text}`),
    ...textTable(
      [
        'shard',
        'entries',
        'requests',
        'tickets',
        'parcels',
        'refused',
        'changed',
        'moved',
        'fullest',
      ],
      shards.map(shardRow),
    ),
    ...shards.map(({ shard, head }) => `shard ${shard} ends with ${head}`),
  ];
}

function shardRow({ shard, peak, ...counts }: ShardCount): string[] {
  const { entries, requests, tickets, parcels, refused, changed, moved } = counts;
  const numbers = [entries, requests, tickets, parcels, refused, changed, moved].map(count);
  const fullest = peak
    ? `${peak.resource} slot ${peak.slot}: ${count(peak.parcels)} of ${count(peak.capacity)}`
    : '';
  return [String(shard), ...numbers, fullest];
}
