import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { publishPlan } from '../../../src/edge/gate/publish.js';
import { openSeason } from '../../../src/edge/gate/season.js';
import { makeKeys } from '../../../src/edge/load/provision.js';
import { openDatabase, type PostgresDatabase } from '../../../src/edge/postgres/connect.js';
import { startEmbedded } from '../../../src/edge/postgres/embedded.js';
import type { Scenario } from '../../../src/network/scenario.js';
import { freePort, GateProcess } from './processes.js';
import { writeKillWorld } from './world.js';

export interface KillWorld {
  readonly scenario: Scenario;
  readonly season: string;
  readonly database: PostgresDatabase;
  readonly gates: readonly GateProcess[];
  /** A key for each shipper of the scenario. */
  readonly secrets: readonly string[];
  /** The season's clock. */
  readonly now: () => number;
  readonly stop: () => Promise<void>;
}

/** Longest for something to become so: a database reads its log, gates find the shards free. */
const PATIENCE_MS = 60_000;

/** A database, in the folder's `db`, and so many gates on it, each a process, ready; all capacity is free. */
export async function startKillWorld(folder: string, count: number): Promise<KillWorld> {
  const world = join(folder, 'world');
  const scenario = await writeKillWorld(world);
  const server = await startEmbedded(join(folder, 'db'));
  const database = await openDatabase({ url: server.url });
  const season = await openSeason(database, scenario, true);
  const prices = { resource: new Int32Array(), slot: new Int32Array(), price: new Float64Array() };
  await publishPlan(database, season, 0, { releases: [], prices });
  const gates: GateProcess[] = [];
  for (let i = 0; i < count; i++) {
    const address = new URL(`http://localhost:${await freePort()}`);
    gates.push(new GateProcess(world, address, server.url));
  }
  const stop = async (): Promise<void> => {
    await Promise.all(gates.map((gate) => gate.kill()));
    await database.close();
    await server.stop();
  };
  try {
    for (const gate of gates) gate.start();
    for (const gate of gates) await until(() => gate.isReady());
    const { secrets } = await makeKeys(database, scenario.demand.shippers.list(), Date.now);
    const now = () => season.timing.now();
    return { scenario, season: season.id, database, gates, secrets, now, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Looks again and again; a look that fails is a no. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!(await isSo().catch(() => false))) {
    if (performance.now() > end) throw new Error('it does not become so');
    await sleep(50);
  }
}
