import { Command } from 'commander';
import type { Scenario } from '../../network/scenario.js';
import { type RecountedSeason, recountSeason } from '../gate/recount-season.js';
import { ReceiptCheck } from '../load/check-receipts.js';
import { type CpuSeconds, cpuSeconds, cpuSecondsSince } from '../load/cpu-seconds.js';
import { Load, type LoadReport, type LoadSecond } from '../load/load.js';
import { makeKeys, refuseProduction } from '../load/provision.js';
import { servedSeason } from '../load/served-season.js';
import type { PostgresDatabase } from '../postgres/connect.js';
import { CommandLine } from './command-line.js';
import { booksLines } from './gate-verify.js';
import { addText, addUrl, figure, whole } from './load-flags.js';
import { readShown } from './read-shown.js';
import { dataOption, joinStore } from './store.js';
import { count, decimal, textTable } from './text-table.js';

/** Platforms that a run has at most: their number stands in ids in two digits. */
const PLATFORMS_MOST = 100;

interface Flags {
  readonly url: readonly URL[];
  readonly key: readonly string[];
  readonly provision?: boolean;
  readonly rate?: number;
  readonly batch: number;
  readonly seconds: number;
  readonly warmUp: number;
  readonly seed: number;
  readonly json?: boolean;
  readonly data: string;
}

/** `cuofeng gate load`. */
export function loadCommand(): Command {
  return new Command('load')
    .description(
      'Load the gate of a made-up season as platforms do at midnight: bursts, batches, requests sent again after ' +
        'refusals, timeouts and for no reason, ids used twice, confirmations, cancellations. Then check its books.',
    )
    .argument('<scenario>', 'scenario folder')
    .option('--url <url>', 'a gate; again for each of several', addUrl, [])
    .option('--key <key>', "a platform's key; again for each of several", addText, [])
    .option('--provision', "make the scenario's platforms and a key for each, revoked at the end")
    .option('--rate <n>', 'requests a second; without it, as many as are answered', whole(1, 1e7))
    .option('--batch <n>', 'requests a call', whole(1, 10_000), 1000)
    .option('--seconds <n>', 'how long', whole(1, 86_400), 60)
    .option('--warm-up <n>', 'seconds before, which are not measured', whole(0, 3600), 5)
    .option('--seed <n>', 'of all chance', whole(0, 2 ** 31), 1)
    .option('--json', 'the report as JSON')
    .addOption(dataOption())
    .addHelpText(
      'after',
      `
A call's latency counts from when it was due by the rate, so that a gate that stands still is not measured at its best.
Exit code: 0 all was answered and the books are right, 1 not so, 2 the input is at fault.

Example, beside cuofeng gate serve examples/double-eleven --plan plan --data db:
  cuofeng gate load examples/double-eleven --provision --rate 50000 --data db`,
    )
    .action(load);
}

async function load(folder: string, flags: Flags): Promise<void> {
  checkFlags(flags);
  const scenario = await readShown(folder);
  const store = await joinStore(flags.data);
  try {
    const run = await loadSeason(store.database, scenario, flags);
    const lines = flags.json ? [JSON.stringify(jsonOf(run), null, 2)] : linesOf(run);
    process.stdout.write(`${lines.join('\n')}\n`);
    const { unanswered, failed, told } = run.report;
    const isWhole = unanswered + failed + told.errors === 0;
    process.exitCode = isWhole && run.books.faults.total === 0 ? 0 : 1;
  } finally {
    await store.close();
  }
}

function checkFlags({ key, provision }: Flags): void {
  const line = new CommandLine();
  const isEither = key.length > 0 !== (provision ?? false);
  if (!isEither) {
    line.add('key', 'no-key', 'Whose requests?', 'Name keys with --key, or write --provision.');
  }
  if (key.length > PLATFORMS_MOST) {
    line.add('key', 'too-many', `${key.length} keys.`, `Name ${PLATFORMS_MOST} at most.`);
  }
  line.end();
}

interface Run {
  readonly flags: Flags;
  readonly report: LoadReport;
  readonly books: RecountedSeason;
  readonly found: number;
  readonly cpu: CpuSeconds;
}

