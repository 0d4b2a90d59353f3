import { Command, InvalidArgumentError } from 'commander';
import { connectNats, Link } from '../nats/connect.js';
import { TrackWorker } from '../nats/track-worker.js';
import { serveWorkerHealth } from '../nats/worker-health.js';
import { openTrackSeason } from '../track/track-store.js';
import { onError, openHosting } from './hosting.js';
import { parseLease } from './lease.js';
import { parseNatsUrls } from './nats-urls.js';
import { parsePort } from './port.js';
import { readShown } from './read-shown.js';
import { saysGenerated } from './says-generated.js';
import { dataOption, joinStore, type Store } from './store.js';
import { REMOTE_LOGS, trackFolder } from './track-host.js';

const PORT = 8620;

interface Flags {
  readonly nats: string[];
  readonly data: string;
  readonly port: number;
  readonly logs: number;
  readonly lease?: number;
}

/** `cuofeng track work`. */
export function trackWorkCommand(): Command {
  return new Command('work')
    .description(
      "Own logs of a season's scans and take what comes for them by NATS JetStream. Several workers share the logs and take over " +
        'from one another; cuofeng track serve --nats is where senders and screens ask.',
    )
    .argument('<scenario>', 'scenario folder')
    .requiredOption('--nats <urls>', 'servers of the cluster: nats://host:4222,…', parseNatsUrls)
    .addOption(dataOption())
    .option('--port <n>', 'port of this machine for /health, /ready and /metrics', parsePort, PORT)
    .option(
      '--logs <n>',
      'logs of a season that has none yet: 1, 2, 4 or 8, at least as many as workers',
      logs,
      REMOTE_LOGS,
    )
    .option('--lease <seconds>', 'how long the others wait for a worker that is gone', parseLease)
    .action(work);
}

async function work(folder: string, flags: Flags): Promise<void> {
  const scenario = await readShown(folder);
  const store = await joinStore(flags.data);
  try {
    const { season: gateSeason } = await openHosting(store, scenario, await saysGenerated(folder));
    const season = await openTrackSeason(store.database, gateSeason, flags.logs);
    const link = new Link(await connectNats(flags.nats, 'cuofeng track work'));
    const worker = new TrackWorker({
      database: store.database,
      season,
      link,
      folder: trackFolder(flags.data),
      onError,
      ...(flags.lease !== undefined && { leaseMs: 1000 * flags.lease }),
    });
    const health = await serveWorkerHealth(worker, flags.port);
    await worker.start();
    process.stdout.write(`http://localhost:${health.port}/ready\nCtrl-C stops.\n`);
    endWhenAsked(async () => {
      await worker.stop();
      await link.connection.drain();
      await health.close();
      await store.close();
    });
  } catch (error) {
    await closed(store);
    throw error;
  }
}

function endWhenAsked(stop: () => Promise<void>): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stop()
        .catch(onError)
        .finally(() => process.exit());
    });
  }
}

async function closed(store: Store): Promise<void> {
  await store.close().catch(() => undefined);
}

function logs(text: string): number {
  if (/^[1248]$/.test(text)) return Number(text);
  throw new InvalidArgumentError('1, 2, 4 or 8.');
}
