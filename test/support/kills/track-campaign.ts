import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSeason } from '../../../src/edge/gate/season.js';
import { askServer, checkScans, type ScanFaults } from '../../../src/edge/load/check-scans.js';
import { makeKeys } from '../../../src/edge/load/provision.js';
import { ScanLoad, type ScanLoadReport } from '../../../src/edge/load/scan-load.js';
import { openDatabase } from '../../../src/edge/postgres/connect.js';
import { startEmbedded } from '../../../src/edge/postgres/embedded.js';
import { readScenario } from '../../../src/network/read-scenario.js';
import { Random } from '../../../src/world/random.js';
import { freePort, killDatabase, ServerProcess } from './processes.js';
import { until } from './waiting.js';

export const TRACK_KINDS = [
  'the owner',
  'both servers',
  'the owner paused beyond its lease',
  'the database with its children',
] as const;
type Kind = (typeof TRACK_KINDS)[number];

export interface TrackKillsReport {
  readonly byKind: ReadonlyMap<Kind, number>;
  readonly load: ScanLoadReport;
  /** Of what the last owner says, against what was acknowledged by any. */
  readonly faults: ScanFaults;
  readonly crashes: readonly string[];
  readonly epochs: number;
}

/** The season that comes with the program: it says that it is generated. */
const SCENARIO = 'examples/double-eleven';
const LEASE_MS = 1000;

/**
 * Two servers of tracking on one database, one the owner of the log, the other to take over; operators scan without end and send
 * again whatever was not acknowledged. Processes are killed as the seed has it. Then all is healed, what is open must be
 * answered, and the stocks that the server tells must be those of the scans acknowledged (P7).
 */
export async function trackKillCampaign(
  folder: string,
  kills: number,
  seed: number,
): Promise<TrackKillsReport> {
  const scenario = await readScenario(SCENARIO);
  const data = join(folder, 'db');
  const server = await startEmbedded(data);
  const database = await openDatabase({ url: server.url });
  const season = await openSeason(database, scenario, true);
  const serve = ['track', 'serve', SCENARIO, '--lease', '1', '--data', folder];
  const servers: ServerProcess[] = [];
  for (let i = 0; i < 2; i++) {
    const url = new URL(`http://localhost:${await freePort()}`);
    servers.push(new ServerProcess(serve, url, server.url));
  }
  const state = async () => (await Promise.all(servers.map((each) => each.describe()))).join('\n');
  try {
    for (const each of servers) each.start();
    for (const each of servers) await each.ready(state);
    const operators = scenario.pairs.operators.list();
    const made = await makeKeys(database, operators, Date.now, 'operator');
    const keys = operators.map((operator, o) => ({ operator, key: made.secrets[o] }));
    const load = new ScanLoad({
      scenario,
      urls: servers.map(({ url }) => url),
      keys,
      run: 'KILLS',
      seed,
      rate: 4000,
      batch: 100,
      calls: 8,
      parcels: 5000,
      duplicates: 0.05,
      late: 0.05,
      seconds: 86_400,
      warmUpSeconds: 0,
      now: () => season.timing.now(),
    });
    const owner = async () => {
      for (const each of servers) {
        const ask = () => askServer(each.url, keys);
        const said = await ask().catch(() => undefined);
        if (said) return { each, said };
      }
      return undefined;
    };
    const present = async () => {
      let found = await owner();
      await until(
        'somebody owns the log',
        async () => (found ??= await owner()) !== undefined,
        state,
      );
      if (!found) throw new Error('nobody owns the log');
      return found;
    };
    const before = (await present()).said;
    const running = load.run();
    const random = new Random(seed, 'kills of tracking');
    const byKind = new Map<Kind, number>();
    for (let done = 0; done < kills; done++) {
      await sleep(random.between(300, 2500));
      // In turn, so that all of them come.
      const kind = TRACK_KINDS[done % TRACK_KINDS.length];
      byKind.set(kind, (byKind.get(kind) ?? 0) + 1);
      const { each } = await present();
      if (kind === 'the owner') await killAndStart([each]);
      else if (kind === 'both servers') await killAndStart(servers);
      else if (kind === 'the database with its children') await killDatabase(data);
      else await pauseBeyondLease(each);
    }
    for (const each of servers) await each.ready(state);
    load.end();
    const report = await running;
    const after = (await present()).said;
    const faults = checkScans(scenario, load.senders, before, after);
    const { rows } = await database.ledger.query<{ epoch: number }>('SELECT epoch FROM track_log');
    const crashes = servers.flatMap((each) => each.crashes);
    return { byKind, load: report, faults, crashes, epochs: rows[0].epoch };
  } finally {
    await Promise.all(servers.map((each) => each.kill()));
    await database.close();
    await server.stop();
  }
}

async function killAndStart(servers: readonly ServerProcess[]): Promise<void> {
  await Promise.all(servers.map((each) => each.kill()));
  for (const each of servers) each.start();
}

/** Another takes over; when it goes on it must find that it has lost the log. */
async function pauseBeyondLease(server: ServerProcess): Promise<void> {
  server.signal('SIGSTOP');
  await sleep(3 * LEASE_MS);
  server.signal('SIGCONT');
}
