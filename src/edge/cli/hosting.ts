import type { FastifyInstance } from 'fastify';
import type { Scenario } from '../../network/scenario.js';
import { type OpenGate, openGate } from '../gate/open-gate.js';
import { currentPlan } from '../gate/publish.js';
import { type GateSeason, openSeason } from '../gate/season.js';
import type { Served } from '../http/api-server.js';
import { portProblem } from '../port-problem.js';
import type { Store } from './store.js';

/**
 * How long answers that are under way may take when the server is to stop, milliseconds; browsers also keep connections
 * open that they never ask anything on.
 */
const PATIENCE_MS = 5_000;

export interface Hosting {
  readonly store: Store;
  readonly season: GateSeason;
  /** The scenario is made up. */
  readonly isMadeUp: boolean;
}

/** The gate's season; that of a made-up scenario begins when it is first opened, with so many slots behind it. */
export async function openHosting(
  store: Store,
  scenario: Scenario,
  isMadeUp: boolean,
  behind = 0,
): Promise<Hosting> {
  const season = await openSeason(store.database, scenario, isMadeUp, behind);
  return { store, season, isMadeUp };
}

/** Something of a season that is served: opened, and to be closed in the end. */
export interface Hosted {
  readonly served: Partial<Served>;
  /** Called when it is known where others of the season reach this process. */
  announce?(url: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * What those who have signed in are told of the season.
 *
 * @param scale parcels that each tracked one stands for.
 */
export function hostSeason({ store, season, isMadeUp }: Hosting, scale = 1): Hosted {
  const { scenario, timing } = season;
  const planInForce = () => currentPlan(store.database, season);
  const desk = { scenario, generated: isMadeUp, timing, scale, planInForce };
  return { served: { season: desk }, close: async () => {} };
}

/** A gate that is served. */
export interface HostedGate extends Hosted {
  readonly open: OpenGate;
}

/** The gate, to be served. */
export async function hostGate({ store, season }: Hosting, leaseMs?: number): Promise<HostedGate> {
  const { database } = store;
  const open = await openGate({ database, season, onError, ...(leaseMs && { leaseMs }) });
  return {
    open,
    served: { gate: { season, open } },
    announce: (url) => open.announce(url),
    close: () => open.close(),
  };
}

interface Asked {
  readonly host: string;
  readonly port: number;
}

/** Serves what is opened, and says where; ends it all when the process is asked to end. */
export async function host(
  store: Store,
  parts: readonly Hosted[],
  make: (served: Served) => Promise<FastifyInstance>,
  asked: Asked,
): Promise<void> {
  const stopping = new AbortController();
  const closeAll = async (): Promise<void> => {
    for (const part of parts) await part.close();
    await store.close();
  };
  const services = parts.reduce((all, { served }) => ({ ...all, ...served }), {});
  const app = await make({ ...services, database: store.database, stopping: stopping.signal });
  const address = await app.listen(asked).catch(async (error: unknown) => {
    await closeAll();
    throw portProblem(asked.port, error);
  });
  const url = `http://${asked.host}:${new URL(address).port}`;
  for (const part of parts) await part.announce?.(url);
  process.stdout.write(`${url}/\nCtrl-C stops.\n`);
  const stop = async (): Promise<void> => {
    stopping.abort();
    const patience = setTimeout(() => app.server.closeAllConnections(), PATIENCE_MS);
    await app.close();
    clearTimeout(patience);
    await closeAll();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop().catch(onError));
  }
}

/** What fails behind the answers is told, and work goes on. */
export function onError(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${text}\n`);
}
