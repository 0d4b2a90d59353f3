import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { publishPlan } from '../../../src/edge/gate/publish.js';
import { openSeason } from '../../../src/edge/gate/season.js';
import { makeKeys } from '../../../src/edge/load/provision.js';
import { openDatabase, type PostgresDatabase } from '../../../src/edge/postgres/connect.js';
import { startEmbedded } from '../../../src/edge/postgres/embedded.js';
import type { Scenario } from '../../../src/network/scenario.js';
import { freePort, ServerProcess } from './processes.js';
import { inTime } from './waiting.js';
import { writeKillWorld } from './world.js';

export interface KillWorld {
  readonly scenario: Scenario;
  readonly season: string;
  readonly database: PostgresDatabase;
  readonly gates: readonly ServerProcess[];
  /** A key for each shipper of the scenario. */
  readonly secrets: readonly string[];
  /** The season's clock. */
  readonly now: () => number;
  /** How gates, shards and the database stand, for whoever has waited in vain. */
  readonly state: () => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** A database, in the folder's `db`, and so many gates on it, each a process, ready; all capacity is free. */
export async function startKillWorld(folder: string, count: number): Promise<KillWorld> {
  const world = join(folder, 'world');
  const scenario = await writeKillWorld(world);
  const server = await startEmbedded(join(folder, 'db'));
  const database = await openDatabase({ url: server.url });
  const season = await openSeason(database, scenario, true);
  const prices = { resource: new Int32Array(), slot: new Int32Array(), price: new Float64Array() };
  await publishPlan(database, season, 0, { releases: [], prices });
  const serve = ['gate', 'serve', world, '--lease', '1'];
  const gates: ServerProcess[] = [];
  for (let i = 0; i < count; i++) {
    const address = new URL(`http://localhost:${await freePort()}`);
    gates.push(new ServerProcess(serve, address, server.url));
  }
  const log = join(folder, 'db', 'log');
  const state = (): Promise<string> => stateOf(gates, database, log);
  const stop = async (): Promise<void> => {
    await Promise.all(gates.map((gate) => gate.kill()));
    await inTime('the sessions with the database end', database.close(), state);
    await inTime('the database stops', server.stop(), state);
  };
  try {
    for (const gate of gates) gate.start();
    for (const gate of gates) await gate.ready(state);
    const { secrets } = await makeKeys(database, scenario.demand.shippers.list(), Date.now);
    const now = () => season.timing.now();
    return { scenario, season: season.id, database, gates, secrets, now, state, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Characters of the database's log that are told. */
const LOG_TOLD = 3000;

async function stateOf(
  gates: readonly ServerProcess[],
  database: PostgresDatabase,
  log: string,
): Promise<string> {
  const shards = database.ledger
    .query('SELECT * FROM gate_shard')
    .then(({ rows }) => JSON.stringify(rows), String);
  const tooLate = sleep(2000).then(() => 'the database does not answer');
  const lines = await Promise.all(gates.map((gate) => gate.describe()));
  const said = await readFile(log, 'utf8').catch(String);
  return [
    `shards: ${await Promise.race([shards, tooLate])}`,
    ...lines,
    `the database wrote last:\n${said.slice(-LOG_TOLD)}`,
  ].join('\n');
}
