import assert from 'node:assert';
import { Writable } from 'node:stream';
import fastify, { type FastifyInstance } from 'fastify';
import { Authenticator } from '../../src/edge/access/authenticate.js';
import { type Guarded, guardPolicies } from '../../src/edge/access/guard.js';
import type { Principal } from '../../src/edge/access/principal.js';
import { type GateApiOptions, gateApi, serverOptions } from '../../src/edge/http/gate/gate-api.js';
import { LIMITS, type Limits } from '../../src/edge/http/gate/limits.js';
import { answerProblems, Problem } from '../../src/edge/http/problem.js';
import type { Database } from '../../src/edge/postgres/database.js';
import { FakeGate, NOW } from './fake-gate.js';

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

/** The gate's API over a gate in memory, listening on this machine; the key of a principal is its name. */
export async function startGateServer(
  limits: Partial<Limits> = {},
  more: Partial<GateApiOptions> & { readonly guarded?: Partial<Guarded> } = {},
): Promise<GateServer> {
  const gate = new FakeGate();
  const log: string[] = [];
  const stream = new Writable({ write: (chunk, _, done) => done(void log.push(String(chunk))) });
  const bounds = { ...LIMITS, ...limits };
  const stopping = new AbortController();
  const app = fastify({ ...serverOptions(bounds), logger: { level: 'info', stream } });
  answerProblems(app);
  const { guarded, ...options } = more;
  await guardPolicies(app, { ...GUARDED, ...guarded });
  await app.register(gateApi({ gate, limits: bounds, stopping: stopping.signal, ...options }));
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const stop = async () => {
    stopping.abort();
    await app.close();
  };
  return { app, gate, url, log, stop };
}

/** Nobody else is known; principals come by their names. */
class NamedKeys extends Authenticator {
  override async ofKey(secret: string): Promise<Principal> {
    if (Object.hasOwn(PRINCIPALS, secret)) return PRINCIPALS[secret];
    throw new Problem(401, 'Unauthorized', 'No such key.', { 'www-authenticate': 'Bearer' });
  }
}

const noDatabase: Database = {
  transact: async () => assert.fail('nothing is asked of a database here'),
  close: async () => {},
};

const GUARDED: Guarded = {
  authenticator: new NamedKeys(noDatabase, () => NOW),
  findOrganisation: async () => undefined,
  findDeclaration: async () => undefined,
};
