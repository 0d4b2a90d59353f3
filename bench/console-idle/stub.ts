import fastify, { type FastifyReply } from 'fastify';
import { addSecurityHeaders } from '../../src/edge/http/headers.js';
import { servePages } from '../../src/edge/http/pages.js';
import type { Nation } from './nation.js';

const CONSOLE = new URL('../../dist/console/', import.meta.url).pathname;
const START = '2020-11-11T00:00:00+08:00';
/** The season's clock stands here when the stub starts. */
const BEGAN = Date.parse(START) + 24.3 * 3_600_000;

const SESSION = {
  organisation: { id: 'SPB', kind: 'administration', level: 'nation', region: '000000' },
  actor: 'duty-1',
  role: 'dispatcher',
  csrf: 'none',
};

export interface Stub {
  readonly url: string;
  stop(): Promise<void>;
}

/** Serves the console as it is built, and answers as the server of a nation would: `share` of its hubs change each second. */
export async function serveStub(nation: Nation, share: number): Promise<Stub> {
  const app = fastify();
  const from = performance.now();
  const at = () => new Date(BEGAN + performance.now() - from).toISOString();
  addSecurityHeaders(app);
  app.get('/v1/session', () => SESSION);
  app.get('/v1/season', () => seasonAt(at()));
  app.get('/v1/situation', () => nation.situation);
  app.get('/v1/situation/figures', () => nation.figures(at()));
  app.get<{ Params: { slot: string } }>('/v1/situation/slots/:slot', ({ params }) =>
    nation.slot(Number(params.slot)),
  );
  app.get('/v1/warnings', () => warningsAt(nation, at()));
  const streams = new Set<FastifyReply>();
  const tell = (event: string, reply: FastifyReply, numbers: readonly number[]) =>
    reply.raw.write(`event: ${event}\ndata: ${pictureOf(nation, numbers, at())}\n\n`);
  app.get('/v1/network/changes', (_request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream' });
    tell('picture', reply, [...nation.stock.keys()]);
    streams.add(reply);
    reply.raw.once('close', () => streams.delete(reply));
  });
  const timer = setInterval(() => {
    const changed = nation.live(share);
    for (const reply of streams) tell('changes', reply, changed);
  }, 1000);
  await servePages(app, CONSOLE);
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    url,
    async stop() {
      clearInterval(timer);
      for (const { raw } of streams) raw.destroy();
      await app.close();
    },
  };
}

function pictureOf(nation: Nation, numbers: readonly number[], at: string): string {
  const resources = numbers.map((n) => ({
    resource: nation.situation.places[n].id,
    stock: nation.stock[n],
    bound: n % 100,
    newestAt: at,
    stale: n % 41 === 0,
  }));
  const totals = { resources: nation.stock.length, stock: 0, stale: 0 };
  return JSON.stringify({ ageMs: 20, at, totals, resources });
}

function seasonAt(now: string) {
  return {
    scenario: {
      name: 'nation',
      start: START,
      slotMinutes: 60,
      slots: 72,
      shownSlots: 120,
      places: 337,
      operators: 8,
      generated: true,
      hasDemand: true,
    },
    now,
    scale: 1000,
    services: { gate: true, tracking: true, warnings: true, simulations: false, planning: true },
    plan: 1,
  };
}

function warningsAt({ situation: { places } }: Nation, at: string) {
  const levels = ['red', 'orange', 'yellow', 'blue'] as const;
  const items = places.slice(0, 40).map(({ id, operator, region }, i) => ({
    id: `warning-${i}`,
    subject: { kind: 'resource', id },
    level: levels[i % 4],
    breachAt: new Date(Date.parse(at) + 5 * 3_600_000).toISOString(),
    leadHours: 5,
    issuedAt: at,
    chance: 0.7,
    owner: { operator, region },
    reach: 'province',
    acknowledged: i % 3 === 0,
  }));
  return { assessedAt: at, items };
}
