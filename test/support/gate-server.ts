import assert from 'node:assert';
import { Writable } from 'node:stream';
import fastify, { type FastifyInstance } from 'fastify';
import { Pool } from 'pg';
import { Authenticator } from '../../src/edge/access/authenticate.js';
import { type Guarded, guardPolicies } from '../../src/edge/access/guard.js';
import type { Organisation, Principal } from '../../src/edge/access/principal.js';
import { conflict, notThere } from '../../src/edge/access/refusals.js';
import { GateCapacityDesk } from '../../src/edge/gate/capacity-desk.js';
import { SeasonNames } from '../../src/edge/gate/season-names.js';
import { type ApiOptions, api, serverOptions } from '../../src/edge/http/api.js';
import { LIMITS, type Limits } from '../../src/edge/http/gate/limits.js';
import { answerProblems, Problem } from '../../src/edge/http/problem.js';
import type { SeasonDesk } from '../../src/edge/http/season/season-desk.js';
import { Simulations } from '../../src/edge/http/simulations.js';
import { AcceptanceBoard } from '../../src/edge/pace/acceptance-board.js';
import { ArrivalsBoard } from '../../src/edge/pace/arrivals-board.js';
import { CapacityBoard } from '../../src/edge/pace/capacity-board.js';
import type { Plans } from '../../src/edge/plans/plan-desk.js';
import type { PostgresDatabase } from '../../src/edge/postgres/connect.js';
import type { Database } from '../../src/edge/postgres/database.js';
import { WarnStore } from '../../src/edge/postgres/warn-store.js';
import { OwnParcels } from '../../src/edge/track/own-parcels.js';
import { warnDesks } from '../../src/edge/warn/warn-desks.js';
import { OUTSIDE } from '../../src/edge/webhooks/post.js';
import { StoredWebhooks } from '../../src/edge/webhooks/webhook-desk.js';
import { gateNetwork } from '../../src/gate/gate-network.js';
import { shardsOf } from '../../src/gate/shards.js';
import { FakeGate, NOW } from './fake-gate.js';
import { fakeSimulation } from './fake-simulation.js';
import { FakeTracking, testTrackSeason } from './fake-tracking.js';
import { memoryEpcis } from './memory-epcis.js';
import { scenarioFrom } from './scenario-from.js';

/** Who has which key. */
export const PRINCIPALS: Readonly<Record<string, Principal>> = {
  mall: platform('mall'),
  bazaar: platform('bazaar'),
  operator: {
    organisation: { id: 'op', kind: 'operator', level: 'nation', region: '000000', operator: 'op' },
    actor: 'key-op',
    role: 'manager',
  },
  nation: {
    organisation: { id: 'SPB', kind: 'administration', level: 'nation', region: '000000' },
    actor: 'key-spb',
    role: 'manager',
  },
};

function platform(id: string): Principal {
  const organisation = { id, kind: 'platform', level: 'nation', region: '000000' } as const;
  return { organisation, actor: `key-${id}`, role: 'manager' };
}

export interface GateServer {
  readonly app: FastifyInstance;
  readonly gate: FakeGate;
  /** Where it listens. */
  readonly url: string;
  /** What it wrote to its log. */
  readonly log: string[];
  /** As the program does it: not ready first, then closed. */
  stop(): Promise<void>;
}

interface GateServerOptions extends Partial<ApiOptions> {
  /** Where declarations and webhooks are kept; without one, none can be. */
  readonly database?: PostgresDatabase;
  readonly guarded?: Partial<Guarded>;
}

