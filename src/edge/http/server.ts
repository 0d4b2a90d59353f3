import { createHash } from 'node:crypto';
import fastify, { type FastifyInstance } from 'fastify';
import { guardPolicies } from '../access/guard.js';
import { guardedBy } from '../access/guarded.js';
import { serverOptions } from './api.js';
import { type Served, serveApi } from './api-server.js';
import { addSecurityHeaders } from './headers.js';
import { servePages } from './pages.js';
import { answerProblems } from './problem.js';
import { planRoutes } from './routes.js';
import type { ServedSeason } from './served-season.js';
import type { SimulationsOptions } from './simulation-job.js';
import { Simulations } from './simulations.js';

export interface ServerOptions {
  readonly season: ServedSeason;
  /** Folder of the built console. */
  readonly console: string;
  /** What tells this run of the server from another: answers are kept by browsers under it. */
  readonly run: string;
  /** How to simulate the season when a page asks for it. */
  readonly simulation: Omit<SimulationsOptions, 'scenario' | 'onFailure'>;
  /** What programs are answered. */
  readonly api: Served;
}

/** The API alone, not yet listening. */
export async function makeApiServer(served: Served, logLevel: string): Promise<FastifyInstance> {
  const app = await emptyServer(served, logLevel);
  await serveApi(app, served);
  return app;
}

/** The pages, which hold nothing, and the API that they ask, not yet listening. */
export async function makeServer(options: ServerOptions): Promise<FastifyInstance> {
  const { api: served } = options;
  const app = await emptyServer(served, 'error');
  const { scenario } = options.season;
  const generated = served.season?.generated ?? false;
  const onFailure = (error: unknown) => app.log.error(error);
  const simulations = new Simulations({ ...options.simulation, scenario, onFailure });
  await serveApi(app, served, { simulation: { scenario, generated, simulations } });
  await app.register(
    async (api) => {
      keepAnswers(api, options.run);
      await api.register(planRoutes(options.season));
    },
    { prefix: '/v1' },
  );
  await servePages(app, options.console);
  return app;
}

async function emptyServer({ database }: Served, logLevel: string): Promise<FastifyInstance> {
  const app = fastify({
    ...serverOptions(),
    logger: { level: logLevel, stream: process.stderr },
  });
  await guardPolicies(app, guardedBy(database, Date.now));
  addSecurityHeaders(app);
  answerProblems(app);
  return app;
}

/** A season never changes while it is served: whoever has an answer of this run has it still. */
function keepAnswers(api: FastifyInstance, run: string): void {
  const tag = `"${createHash('sha256').update(run).digest('base64url')}"`;
  api.addHook('onRequest', async (request, reply) => {
    if (request.headers['if-none-match'] === tag) await reply.code(304).send();
  });
  api.addHook('onSend', async (_request, reply) => {
    if (reply.statusCode < 400) reply.headers({ etag: tag, 'cache-control': 'no-cache' });
  });
}
