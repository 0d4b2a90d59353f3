import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { prepareDemonstration } from '../../src/edge/access/demonstration.js';
import { openPlans, publishFirst } from '../../src/edge/cli/plan-host.js';
import { clock } from '../../src/edge/clock.js';
import { currentPlan } from '../../src/edge/gate/publish.js';
import { type GateSeason, openSeason } from '../../src/edge/gate/season.js';
import type { Served } from '../../src/edge/http/api-server.js';
import type { SeasonDesk } from '../../src/edge/http/season/season-desk.js';
import { makeServer, type ServerOptions } from '../../src/edge/http/server.js';
import { PlanDesk } from '../../src/edge/plans/plan-desk.js';
import type { PostgresDatabase } from '../../src/edge/postgres/connect.js';
import { Browser as Visitor } from './access-server.js';
import { openPage } from './browser.js';
import { fakeSimulation } from './fake-simulation.js';
import { testDatabase } from './postgres.js';
import { type ServedSeason, servedSeason } from './served-season.js';

/** The console as it is built. */
export const CONSOLE = new URL('../../dist/console/', import.meta.url).pathname;

/** A server of pages and API in this process: a small season (served-season.ts) and its demonstration organisations. */
export interface ConsoleServer {
  readonly app: FastifyInstance;
  readonly database: PostgresDatabase;
  readonly season: GateSeason;
  /** Of everybody there. */
  readonly password: string;
  /** Listens, and says where; open-able by `openAs` from then on. */
  listen(port?: number): Promise<string>;
  /** Somebody who has signed in, without a browser. */
  readonly as: (organisation: string, login?: string) => Promise<Visitor>;
}

interface ConsoleServerOptions extends Partial<Omit<ServerOptions, 'api' | 'scenario'>> {
  readonly season?: ServedSeason;
  /** What is served beside the season. */
  readonly served?: Partial<Served>;
  /** Whether the season says that it is generated; it does. */
  readonly generated?: boolean;
}

/** Passwords by where servers listen. */
const passwords = new Map<string, string>();

/** Makes a server for one test, on a database of its own; to be called inside the test. */
export async function consoleServer(options: ConsoleServerOptions = {}): Promise<ConsoleServer> {
  const { served: more = {}, generated = true, ...others } = options;
  const { season: shown = await servedSeason(), ...rest } = others;
  const { scenario } = shown;
  const { database } = await testDatabase();
  const season = await openSeason(database, scenario, true);
  const plans = await planDesk(database, season, shown);
  const demonstration = await prepareDemonstration(database, scenario, Date.now());
  if (!demonstration) throw new Error('the database is not empty');
  const { password } = demonstration;
  const stopping = new AbortController();
  const app = await makeServer({
    scenario,
    console: CONSOLE,
    simulation: fakeSimulation,
    ...rest,
    api: {
      database,
      season: { ...seasonDesk(database, season), generated },
      plans,
      stopping: stopping.signal,
      ...more,
    },
  });
  onTestFinished(async () => {
    stopping.abort();
    await app.close();
  });
  const listen = async (port = 0) => {
    const address = await app.listen({ port, host: '127.0.0.1' });
    const origin = `http://localhost:${new URL(address).port}`;
    passwords.set(origin, password);
    return origin;
  };
  const as = async (organisation: string, login = 'duty-1') => {
    const visitor = new Visitor(app, 'localhost', '127.0.0.1');
    await visitor.signIn(organisation, login, password);
    return visitor;
  };
  return { app, database, season, password, listen, as };
}

/** Plans of the season, its first one published; their files are gone after the test. */
async function planDesk(
  database: PostgresDatabase,
  season: GateSeason,
  first: ServedSeason,
): Promise<PlanDesk> {
  const folder = await mkdtemp(join(tmpdir(), 'plans-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const hosting = { store: { database, url: '', close: async () => {} }, season, isMadeUp: true };
  const files = openPlans(hosting, folder);
  await publishFirst(files, first);
  return new PlanDesk({ files, generated: true, clock, threads: 1, onFailure: rethrow });
}

function rethrow(error: unknown): never {
  throw error;
}

function seasonDesk(database: PostgresDatabase, season: GateSeason): SeasonDesk {
  const { scenario, timing } = season;
  const planInForce = () => currentPlan(database, season);
  return { scenario, generated: true, timing, scale: 1, planInForce };
}

/** Opens a page of a console server as somebody; whoever has a dispatcher's part in the nation, if nobody is named. */
export async function openAs(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
  organisation = 'SPB',
  login = 'duty-1',
): Promise<Page> {
  const page = await openPage(browser, 'about:blank', options);
  await signInto(page, new URL(url).origin, organisation, login);
  await page.goto(url);
  return page;
}

/** Lets whoever looks at a page be somebody from now on; `page` has not been on the server yet. */
export async function signInto(
  page: Page,
  origin: string,
  organisation = 'SPB',
  login = 'duty-1',
): Promise<void> {
  const context = page.context();
  const password = passwords.get(origin);
  const answer = await context.request.post(`${origin}/v1/session`, {
    data: { organisation, login, password },
  });
  if (!answer.ok()) throw new Error(`${organisation}/${login}: ${await answer.text()}`);
  await context.addInitScript(() => localStorage.setItem('cuofeng.signed-in', 'yes'));
}
