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
import type { Plans } from '../plans/plan-desk.js';
import { CountedBoard } from '../situation/counted-board.js';
import { SeenPlacesOf } from '../situation/seen-places.js';
import { Sights } from '../track/sight.js';
import type { WarnDesks } from '../warn/warn-desks.js';
import {
  demonstrationRoutes,
  type ShownDemonstration,
} from './demonstration/demonstration-routes.js';
import type { GateDesks } from './gate/context.js';
import { FairQueue } from './gate/fair-queue.js';
import { gateRoutes } from './gate/gate-api.js';
import { type Bodies, Budget, guardIntake } from './gate/intake.js';
import { LIMITS, type Limits } from './gate/limits.js';
import { HttpMetrics } from './gate/metrics.js';
import { serveOpenApi } from './gate/openapi.js';
import { answerGateProblems, later } from './gate/problems.js';
import { readBody } from './gate/read-body.js';
import { logRequests } from './gate/request-log.js';
import { residentBytes } from './gate/resident-bytes.js';
import { probeRoutes } from './gate/status-routes.js';
import { type ArrivalsContext, arrivalsRoutes } from './pace/arrivals-routes.js';
import type { PaceContext } from './pace/context.js';
import { paceRoutes } from './pace/pace-routes.js';
import { planRoutes } from './plan/plan-api.js';
import type { SeasonDesk } from './season/season-desk.js';
import { seasonRoutes } from './season/season-routes.js';
import { type SimulationDesk, simulationRoutes } from './simulation-routes.js';
import type { SituationDesks } from './situation/context.js';
import { situationRoutes } from './situation/situation-routes.js';
import type { TrackDesks } from './track/context.js';
import { PictureBoard } from './track/picture-board.js';
import { trackRoutes } from './track/track-api.js';
import { warningRoutes } from './warn/warn-api.js';

/** What programs are answered: the gate, tracking, or both. */
export interface ApiOptions {
  readonly gate?: GateDesks;
  readonly tracking?: TrackDesks;
  /** With tracking: what the situation is made of beside it. */
  readonly situation?: SituationDesks;
  /** With tracking only: warnings are of what it sees. */
  readonly warnings?: WarnDesks;
  /** With it, organisations, people, keys and sessions are served, too. */
  readonly access?: AccessContext;
  /** Whose sign-in is shown on this machine. */
  readonly demonstration?: ShownDemonstration | undefined;
  readonly season?: SeasonDesk;
  readonly plans?: Plans;
  /** With the gate: how pick-up is paced. */
  readonly pace?: PaceContext;
  /** With gate and tracking: what stations expect. */
  readonly arrivals?: ArrivalsContext;
  /** With the season: it is simulated when asked for. */
  readonly simulation?: SimulationDesk;
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
  const { gate, tracking, warnings, access, demonstration, season } = options;
  const { situation = { scale: 1 } } = options;
  const { limits = LIMITS, stopping } = options;
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
    await app.register(probeRoutes({ metrics, stopping, opening: () => openingOf(options) }));
    const turns = new FairQueue({
      underWayMost: limits.bytesUnderWayMost,
      waitingMost: limits.bytesMostPerOrganisation,
      quantum: QUANTUM_BYTES,
    });
    if (gate)
      await app.register(gateRoutes({ ...gate, limits, turns, streams, stopping }, metrics));
    if (tracking) {
      const { service } = tracking;
      const board = new PictureBoard(service, limits.pictureMs);
      const sights = new Sights(service.season);
      const shared = { limits, streams, stopping, board, sights };
      const isGateBehind = () => turns.waiting > 0 || (gate !== undefined && isBehind(gate));
      await app.register(trackRoutes(tracking, shared, metrics, isGateBehind));
      const counted = new CountedBoard(service);
      const seenPlaces = new SeenPlacesOf(service.season);
      const told = { ...situation, service, board, sights, counted, seenPlaces };
      await app.register(situationRoutes({ ...told, ...(warnings && { warnings }) }));
    }
    if (warnings) {
      await app.register(warningRoutes({ ...warnings, limits, streams, stopping }));
    }
    if (access) await app.register(accessRoutes(access));
    await app.register(demonstrationRoutes(demonstration));
    if (options.arrivals) await app.register(arrivalsRoutes(options.arrivals));
    if (options.pace) await app.register(paceRoutes(options.pace));
    if (options.simulation) await app.register(simulationRoutes(options.simulation));
    if (options.plans) await app.register(planRoutes(options.plans));
    if (season) await app.register(seasonRoutes(season, servicesOf(options)));
  };
}

function servicesOf({ gate, tracking, warnings, simulation, plans }: ApiOptions) {
  return {
    gate: gate !== undefined,
    tracking: tracking !== undefined,
    warnings: warnings !== undefined,
    simulations: simulation !== undefined,
    planning: plans !== undefined,
  };
}

/** A turn's worth: about a hundred requests. Less would only turn faster, more lets others wait longer. */
const QUANTUM_BYTES = 16 * 1024;

/** Decided requests that are not durable for longer wait for a store that has no time for scans, milliseconds; a commit takes some. */
const BEHIND_MS = 250;

function isBehind({ gate }: GateDesks): boolean {
  return gate.status().some(({ behindMs }) => behindMs > BEHIND_MS);
}

function isOpening({ state }: { readonly state: string }): boolean {
  return state === 'opening';
}

function openingOf({ gate, tracking }: ApiOptions): string | undefined {
  if (gate?.gate.status().some(isOpening)) return 'A shard is being read.';
  return tracking?.service.status().some(isOpening) ? 'A log of scans is being read.' : undefined;
}

function bodies(limits: Limits): Bodies {
  return {
    requests: new Budget(limits.bytesMostPerOrganisation, limits.bytesMost),
    scans: new Budget(limits.scanBytesMostPerOrganisation, limits.scanBytesMost),
  };
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
