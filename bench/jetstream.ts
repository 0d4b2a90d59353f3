/**
 * Tracking by NATS JetStream as one runs it, against the bars, all of it on this machine: three servers, two workers, the sender
 * and the database (fsync on) beside one another.
 *
 *     npm run build && npx tsx bench/jetstream.ts http [SCENARIO] | direct | kills [--seconds 60] [--folder /tmp]
 *
 * http    scans over HTTP: track load → track serve --nats → track work, twice (bar: 100,000 scans a second, exact)
 * direct  the same without HTTP: batches of 500 made, hashed and published by this process
 * kills   as `direct`, while every ten seconds a worker or a server is killed and started again (bar: nothing lost,
 *         counted once, taken over within 15 s)
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { natsServerVersion } from '../scripts/nats/nats-server.js';
import { type NatsCluster, startCluster, untilReady } from '../scripts/nats/start-cluster.js';
import { openSeason } from '../src/edge/gate/season.js';
import { openDatabase } from '../src/edge/postgres/connect.js';
import { startEmbedded } from '../src/edge/postgres/embedded.js';
import { openTrackSeason } from '../src/edge/track/track-store.js';
import { readScenario } from '../src/network/read-scenario.js';
import { type Fleet, startFleet } from '../test/support/jetstream/fleet.js';
import { startWorker } from './jetstream/start-worker.js';
import { peers } from './serving/peers.js';
import { cuofeng, serve } from './serving/processes.js';

const SENDERS = 48;
const KILL_EVERY_MS = 10_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '60' },
    folder: { type: 'string', default: tmpdir() },
  },
});
const [what = '', scenario = 'examples/double-eleven'] = positionals;
const seconds = Number(values.seconds);
const folder = await mkdtemp(join(values.folder, 'cuofeng-jetstream-'));
// Where root runs this, the database runs as another user.
await chmod(folder, 0o711);
const RUNS: Readonly<Record<string, (cluster: NatsCluster) => Promise<void>>> = {
  http: overHttp,
  direct: (cluster) => withFleet(cluster, () => sleep(1000 * seconds)),
  kills: (cluster) => withFleet(cluster, (fleet) => killInTurn(cluster, fleet)),
};
const run = RUNS[what];
if (!run) throw new Error('http, direct or kills?');
process.stdout.write(`nats-server ${natsServerVersion()}\n`);
await peers(folder, 'before');
const cluster = await startCluster(join(folder, 'nats'));
try {
  await run(cluster);
} finally {
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
}

async function overHttp({ urls }: NatsCluster): Promise<void> {
  const data = join(folder, 'db');
  const nats = ['--nats', urls.join(',')];
  await openSeasonFirst(data);
  const served = await serve('track', scenario, data, ...nats);
  const workers = [
    await startWorker(scenario, data, ...nats),
    await startWorker(scenario, data, ...nats),
  ];
  const where = ['--url', served.url, '--data', data, '--seconds', values.seconds];
  await cuofeng('track', 'load', scenario, ...where);
  for (const each of [...workers, served]) await each.stop();
  await cuofeng('recount', scenario, '--data', data);
}

/** A season of as many logs as there are workers; left to itself it has some to spare. */
async function openSeasonFirst(data: string): Promise<void> {
  const server = await startEmbedded(data);
  const database = await openDatabase({ url: server.url });
  const season = await openSeason(database, await readScenario(scenario), true);
  await openTrackSeason(database, season, 2);
  await database.close();
  await server.stop();
}

async function withFleet(
  { urls: nats }: NatsCluster,
  during: (fleet: Fleet) => Promise<void>,
): Promise<void> {
  const server = await startEmbedded(join(folder, 'db'));
  const database = await openDatabase({ url: server.url });
  const fleet = await startFleet({ database, url: server.url, nats, folder, leaseSeconds: 6 });
  const { drill } = fleet;
  const said = setInterval(sayEachSecond(fleet), 1000);
  try {
    const begun = performance.now();
    const sent = drill.run(SENDERS);
    await during(fleet);
    const took = (performance.now() - begun) / 1000;
    const { acknowledged } = drill;
    drill.end();
    await sent;
    const faults = await drill.faults();
    process.stdout.write(
      `${Math.round(acknowledged / took).toLocaleString('en-US')} scans/s acknowledged over ${took.toFixed(1)} s; ` +
        `${drill.unsure.toLocaleString('en-US')} sent again; ` +
        `${faults.length === 0 ? 'exact: stocks, flows and totals are those of what was acknowledged' : faults.join('\n')}\n`,
    );
    for (const [name, ms] of drill.gapsMs) {
      process.stdout.write(`${name}: scans sent after it acknowledged after ${ms} ms\n`);
    }
  } finally {
    clearInterval(said);
    await fleet.stop();
    await database.close();
    await server.stop();
  }
}

function sayEachSecond({ drill }: Fleet): () => void {
  let before = 0;
  return () => {
    const { acknowledged } = drill;
    process.stderr.write(`${(acknowledged - before).toLocaleString('en-US')} scans/s\n`);
    before = acknowledged;
  };
}

/** Workers and servers by turns, each back before the next goes. */
async function killInTurn({ servers }: NatsCluster, { workers, drill }: Fleet): Promise<void> {
  for (let n = 0; n * KILL_EVERY_MS < 1000 * seconds; n++) {
    await sleep(KILL_EVERY_MS);
    const which = n >> 1;
    if (n % 2 === 0) {
      const worker = workers[which % workers.length];
      await worker.end('SIGKILL');
      drill.mark(`kill ${n + 1}, a worker`);
      await sleep(KILL_EVERY_MS);
      await worker.start();
    } else {
      const server = servers[which % servers.length];
      await server.stop('SIGKILL');
      drill.mark(`kill ${n + 1}, a server`);
      await sleep(KILL_EVERY_MS);
      await server.start();
      await untilReady(servers);
    }
  }
}