/** The gate's API over a gate in memory, listening on this machine; the key of a principal is its name. */
export async function startGateServer(
  limits: Partial<Limits> = {},
  { database: given, guarded = {}, ...options }: GateServerOptions = {},
): Promise<GateServer> {
  const database = given ?? NO_DATABASE;
  const gate = new FakeGate();
  const log: string[] = [];
  const stream = new Writable({ write: (chunk, _, done) => done(void log.push(String(chunk))) });
  const bounds = { ...LIMITS, ...limits };
  const stopping = new AbortController();
  const app = fastify({ ...serverOptions(bounds), logger: { level: 'info', stream } });
  answerProblems(app);
  await guardPolicies(app, { ...GUARDED, ...guarded });
  const capacities = new GateCapacityDesk(database, NAMES, gate);
  const webhooks = new StoredWebhooks(database, gate, OUTSIDE, Date.now);
  const service = new FakeTracking(testTrackSeason({ now: NOW }, 1, SCENARIO));
  const own = new OwnParcels(database, service.season.id);
  const tracking = {
    service,
    own,
    epcis: memoryEpcis(service),
    tickets: gate,
    heardBy: onlySelf,
  };
  const access = { database, now: Date.now };
  const store = new WarnStore(database, service.season.id);
  const warnings = warnDesks(store, service.season, Date.now);
  const desks = {
    gate: { gate, capacities, webhooks },
    tracking,
    warnings,
    access,
    season: SEASON,
    simulation: {
      scenario: SCENARIO,
      generated: true,
      simulations: new Simulations({
        ...fakeSimulation,
        scenario: SCENARIO,
        onFailure: (error) => assert.fail(String(error)),
      }),
    },
    plans: NO_PLANS,
    arrivals: {
      board: new ArrivalsBoard({ database, season: GATE_SEASON, service, scale: 1 }),
      scale: 1,
      now: () => NOW,
    },
    pace: {
      scale: 1,
      now: () => NOW,
      acceptance: new AcceptanceBoard({
        gate,
        scenario: SCENARIO,
        elapsed: () => performance.now(),
        service,
        scale: 1,
      }),
      capacities: new CapacityBoard(database, SCENARIO, 0, () => NOW),
    },
  };
  await app.register(api({ ...desks, limits: bounds, stopping: stopping.signal, ...options }));
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const stop = async () => {
    stopping.abort();
    await app.close();
  };
  return { app, gate, url, log, stop };
}

async function onlySelf({ id }: Organisation): Promise<ReadonlySet<string>> {
  return new Set([id]);
}

/** The network of declarations: hubs that take 100 parcels an hour, 50 in slot 3, of operator `op`. */
const SCENARIO = scenarioFrom({
  slots: 48,
  resources: ['hub', 'far'].map((id) => ({ id, capacity: 100, operator: 'op', region: '330100' })),
  capacity: [{ resource: 'hub', slot: 3, capacity: 50 }],
  routes: [{ id: 'way', origin: 'x', destination: 'y', steps: [{ resource: 'hub' }] }],
  demand: [],
});
const SEASON: SeasonDesk = {
  scenario: SCENARIO,
  generated: false,
  timing: { now: () => NOW },
  scale: 1,
  planInForce: async () => 1,
};
const NO_PLANS: Plans = {
  sightOf: ({ kind }) => {
    const none = new Uint8Array(0);
    const part = kind === 'platform' ? 'own' : 'nothing';
    return { part, key: part, resources: none, pairs: none, shipper: -1 };
  },
  versions: async () => [],
  view: () => Promise.reject(notThere('plan')),
  runs: () => [],
  run: () => {
    throw notThere('run');
  },
  start: () => Promise.reject(conflict('Nothing is planned here.')),
  end: () => Promise.reject(notThere('run')),
  publish: () => Promise.reject(notThere('run')),
  restore: () => Promise.reject(notThere('plan')),
  close: async () => {},
};
const NAMES = new SeasonNames(SCENARIO, gateNetwork(SCENARIO), shardsOf(SCENARIO));

const GATE_SEASON = {
  id: 'season',
  scenario: SCENARIO,
  network: gateNetwork(SCENARIO),
  timing: { now: () => NOW, elapsed: () => performance.now(), sleep: async () => {} },
};

/** Nobody else is known; principals come by their names. */
class NamedKeys extends Authenticator {
  override async ofKey(secret: string): Promise<Principal> {
    if (Object.hasOwn(PRINCIPALS, secret)) return PRINCIPALS[secret];
    throw new Problem(401, 'Unauthorized', 'No such key.', { 'www-authenticate': 'Bearer' });
  }
}

const NO_DATABASE: Database & Pick<PostgresDatabase, 'ledger'> = {
  transact: async () => assert.fail('nothing is asked of a database here'),
  ledger: new Pool({ host: '/nowhere' }),
  close: async () => {},
};

const GUARDED: Guarded = {
  authenticator: new NamedKeys(NO_DATABASE, () => NOW),
  findOrganisation: async () => undefined,
  findDeclaration: async () => undefined,
};
