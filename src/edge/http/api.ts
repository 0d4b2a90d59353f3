import type { Server } from 'node:http';
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import {
  type FastifyHttpOptions,
  type FastifyInstance,
  type FastifyPluginAsync,
  LogController,
} from 'fastify';
import type { AccessContext } from '../access/context.js';
import { accessRoutes } from '../access/routes.js';
import { FairQueue } from './gate/fair-queue.js';
import { type GateDesks, gateRoutes } from './gate/gate-api.js';
import { Budget, guardIntake } from './gate/intake.js';
import { LIMITS, type Limits } from './gate/limits.js';
import { HttpMetrics } from './gate/metrics.js';
import { serveOpenApi } from './gate/openapi.js';
import { answerGateProblems, later } from './gate/problems.js';
import { readBody } from './gate/read-body.js';
import { logRequests } from './gate/request-log.js';
import { residentBytes } from './gate/resident-bytes.js';
import { probeRoutes } from './gate/status-routes.js';

/** What programs are answered: the gate, tracking, or both. */
export interface ApiOptions {
  readonly gate?: GateDesks;
  /** With it, organisations, people, keys and sessions are served, too. */
  readonly access?: AccessContext;
  readonly limits?: Limits;
  /** Aborted when the server is to stop: it is no longer ready, and what waits for changes ends. */
  readonly stopping: AbortSignal;
}

/** How a server is made that has the API. */
export function serverOptions(limits: Limits = LIMITS): FastifyHttpOptions<Server> {
  return {
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: 0,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    bodyLimit: limits.bodyBytesMost,
    routerOptions: { maxParamLength: 1000 },
    http: { headersTimeout: limits.headersMs, connectionsCheckingInterval: 1000 },
    ajv: { customOptions: { removeAdditional: false } },
  };
}

/**
 * The API over HTTP (docs/spec), over whichever services. Who asks is known before (`request.principal`), and who may is
 * decided before: by hooks of the server around it.
 */
export function api(options: ApiOptions): FastifyPluginAsync {
  const { gate, access, limits = LIMITS, stopping } = options;
  return async (app) => {
    const metrics = new HttpMetrics();
    const streams = new Budget(limits.streamsMostPerOrganisation, limits.connectionsMost);
    app.server.maxConnections = limits.connectionsMost;
    app.setValidatorCompiler(TypeBoxValidatorCompiler);
    answerGateProblems(app);
    logRequests(app, metrics);
    refuseWhenStopping(app, stopping);
    guardIntake(app, limits, bodies(limits), residentBytes());
    readJson(app, limits);
    await serveOpenApi(app);
    await app.register(probeRoutes({ metrics, stopping, opening: () => gate && openingOf(gate) }));
    const turns = new FairQueue({
      underWayMost: limits.bytesUnderWayMost,
      waitingMost: limits.bytesMostPerOrganisation,
      quantum: QUANTUM_BYTES,
    });
    if (gate)
      await app.register(gateRoutes({ ...gate, limits, turns, streams, stopping }, metrics));
    if (access) await app.register(accessRoutes(access));
  };
}

/** A turn's worth: about a hundred requests. Less would only turn faster, more lets others wait longer. */
const QUANTUM_BYTES = 16 * 1024;

function openingOf({ gate }: GateDesks): string | undefined {
  const isOpening = gate.status().some(({ state }) => state === 'opening');
  return isOpening ? 'A shard is being read.' : undefined;
}

function bodies({ bytesMostPerOrganisation, bytesMost }: Limits): Budget {
  return new Budget(bytesMostPerOrganisation, bytesMost);
}

/** JSON bodies as values; prototype keys are refused. */
function readJson(app: FastifyInstance, limits: Limits): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', (request, payload, done) => {
    const parsed = (body: Buffer) => void parse(request, body.toString(), done);
    const bodyBytesMost = Math.min(request.routeOptions.bodyLimit, limits.bodyBytesMost);
    readBody(payload, { ...limits, bodyBytesMost }).then(parsed, done);
  });
}

/** Connections that are kept may still ask when the server has begun to stop; none is kept any longer. */
function refuseWhenStopping(app: FastifyInstance, stopping: AbortSignal): void {
  app.addHook('onRequest', async (request) => {
    if (!stopping.aborted || request.routeOptions.url === '/health') return;
    throw later(503, 'The server is about to stop.', 5);
  });
  app.addHook('onSend', async (_request, reply) => {
    if (stopping.aborted) reply.header('connection', 'close');
  });
}
