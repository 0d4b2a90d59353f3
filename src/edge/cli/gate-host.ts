import type { FastifyInstance } from 'fastify';
import type { Scenario } from '../../network/scenario.js';
import { openGate } from '../gate/open-gate.js';
import { currentPlan, type NewPlan, publishPlan } from '../gate/publish.js';
import { type GateSeason, openSeason } from '../gate/season.js';
import type { Served } from '../http/api-server.js';
import type { Store } from './store.js';

/**
 * How long answers that are under way may take when the server is to stop, milliseconds; browsers also keep connections
 * open that they never ask anything on.
 */
const PATIENCE_MS = 5_000;

export interface Hosting {
  readonly store: Store;
  readonly season: GateSeason;
}

/** The gate's season; that of a made-up scenario begins when it is first opened. */
export async function openHosting(
  store: Store,
  scenario: Scenario,
  isMadeUp: boolean,
): Promise<Hosting> {
  return { store, season: await openSeason(store.database, scenario, isMadeUp) };
}

/** Publishes a first plan, if the season has none. */
export async function publishFirst({ store, season }: Hosting, plan: NewPlan): Promise<void> {
  const { database } = store;
  if ((await currentPlan(database, season)) === 0) await publishPlan(database, season, 0, plan);
}

interface Asked {
  readonly host: string;
  readonly port: number;
  readonly leaseMs?: number;
}

/** Opens the gate, serves it, and says where others reach it; ends it all when the process is asked to end. */
export async function host(
  { store, season }: Hosting,
  make: (served: Served) => Promise<FastifyInstance>,
  { leaseMs, ...asked }: Asked,
): Promise<void> {
  const { database } = store;
  const stopping = new AbortController();
  const open = await openGate({ database, season, onError, ...(leaseMs && { leaseMs }) });
  const app = await make({ database, gate: { season, open }, stopping: stopping.signal });
  const address = await app.listen(asked).catch(async (error: unknown) => {
    await open.close();
    await store.close();
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    throw taken ? new Error(`port ${asked.port} is taken; name another with --port`) : error;
  });
  const url = `http://${asked.host}:${new URL(address).port}`;
  await open.announce(url);
  process.stdout.write(`${url}/\nCtrl-C stops.\n`);
  const stop = async (): Promise<void> => {
    stopping.abort();
    const patience = setTimeout(() => app.server.closeAllConnections(), PATIENCE_MS);
    await app.close();
    clearTimeout(patience);
    await open.close();
    await store.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop().catch(onError));
  }
}

function onError(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${text}\n`);
}
