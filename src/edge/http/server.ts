import fastify, { type FastifyInstance } from 'fastify';
import type { Scenario } from '../../network/scenario.js';
import { guardPolicies } from '../access/guard.js';
import { guardedBy } from '../access/guarded.js';
import { serverOptions } from './api.js';
import { type Served, serveApi } from './api-server.js';
import { addSecurityHeaders } from './headers.js';
import { servePages } from './pages.js';
import { answerProblems } from './problem.js';
import type { SimulationsOptions } from './simulation-job.js';
import { Simulations } from './simulations.js';

export interface ServerOptions {
  readonly scenario: Scenario;
  /** Folder of the built console. */
  readonly console: string;
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
  const { scenario } = options;
  const generated = served.season?.generated ?? false;
  const onFailure = (error: unknown) => app.log.error(error);
  const simulations = new Simulations({ ...options.simulation, scenario, onFailure });
  await serveApi(app, served, { simulation: { scenario, generated, simulations } });
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
