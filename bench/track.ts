/**
 * Tracking as one runs it, against the bars: `track serve` on its own database with fsync on, `track load` beside it, on this
 * machine. What was counted is checked after each.
 *
 *     npm run build && npx tsx bench/track.ts throughput|screen|parcels [SCENARIO]
 *         [--seconds 60] [--rate N] [--parcels 50000000] [--folder /tmp]
 *
 * throughput  as many scans a second as it takes, in calls of 500, then a recount of all (bar: 150,000)
 * screen      from scan to screen at --rate scans a second: how old a scan is when a stream of changes has shown it (bar: 2 s)
 * parcels     --parcels in the network: memory, restart, and scans of them after it (bars: 32 bytes each, 60 s)
 *
 * Each prints peers of the same moment, too: how often the disk syncs a second, and how fast JSON is parsed, for
 * machines are shared.
 */

import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { peers } from './serving/peers.js';
import { cuofeng, memoryBytes, type Served, serve } from './serving/processes.js';
import { watchScreen } from './track/watch-screen.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '60' },
    rate: { type: 'string', default: '150000' },
    parcels: { type: 'string', default: '50000000' },
    folder: { type: 'string', default: tmpdir() },
  },
});
const [what, scenario = 'examples/double-eleven'] = positionals;
const folder = await mkdtemp(join(values.folder, 'cuofeng-bench-'));
// Where root runs this, the server runs as another user.
await chmod(folder, 0o711);
const data = join(folder, 'db');
let served: Served | undefined;
try {
  await peers(folder, 'before');
  if (what === 'throughput') await throughput();
  else if (what === 'screen') await screen();
  else if (what === 'parcels') await parcels(Number(values.parcels));
  else throw new Error('throughput, screen or parcels?');
  await peers(folder, 'after');
} finally {
  await served?.stop();
  await rm(folder, { recursive: true, force: true });
}

async function throughput(): Promise<void> {
  served = await serve('track', scenario, data);
  await load(served.url);
  const bytes = await memoryBytes(served.url);
  process.stdout.write(`server's memory at the end: ${Math.round(bytes / 2 ** 20)} MiB\n`);
  await served.stop();
  served = undefined;
  await cuofeng('recount', scenario, '--data', data);
}

async function screen(): Promise<void> {
  served = await serve('track', scenario, data);
  const watching = await watchScreen(served.url, scenario, data);
  await load(served.url, '--rate', values.rate);
  const { events, p50, p99, most } = await watching.end();
  process.stdout.write(
    `from scan to screen: p50 ${p50} ms, p99 ${p99} ms, most ${most} ms (${events} events)\n`,
  );
}

function load(url: string, ...more: string[]): Promise<void> {
  const where = ['--url', url, '--data', data, '--seconds', values.seconds];
  return cuofeng('track', 'load', scenario, ...where, ...more);
}

async function parcels(count: number): Promise<void> {
  const filled = await hold('fill', count);
  const bytes = filled.after.rss - filled.before.rss;
  process.stdout.write(
    `${count} parcels: ${(bytes / count).toFixed(1)} bytes each beyond ${mib(filled.before.rss)} of the empty program, ` +
      `${mib(filled.after.rss)} in all; filled by ${Math.round(filled.perSecond)} scans/s, ` +
      `slowest batch ${Math.round(filled.slowestMs)} ms\n`,
  );
  const again = await hold('restart', count);
  process.stdout.write(
    `restart: ${again.openedAfter.toFixed(1)} s until counted, ${again.recovered} scans of the log read again, ` +
      `${again.before.parcels} parcels, ${mib(again.before.rss)}; then ${Math.round(again.perSecond)} scans/s\n`,
  );
}

interface Held {
  readonly openedAfter: number;
  readonly recovered: number;
  readonly before: { readonly parcels: number; readonly rss: number };
  readonly after: { readonly parcels: number; readonly rss: number };
  readonly perSecond: number;
  readonly slowestMs: number;
}

async function hold(how: 'fill' | 'restart', count: number): Promise<Held> {
  const args = [
    '--expose-gc',
    '--import',
    'tsx',
    'bench/track/hold-parcels.ts',
    how,
    scenario,
    data,
  ];
  const { stdout } = await promisify(execFile)(process.execPath, [...args, String(count)]);
  const line: Held = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  return line;
}

function mib(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}