async function loadSeason(
  database: PostgresDatabase,
  scenario: Scenario,
  flags: Flags,
): Promise<Run> {
  await refuseProduction(database);
  const season = await servedSeason(database, scenario);
  const made = flags.provision
    ? await makeKeys(database, platformsOf(scenario), Date.now)
    : undefined;
  const urls = flags.url.length > 0 ? flags.url : [new URL('http://localhost:8618')];
  const run = Date.now().toString(36).padStart(8, '0').slice(-8);
  const { seed, rate, batch, seconds, warmUp } = flags;
  const platforms = new Load({
    scenario,
    urls,
    keys: made?.secrets ?? flags.key,
    run,
    seed,
    ...(rate !== undefined && { rate }),
    batch,
    seconds,
    warmUpSeconds: warmUp,
    now: () => Date.now() + season.offsetMs,
    onSecond: (second) => process.stderr.write(`${secondLine(second)}\n`),
  });
  const before = await cpuSeconds(urls, database);
  const report = await platforms.run();
  const cpu = cpuSecondsSince(before, await cpuSeconds(urls, database));
  await made?.revoke();
  const receipts = new ReceiptCheck(scenario, run, platforms.platforms);
  const books = await recountSeason(database, scenario, season.id, (decided) =>
    receipts.see(decided),
  );
  receipts.end(books.faults);
  return { flags, report, books, found: receipts.found, cpu };
}

function platformsOf({ demand }: Scenario): string[] {
  return demand.shippers.list().slice(0, PLATFORMS_MOST);
}

function secondLine({ second, isWarmUp, ticketed, open, refusals, latencies }: LoadSecond): string {
  const { p50, p99, most } = latencies;
  const times = [p50, p99, most].map((ms) => decimal(ms, 1)).join(' / ');
  const more = refusals > 0 ? `, ${count(refusals)} told to come again` : '';
  return `${String(second).padStart(4)} s${isWarmUp ? ' warm-up' : ''}  ${count(ticketed)} tickets/s, p50 / p99 / most ${times} ms, ${count(open)} calls open${more}`;
}

function jsonOf({ flags, report, books, found, cpu }: Run) {
  const { rate, batch, seed } = flags;
  const { first, total, countByRule } = books.faults;
  const faults = { total, byRule: Object.fromEntries(countByRule), first };
  const asked = { rate: rate ?? null, batch, seed };
  return {
    asked,
    ...report,
    cpuSeconds: cpu,
    found,
    season: books.season,
    shards: books.shards,
    faults,
  };
}

function linesOf({ flags, report, books, found, cpu }: Run): string[] {
  const { latency, told, counts, outcomes, seconds } = report;
  const rows = [
    ['tickets/s', count(report.ticketsPerSecond)],
    ['answers/s', count(report.answersPerSecond)],
    [`a call of ${flags.batch}: p50, ms`, figure(latency.p50)],
    ['p99, ms', figure(latency.p99)],
    ['p99.9, ms', figure(latency.p999)],
    ['longest, ms', figure(latency.most)],
    ['CPU seconds: generator', figure(cpu.generator)],
    ['gate', figure(cpu.gate)],
    ['database', figure(cpu.database)],
    ['requests, of the whole run', count(report.requests)],
    ['ticketed', count(told.ticketed)],
    ['refused', count(told.refused)],
    ['sent again, answered as before', count(told.repeated)],
    ['id used twice, called a conflict', count(told.conflicts)],
    ['errors', count(told.errors)],
    ['told two things', count(told.contradictions)],
    ['calls told to come again (429, 503)', count(counts.refusals)],
    ['calls retried', count(counts.retries)],
    ['connections broken', count(counts.broken)],
    ['not waited for', count(counts.timeouts)],
    ['calls failed', count(report.failed)],
    ['calls never answered', count(report.unanswered)],
    ...Object.entries(outcomes).map(([name, value]) => [name, count(value)]),
    ['of this run in the ledger', count(found)],
  ];
  return [
    `${decimal(seconds, 1)} s measured, ${count(report.calls)} calls; generated load.`,
    ...textTable(['', ''], rows).slice(1),
    ...report.failures.map((text) => `  failed: ${text}`),
    '',
    ...booksLines(books),
  ];
}
