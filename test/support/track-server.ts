import assert from 'node:assert';
import { Writable } from 'node:stream';
import fastify, { type FastifyInstance } from 'fastify';
import { unauthorised } from '../../src/edge/access/authenticate.js';
import { type Guarded, guardPolicies } from '../../src/edge/access/guard.js';
import type { Organisation, Principal } from '../../src/edge/access/principal.js';
import type { GateService } from '../../src/edge/gate/gate-service.js';
import { type ApiOptions, api, serverOptions } from '../../src/edge/http/api.js';
import { LIMITS, type Limits } from '../../src/edge/http/gate/limits.js';
import { answerProblems } from '../../src/edge/http/problem.js';
import type { Database } from '../../src/edge/postgres/database.js';
import { OwnParcels } from '../../src/edge/track/own-parcels.js';
import type { TrackService } from '../../src/edge/track/track-service.js';
import { memoryEpcis } from './memory-epcis.js';

const NATION = { level: 'nation', region: '000000' } as const;
const HANGZHOU = { level: 'city', region: '330100' } as const;

/** Who may be asked for in the world of fake-tracking.ts; the key of each is its id. */
export const TRACKERS: readonly Organisation[] = [
  { id: 'A', kind: 'operator', operator: 'A', ...NATION },
  { id: 'A-HZ', kind: 'operator', operator: 'A', ...HANGZHOU },
  { id: 'B', kind: 'operator', operator: 'B', ...NATION },
  { id: 'SPB', kind: 'administration', ...NATION },
  { id: 'HZPA', kind: 'administration', ...HANGZHOU },
  { id: 'mall', kind: 'platform', ...NATION },
  { id: 'bazaar', kind: 'platform', ...NATION },
  { id: 'box', kind: 'lastMile', ...HANGZHOU },
];

/** Whose scans who may hear of. */
const HEARD: Readonly<Record<string, string>> = {
  A: 'A A-HZ',
  SPB: 'A A-HZ B',
  HZPA: 'A-HZ',
};

async function heardBy({ id }: Organisation): Promise<ReadonlySet<string>> {
  return new Set((HEARD[id] ?? id).split(' '));
}

const NO_DATABASE: Database = {
  transact: async () => assert.fail('nothing is asked of a database here'),
  close: async () => {},
};

export interface TrackServer {
  readonly app: FastifyInstance;
  readonly url: string;
  /** What it wrote to its log. */
  readonly log: string[];
  stop(): Promise<void>;
}

interface TrackServerOptions extends Partial<ApiOptions> {
  /** Where own parcels are kept; without one, none can be. */
  readonly database?: Database;
  /** Whose tickets parcels are declared under. */
  readonly tickets?: Pick<GateService, 'find'>;
}

/** Tracking over HTTP, alone or with more, listening on this machine. */
export async function startTrackServer(
  service: TrackService,
  limits: Partial<Limits> = {},
  { database = NO_DATABASE, tickets, ...options }: TrackServerOptions = {},
): Promise<TrackServer> {
  const log: string[] = [];
  const stream = new Writable({ write: (chunk, _, done) => done(void log.push(String(chunk))) });
  const bounds = { ...LIMITS, ...limits };
  const stopping = new AbortController();
  const app = fastify({ ...serverOptions(bounds), logger: { level: 'info', stream } });
  answerProblems(app);
  await guardPolicies(app, GUARDED);
  const own = new OwnParcels(database, service.season.id);
  const epcis = memoryEpcis(service);
  const tracking = { service, heardBy, own, epcis, ...(tickets && { tickets }) };
  await app.register(api({ tracking, limits: bounds, stopping: stopping.signal, ...options }));
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const stop = async () => {
    stopping.abort();
    await app.close();
  };
  return { app, url, log, stop };
}

const GUARDED: Guarded = {
  authenticator: {
    ofKey: async (secret): Promise<Principal> => {
      const organisation = TRACKERS.find(({ id }) => id === secret);
      if (!organisation) throw unauthorised();
      return { organisation, actor: `key-${secret}`, role: 'dispatcher' };
    },
    ofSession: () => Promise.reject(unauthorised()),
  },
  findOrganisation: async () => undefined,
  findDeclaration: async () => undefined,
};

/** A call and its answer. */
export interface Asked {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Asks a server as somebody; a body of several lines is NDJSON. */
export async function ask(
  { url }: { readonly url: string },
  key: string,
  path: string,
  lines?: readonly unknown[],
): Promise<Asked> {
  const response = await fetch(new URL(path, url), {
    method: lines ? 'POST' : 'GET',
    headers: {
      authorization: `Bearer ${key}`,
      ...(lines && { 'content-type': 'application/x-ndjson' }),
    },
    ...(lines && { body: lines.map((line) => lineOf(line)).join('') }),
  });
  return {
    status: response.status,
    headers: response.headers,
    text: await response.text(),
  };
}

function lineOf(line: unknown): string {
  return `${typeof line === 'string' ? line : JSON.stringify(line)}\n`;
}
