import { randomBytes } from 'node:crypto';
import { expect, onTestFinished } from 'vitest';
import { connectNats, Link } from '../../src/edge/nats/connect.js';
import { remoteTracking } from '../../src/edge/nats/remote-tracking.js';
import { TrackWorker } from '../../src/edge/nats/track-worker.js';
import type { PostgresDatabase } from '../../src/edge/postgres/connect.js';
import type { SeasonTracking } from '../../src/edge/track/season-tracking.js';
import type { TrackSeason } from '../../src/edge/track/track-season.js';
import { type TestClock, testTrackSeason } from './fake-tracking.js';
import { trackFolder } from './open-track.js';

/** A season of two logs, the world of fake-tracking.ts, in the database; no two have one name. */
export async function storedSeason(
  { ledger }: PostgresDatabase,
  clock: TestClock,
): Promise<TrackSeason> {
  const season = { ...testTrackSeason(clock, 2), id: `season-${randomBytes(4).toString('hex')}` };
  await ledger.query(
    'INSERT INTO gate_season (id, name, start_ms, id_key) VALUES ($1, $1, 0, $2)',
    [season.id, Buffer.alloc(16)],
  );
  await ledger.query('INSERT INTO track_season (season, logs, key) VALUES ($1, $2, $3)', [
    season.id,
    season.logs,
    Buffer.alloc(32, 7),
  ]);
  return season;
}

/** Tracking by way of a cluster, with so many workers, each as a process would have it; all is ended with the test. */
export async function natsTracking(
  urls: readonly string[],
  database: PostgresDatabase,
  season: TrackSeason,
  count: number,
  onError: (error: unknown) => void = fail,
): Promise<{ readonly service: SeasonTracking; readonly link: Link }> {
  const folder = trackFolder();
  const links: Link[] = [];
  const workers: TrackWorker[] = [];
  for (let i = 0; i < count; i++) {
    const link = new Link(await connectNats(urls, `worker ${i}`));
    links.push(link);
    const options = { database, season, folder, link, onError, leaseMs: 2000 };
    workers.push(new TrackWorker(options));
  }
  await Promise.all(workers.map((worker) => worker.start()));
  const edge = new Link(await connectNats(urls, 'edge'));
  onTestFinished(async () => {
    await Promise.all(workers.map((worker) => worker.stop()));
    await Promise.all([...links, edge].map(({ connection }) => connection.close()));
  });
  await expect.poll(() => workers.every(isServing), { timeout: 30_000 }).toBe(true);
  return { service: remoteTracking(database, season, edge), link: edge };
}

function isServing(worker: TrackWorker): boolean {
  return worker.status().some(({ inHand }) => inHand !== undefined);
}

function fail(error: unknown): never {
  throw error;
}
