/**
 * What consoles cost a server as `cuofeng start` makes it: gate, tracking and warnings in one process, scans coming, the gate asked
 * at a steady rate; without and with consoles that each follow /v1/network/changes and ask for the situation's figures every
 * five seconds, signed in as people of different organisations. Without and with by turns, for machines are shared.
 *
 *     npm run build && npx tsx bench/consoles.ts [--consoles 100] [--seconds 20] [--rounds 3] [--rate 500] [--scans 2000] [--folder /tmp]
 *
 * Prints, of each turn, how long a request of one ticket took (p50, p99) and the server's CPU seconds a second; then the
 * differences: CPU seconds and bytes a console and second.
 */

import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Load } from '../src/edge/load/load.js';
import { makeKeys } from '../src/edge/load/provision.js';
import { ScanLoad } from '../src/edge/load/scan-load.js';
import { servedSeason } from '../src/edge/load/served-season.js';
import { openDatabase } from '../src/edge/postgres/connect.js';
import { findEmbedded } from '../src/edge/postgres/embedded.js';
import { readScenario } from '../src/network/read-scenario.js';
import type { Watched } from './consoles/watch.js';
import { peers } from './serving/peers.js';

const SCENARIO = 'examples/double-eleven';
/** Platforms that ask: few, so that their bodies are ready soon. */
const PLATFORMS = 4;
const WARM_UP_SECONDS = 3;

const { values } = parseArgs({
  options: {
    consoles: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '3' },
    rate: { type: 'string', default: '500' },
    scans: { type: 'string', default: '2000' },
    folder: { type: 'string', default: tmpdir() },
  },
});
const [consoles, seconds, rounds] = [values.consoles, values.seconds, values.rounds].map(Number);

const folder = await mkdtemp(join(values.folder, 'cuofeng-bench-'));
// Where root runs this, the database runs as another user.
await chmod(folder, 0o711);
const data = join(folder, 'db');
const server = await start();
const database = await openDatabase({ url: String(await findEmbedded(data)) });
try {
  await peers(folder, 'before');
  await bench();
  await peers(folder, 'after');
} finally {
  await database.close();
  server.child.kill('SIGINT');
  await once(server.child, 'exit');
  await rm(folder, { recursive: true, force: true });
}

interface Turn {
  readonly p50: number;
  readonly p99: number;
  /** The server's, a second. */
  readonly cpu: number;
  readonly watched: Watched | undefined;
}

async function bench(): Promise<void> {
  const scenario = await readScenario(SCENARIO);
  const { offsetMs } = await servedSeason(database, scenario);
  const now = () => Date.now() + offsetMs;
  const urls = [new URL(server.url)];
  const operators = scenario.pairs.operators.list();
  const { secrets } = await makeKeys(database, operators, Date.now, 'operator');
  const shippers = scenario.demand.shippers.list().slice(0, PLATFORMS);
  const { secrets: keys } = await makeKeys(database, shippers, Date.now);
  const scans = new ScanLoad({
    scenario,
    urls,
    keys: operators.map((operator, o) => ({ operator, key: secrets[o] })),
    run: Date.now().toString(36),
    seed: 1,
    rate: Number(values.scans),
    batch: 100,
    calls: 1,
    parcels: 20_000,
    duplicates: 0.01,
    late: 0.02,
    seconds: 24 * 3600,
    warmUpSeconds: 0,
    now,
  });
  const scanning = scans.run();
  const screens = await openConsoles();
  const turn = async (isWatched: boolean): Promise<Turn> => {
    if (isWatched) await screens.begin();
    const run = Date.now().toString(36).padStart(8, '0').slice(-8);
    const options = { scenario, urls, keys, run, seed: 1, batch: 1, seconds, now };
    const load = new Load({
      ...options,
      rate: Number(values.rate),
      warmUpSeconds: WARM_UP_SECONDS,
    });
    const [before, from] = [await serverSeconds(), performance.now()];
    const { latency } = await load.run();
    const cpu = (1000 * ((await serverSeconds()) - before)) / (performance.now() - from);
    return { ...latency, cpu, watched: isWatched ? await screens.end() : undefined };
  };
  const turns: Turn[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const isWatched of [false, true]) {
      const done = await turn(isWatched);
      turns.push(done);
      process.stdout.write(`${lineOf(done)}\n`);
    }
  }
  screens.close();
  scans.end();
  await scanning;
  process.stdout.write(`${summaryOf(turns)}\n`);
}

