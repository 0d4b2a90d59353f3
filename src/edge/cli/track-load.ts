import { Command } from 'commander';
import type { Scenario } from '../../network/scenario.js';
import { askServer, checkScans, type ScanFaults } from '../load/check-scans.js';
import { type CpuSeconds, cpuSeconds, cpuSecondsSince } from '../load/cpu-seconds.js';
import { makeKeys, refuseProduction } from '../load/provision.js';
import {
  type ScanKey,
  ScanLoad,
  type ScanLoadReport,
  type ScanLoadSecond,
} from '../load/scan-load.js';
import { servedSeason } from '../load/served-season.js';
import type { PostgresDatabase } from '../postgres/connect.js';
import { readKeyFile } from './key-file.js';
import { addUrl, figure, share, whole } from './load-flags.js';
import { readShown } from './read-shown.js';
import { dataOption, joinStore } from './store.js';
import { count, decimal, textTable } from './text-table.js';

/** Time for all that was acknowledged to be in the picture that a server shows, milliseconds. */
const PICTURE_MS = 3000;

interface Flags {
  readonly url: readonly URL[];
  readonly keyFile?: string;
  readonly rate?: number;
  readonly batch: number;
  readonly calls: number;
  readonly parcels: number;
  readonly duplicates: number;
  readonly late: number;
  readonly seconds: number;
  readonly warmUp: number;
  readonly seed: number;
  readonly json?: boolean;
  readonly data: string;
}

/** `cuofeng track load`. */
export function trackLoadCommand(): Command {
  return new Command('load')
    .description(
      'Load tracking of a made-up season with generated scans: parcels from collection to delivery, some scans twice, ' +
        'some late. Then check that the stocks and totals that the server tells are those of what it acknowledged.',
    )
    .argument('<scenario>', 'scenario folder')
    .option('--url <url>', 'a server; again for each of several', addUrl, [])
    .option(
      '--key-file <file>',
      'keys of operators, "operator key" a line; without it, made and revoked',
    )
    .option('--rate <n>', 'scans a second; without it, as many as are acknowledged', whole(1, 1e7))
    .option('--batch <n>', 'scans a call', whole(20, 500), 500)
    .option('--calls <n>', 'calls under way at a time, without a rate', whole(1, 256), 24)
    .option('--parcels <n>', 'parcels under way at a time', whole(1, 2e8), 1_000_000)
    .option('--duplicates <share>', 'of scans, sent twice', share(0, 0.3), 0.01)
    .option('--late <share>', 'of scans, that come after their parcel went on', share(0, 0.3), 0.02)
    .option('--seconds <n>', 'how long', whole(1, 86_400), 60)
    .option('--warm-up <n>', 'seconds before, which are not measured', whole(0, 3600), 5)
    .option('--seed <n>', 'of all chance', whole(0, 2 ** 31), 1)
    .option('--json', 'the report as JSON')
    .addOption(dataOption())
    .addHelpText(
      'after',
      `
A call's latency counts from when it was due by the rate. The check needs that nobody else sends meanwhile.
Exit code: 0 all was acknowledged and is exact, 1 not so, 2 the input is at fault.

Example, beside cuofeng track serve examples/double-eleven --data db:
  cuofeng track load examples/double-eleven --rate 50000 --data db`,
    )
    .action(load);
}

async function load(folder: string, flags: Flags): Promise<void> {
  const scenario = await readShown(folder);
  const keys = flags.keyFile === undefined ? undefined : await readKeyFile(flags.keyFile, scenario);
  const store = await joinStore(flags.data);
  try {
    const run = await loadSeason(store.database, scenario, flags, keys);
    const lines = flags.json ? [JSON.stringify(jsonOf(run), null, 2)] : linesOf(run);
    process.stdout.write(`${lines.join('\n')}\n`);
    const { unanswered, failed } = run.report;
    process.exitCode = unanswered + failed + run.faults.total === 0 ? 0 : 1;
  } finally {
    await store.close();
  }
}

interface Run {
  readonly flags: Flags;
  readonly report: ScanLoadReport;
  readonly faults: ScanFaults;
  readonly cpu: CpuSeconds;
}

