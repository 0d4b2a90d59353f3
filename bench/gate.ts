/**
 * The gate as one runs it, against the bars: `gate serve` on its own database with fsync on, `gate load` beside it, on this
 * machine. The books are checked after each.
 *
 *     npm run build && npx tsx bench/gate.ts throughput|latency|single|restart [SCENARIO] [PLAN]
 *         [--seconds 60] [--rate N] [--tickets 50000000] [--folder /tmp]
 *
 * throughput  as many tickets a second as it gives, in calls of 1,000 (bar: 200,000; Double 11 of 2020 had 583,000 orders)
 * latency     a call of 1,000 at --rate requests a second, half the bar (bar: p99 < 150 ms)
 * single      one request a call, 2,000 a second (bar: p99 < 20 ms)
 * restart     until the gate is ready again with --tickets in force (bar: 30 s)
 *
 * Each prints peers of the same moment, too: how often the disk syncs a second, and how fast this JSON is parsed, for
 * machines are shared.
 */

import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fillLedger } from './gate/fill-ledger.js';
import { peers } from './serving/peers.js';
import { cuofeng, memoryBytes, type Served, serve } from './serving/processes.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '60' },
    rate: { type: 'string' },
    tickets: { type: 'string', default: '50000000' },
    folder: { type: 'string', default: tmpdir() },
  },
});
const [what, scenario = 'examples/double-eleven', givenPlan] = positionals;
const ASKED: Readonly<Record<string, readonly string[] | undefined>> = {
  throughput: [],
  latency: ['--rate', values.rate ?? '100000'],
  single: ['--batch', '1', '--rate', values.rate ?? '2000'],
};
const folder = await mkdtemp(join(values.folder, 'cuofeng-bench-'));
// Where root runs this, the server runs as another user.
await chmod(folder, 0o711);
const data = join(folder, 'db');
let served: Served | undefined;
try {
  const plan = givenPlan ?? (await makePlan());
  await peers(folder, 'before');
  if (what === 'restart') await restart(plan);
  else await load(plan, ASKED[what]);
  await peers(folder, 'after');
} finally {
  await served?.stop();
  await rm(folder, { recursive: true, force: true });
}

async function makePlan(): Promise<string> {
  const plan = join(folder, 'plan');
  await cuofeng('plan', scenario, '-o', plan, '--gap', '0.01');
  return plan;
}

async function load(plan: string, asked: readonly string[] | undefined): Promise<void> {
  if (!asked) throw new Error('throughput, latency, single or restart?');
  served = await serve('gate', scenario, data, '--plan', plan);
  const where = ['--url', served.url, '--data', data, '--seconds', values.seconds];
  await cuofeng('gate', 'load', scenario, '--provision', ...where, ...asked);
  const bytes = await memoryBytes(served.url);
  process.stdout.write(`gate's memory at the end: ${Math.round(bytes / 2 ** 20)} MiB\n`);
}

async function restart(plan: string): Promise<void> {
  const { tickets, journalBytes } = await fillLedger(scenario, plan, data, Number(values.tickets));
  const before = performance.now();
  served = await serve('gate', scenario, data);
  const seconds = (performance.now() - before) / 1000;
  const bytes = await memoryBytes(served.url);
  process.stdout.write(
    `ready after ${seconds.toFixed(1)} s with ${tickets.toLocaleString('en-US')} tickets in force; ` +
      `${Math.round(bytes / 2 ** 20)} MiB, ${(bytes / tickets).toFixed(1)} bytes a ticket; ` +
      `on disk ${(journalBytes / tickets).toFixed(0)} bytes a ticket\n`,
  );
  await cuofeng('gate', 'verify', scenario, '--data', data);
}
