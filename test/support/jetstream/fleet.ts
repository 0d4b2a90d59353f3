import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openSeason } from '../../../src/edge/gate/season.js';
import { connectNats, Link } from '../../../src/edge/nats/connect.js';
import { remoteTracking } from '../../../src/edge/nats/remote-tracking.js';
import type { PostgresDatabase } from '../../../src/edge/postgres/connect.js';
import { openTrackSeason } from '../../../src/edge/track/track-store.js';
import { readScenario } from '../../../src/network/read-scenario.js';
import { TRACK_WORLD } from '../fake-tracking.js';
import { writeWorld } from '../scenario-folder.js';
import { ScanDrill } from './scan-drill.js';
import { WorkerProcess } from './worker-process.js';

/** Logs of the season, one for each of two workers. */
const LOGS = 2;
const PLACES = ['A/hub/HZ', 'A/hub/SZ', 'A/out'];

export interface Fleet {
  readonly workers: readonly WorkerProcess[];
  readonly drill: ScanDrill;
  stop(): Promise<void>;
}

export interface FleetPlace {
  readonly database: PostgresDatabase;
  /** Of the database. */
  readonly url: string;
  readonly nats: readonly string[];
  readonly folder: string;
  readonly leaseSeconds: number;
}

/** Two workers, each a process of the program, and senders in this one, on a season made up for it. */
export async function startFleet({ database, ...place }: FleetPlace): Promise<Fleet> {
  const scenario = join(place.folder, 'season');
  await writeSeason(scenario);
  const options = { ...place, scenario, logs: LOGS };
  const workers = [new WorkerProcess(options), new WorkerProcess(options)];
  for (const worker of workers) await worker.start();
  const gateSeason = await openSeason(database, await readScenario(scenario), true);
  const season = await openTrackSeason(database, gateSeason, LOGS);
  const link = new Link(await connectNats(place.nats, 'edge'));
  const service = remoteTracking(database, season, link);
  const drill = new ScanDrill(service, await service.sourceOf('A'), PLACES, 'A');
  const stop = async () => {
    await Promise.all(workers.map((worker) => worker.end('SIGTERM')));
    await link.connection.close();
  };
  return { workers, drill, stop };
}

/** A season whose clock begins when it is opened, in a folder as the program reads it. */
async function writeSeason(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const flow = { shipper: 'mall', operator: 'A', origin: '330100', destination: '440300' };
  const demand = [{ ...flow, slot: 0, parcels: 10 }];
  await writeWorld(folder, { ...TRACK_WORLD, demand }, { format: 'csv' });
  const file = join(folder, 'scenario.json');
  const meta = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify({ ...meta, generated: { by: 'test/support/jetstream' } }));
}