async function loadSeason(
  database: PostgresDatabase,
  scenario: Scenario,
  flags: Flags,
  named: readonly ScanKey[] | undefined,
): Promise<Run> {
  await refuseProduction(database);
  const { offsetMs } = await servedSeason(database, scenario);
  const operators = scenario.pairs.operators.list();
  const made = named ? undefined : await makeKeys(database, operators, Date.now, 'operator');
  const keys = named ?? operators.map((operator, o) => ({ operator, key: made?.secrets[o] ?? '' }));
  const urls = flags.url.length > 0 ? flags.url : [new URL('http://localhost:8619')];
  const { seed, rate, batch, calls, parcels, duplicates, late, seconds, warmUp } = flags;
  try {
    const before = await askServer(urls[0], keys);
    const scans = new ScanLoad({
      scenario,
      urls,
      keys,
      run: Date.now().toString(36),
      seed,
      ...(rate !== undefined && { rate }),
      batch,
      calls,
      parcels,
      duplicates,
      late,
      seconds,
      warmUpSeconds: warmUp,
      now: () => Date.now() + offsetMs,
      onSecond: (second) => process.stderr.write(`${secondLine(second)}\n`),
    });
    const from = await cpuSeconds(urls, database);
    const report = await scans.run();
    const cpu = cpuSecondsSince(from, await cpuSeconds(urls, database));
    await new Promise((resolve) => setTimeout(resolve, PICTURE_MS));
    const faults = checkScans(scenario, scans.senders, before, await askServer(urls[0], keys));
    return { flags, report, faults, cpu };
  } finally {
    await made?.revoke();
  }
}

function secondLine({
  second,
  isWarmUp,
  acknowledged,
  open,
  refusals,
  latency,
}: ScanLoadSecond): string {
  const times = [latency.p50, latency.p99, latency.most].map((ms) => decimal(ms, 1)).join(' / ');
  const more = refusals > 0 ? `, ${count(refusals)} told to come again` : '';
  return `${String(second).padStart(4)} s${isWarmUp ? ' warm-up' : ''}  ${count(acknowledged)} scans/s, p50 / p99 / most ${times} ms, ${count(open)} calls open${more}`;
}

function jsonOf({ flags, report, faults, cpu }: Run) {
  const { rate, batch, calls, parcels, duplicates, late, seed } = flags;
  const asked = { rate: rate ?? null, batch, calls, parcels, duplicates, late, seed };
  return { asked, generated: true, ...report, cpuSeconds: cpu, faults };
}

function linesOf({ flags, report, faults, cpu }: Run): string[] {
  const { latency, told, counts, seconds } = report;
  const rows = [
    ['scans/s', count(report.scansPerSecond)],
    [`a call of ${flags.batch}: p50, ms`, figure(latency.p50)],
    ['p99, ms', figure(latency.p99)],
    ['p99.9, ms', figure(latency.p999)],
    ['longest, ms', figure(latency.most)],
    ['CPU seconds: sender', figure(cpu.generator)],
    ['server', figure(cpu.gate)],
    ['database', figure(cpu.database)],
    ['acknowledged, of the whole run', count(told.received)],
    ['applied', count(told.applied)],
    ['superseded', count(told.superseded)],
    ['duplicate', count(told.duplicate)],
    ['quarantined', count(told.quarantined)],
    ['calls told to come again (429, 503)', count(counts.refusals)],
    ['calls retried', count(counts.retries)],
    ['connections broken', count(counts.broken)],
    ['calls failed', count(report.failed)],
    ['calls never answered', count(report.unanswered)],
  ];
  const isExact = faults.total === 0;
  return [
    `${decimal(seconds, 1)} s measured, ${count(report.calls)} calls; generated scans.`,
    ...textTable(['', ''], rows).slice(1),
    ...report.failures.map((text) => `  failed: ${text}`),
    '',
    isExact
      ? 'Exact: stocks, totals and outcomes are those of the scans acknowledged.'
      : `${count(faults.total)} figures are not those of the scans acknowledged:`,
    ...faults.first.map((text) => `  ${text}`),
  ];
}
