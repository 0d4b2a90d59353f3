import type { Server } from 'node:http';
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import {
  type FastifyHttpOptions,
  type FastifyInstance,
  type FastifyPluginAsync,
  LogController,
} from 'fastify';
import type { AccessContext } from '../../access/context.js';
import { accessRoutes } from '../../access/routes.js';
import type { CapacityDesk } from '../../gate/capacity-desk.js';
import type { GateService } from '../../gate/gate-service.js';
import type { WebhookDesk } from '../../webhooks/webhook-desk.js';
import { capacityRoutes } from './capacity-routes.js';
import { changeRoutes } from './change-routes.js';
import type { GateContext } from './context.js';
import { FairQueue } from './fair-queue.js';
import { Budget, guardIntake } from './intake.js';
import { LIMITS, type Limits } from './limits.js';
import { GateMetrics } from './metrics.js';
import { serveOpenApi } from './openapi.js';
import { answerGateProblems, later } from './problems.js';
import { readBody } from './read-body.js';
import { logRequests } from './request-log.js';
import { residentBytes } from './resident-bytes.js';
import { probeRoutes, statusRoutes } from './status-routes.js';
import { ticketRoutes } from './ticket-routes.js';
import { webhookRoutes } from './webhook-routes.js';

export interface GateApiOptions {
  readonly gate: GateService;
  readonly capacities: CapacityDesk;
  readonly webhooks: WebhookDesk;
  /** With it, organisations, people, keys and sessions are served, too. */
  readonly access?: AccessContext;
  readonly limits?: Limits;
  /** Aborted when the server is to stop: it is no longer ready, and what waits for changes ends. */
  readonly stopping: AbortSignal;
}

/** How a server is made that has the gate's API. */
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
 * The gate over HTTP (docs/spec/gate.md), over whichever service. Who asks is known before (`request.principal`), and who
 * may is decided before: by hooks of the server around it.
 */
export function gateApi(options: GateApiOptions): FastifyPluginAsync {
  return async (app) => {
    const context = makeContext(options);
    app.server.maxConnections = context.limits.connectionsMost;
    app.setValidatorCompiler(TypeBoxValidatorCompiler);
    answerGateProblems(app);
    logRequests(app, context.metrics);
    refuseWhenStopping(app, options.stopping);
    guardIntake(app, context.limits, bodies(context.limits), residentBytes());
    readJson(app, context.limits);
    await serveOpenApi(app);
    await app.register(probeRoutes(context));
    await app.register(statusRoutes(context));
    await app.register(ticketRoutes(context));
    await app.register(changeRoutes(context));
    await app.register(capacityRoutes(context));
    await app.register(webhookRoutes(context));
    if (options.access) await app.register(accessRoutes(options.access));
  };
}

function makeContext({ limits = LIMITS, ...options }: GateApiOptions): GateContext {
  const turns = new FairQueue({
    underWayMost: limits.bytesUnderWayMost,
    waitingMost: limits.bytesMostPerOrganisation,
    quantum: QUANTUM_BYTES,
  });
  const streams = new Budget(limits.streamsMostPerOrganisation, limits.connectionsMost);
  return { ...options, limits, turns, streams, metrics: new GateMetrics(options.gate, turns) };
}

/** A turn's worth: about a hundred requests. Less would only turn faster, more lets others wait longer. */
const QUANTUM_BYTES = 16 * 1024;

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