function lineOf({ p50, p99, cpu, watched }: Turn): string {
  const ticket = `a ticket p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms; server ${cpu.toFixed(3)} CPU s/s`;
  if (!watched) return `   0 consoles: ${ticket}`;
  const { bytes, events, figures, figuresP99, seconds: watchedSeconds } = watched;
  const each = (n: number) => (n / consoles / watchedSeconds).toFixed(2);
  return (
    `${String(consoles).padStart(4)} consoles: ${ticket}; each ${each(bytes / 1000)} kB/s, ` +
    `${each(events)} events/s; ${figures} figures, p99 ${figuresP99.toFixed(0)} ms`
  );
}

function summaryOf(turns: readonly Turn[]): string {
  const median = (isWatched: boolean, of: (turn: Turn) => number) => {
    const all = turns.filter(({ watched }) => (watched !== undefined) === isWatched).map(of);
    return all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)];
  };
  const both = (of: (turn: Turn) => number) => [median(false, of), median(true, of)];
  const [cpu, cpuWatched] = both((turn) => turn.cpu);
  const [p50, p99] = [both((turn) => turn.p50), both((turn) => turn.p99)];
  const perConsole = (1e6 * (cpuWatched - cpu)) / consoles;
  const bytes = median(
    true,
    ({ watched }) => (watched?.bytes ?? 0) / consoles / (watched?.seconds ?? 1),
  );
  return (
    `medians without → with: p50 ${p50.map((ms) => ms.toFixed(1)).join(' → ')} ms, ` +
    `p99 ${p99.map((ms) => ms.toFixed(1)).join(' → ')} ms; ` +
    `${perConsole.toFixed(0)} µs of CPU and ${bytes.toFixed(0)} bytes a console and second`
  );
}

async function serverSeconds(): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return Number(/^process_cpu_seconds_total (\S+)/m.exec(text)?.[1]);
}

/** The program as it is started, with its made-up organisations. */
async function start() {
  const command = ['dist/edge/cli/main.js', 'start', '--data', data, '--port', '0'];
  const child = spawn(process.execPath, ['--max-semi-space-size=32', ...command], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const address = /http:\/\/localhost:\d+(?=\/\n)/.exec(output);
      if (address) resolve(address[0]);
    });
    child.once('exit', () => reject(new Error(`it ended:\n${output}`)));
  });
  const password = /, password (\S+)/.exec(output)?.[1] ?? '';
  return { child, url, password };
}

/** Consoles in a process of their own, that gives way to all others: people's browsers are on other machines. */
async function openConsoles() {
  const { rows } = await database.transact({ as: 'keeper' }, (client) =>
    client.query<{ id: string }>(
      `SELECT id FROM organisation WHERE kind IN ('administration', 'operator', 'platform', 'lastMile') ORDER BY id`,
    ),
  );
  const asked = { url: server.url, password: server.password, consoles };
  const organisations = rows.map(({ id }) => id);
  const child = fork('bench/consoles/watch.ts', [JSON.stringify({ ...asked, organisations })], {
    execArgv: ['--import', 'tsx'],
  });
  const told = async () => (await once(child, 'message'))[0];
  await told();
  return {
    async begin() {
      child.send('begin');
      await told();
    },
    async end(): Promise<Watched> {
      child.send('end');
      return told();
    },
    close: () => child.kill(),
  };
}
