import type { FastifyInstance } from 'fastify';
import { gateNetwork } from '../../gate/gate-network.js';
import { listOrganisations } from '../access/organisations.js';
import type { Organisation } from '../access/principal.js';
import { systemTiming } from '../clock.js';
import { GateCapacityDesk } from '../gate/capacity-desk.js';
import type { OpenGate } from '../gate/open-gate.js';
import { peerRoutes } from '../gate/peers.js';
import type { GateSeason } from '../gate/season.js';
import { AcceptanceBoard } from '../pace/acceptance-board.js';
import { ArrivalsBoard } from '../pace/arrivals-board.js';
import { CapacityBoard } from '../pace/capacity-board.js';
import type { Plans } from '../plans/plan-desk.js';
import type { PostgresDatabase } from '../postgres/connect.js';
import { PlanStore } from '../postgres/plan-store.js';
import { declaredCapacities } from '../situation/declared-capacities.js';
import { PlannedBoard } from '../situation/planned-board.js';
import { EpcisDesk } from '../track/epcis/epcis-desk.js';
import { OwnParcels } from '../track/own-parcels.js';
import type { TrackService } from '../track/track-service.js';
import type { WarnDesks } from '../warn/warn-desks.js';
import { OUTSIDE } from '../webhooks/post.js';
import { WebhookDelivery } from '../webhooks/webhook-delivery.js';
import { StoredWebhooks } from '../webhooks/webhook-desk.js';
import { WebhookRows } from '../webhooks/webhook-rows.js';
import { type ApiOptions, api } from './api.js';
import type { ShownDemonstration } from './demonstration/demonstration-routes.js';
import type { GateDesks } from './gate/context.js';
import type { ArrivalsContext } from './pace/arrivals-routes.js';
import type { PaceContext } from './pace/context.js';
import type { SeasonDesk } from './season/season-desk.js';
import type { SituationDesks } from './situation/context.js';
import type { TrackDesks } from './track/context.js';

/** What a server answers programs, and to whom: the gate, tracking, or both. */
export interface Served {
  readonly database: PostgresDatabase;
  readonly gate?: ServedGate;
  readonly tracking?: ServedTracking;
  readonly warnings?: WarnDesks;
  /** Where the server shows a demonstration. */
  readonly demonstration?: ShownDemonstration | undefined;
  readonly season?: SeasonDesk;
  readonly plans?: Plans;
  /** Aborted when the server is to stop: it is no longer ready, and what waits for changes ends. */
  readonly stopping: AbortSignal;
}

export interface ServedGate {
  readonly season: GateSeason;
  readonly open: OpenGate;
}

/** Tracking and those who may ask it. */
export interface ServedTracking {
  readonly service: TrackService;
}

/** The API on a server that is guarded, with what goes on behind it. */
export async function serveApi(
  app: FastifyInstance,
  served: Served,
  also: Pick<ApiOptions, 'simulation'> = {},
): Promise<void> {
  const { database, gate, tracking, warnings, demonstration, season, plans, stopping } = served;
  await app.register(
    api({
      ...(gate && { gate: gateDesks(database, gate) }),
      ...(tracking && {
        tracking: trackDesks(served, tracking),
        situation: situationDesks(served, tracking),
      }),
      ...(warnings && { warnings }),
      ...(season && { season }),
      ...(plans && { plans }),
      ...(gate && { pace: paceContext(served, gate) }),
      ...(gate && tracking && { arrivals: arrivalsContext(served, gate, tracking) }),
      ...also,
      access: { database, now: Date.now },
      demonstration,
      stopping,
    }),
  );
  if (gate) await serveBehind(app, database, gate);
}

function trackDesks({ database, gate }: Served, { service }: ServedTracking): TrackDesks {
  return {
    service,
    heardBy: (viewer) => idsOver(database, viewer),
    own: new OwnParcels(database, service.season.id),
    epcis: EpcisDesk.of(database, service),
    ...(gate && { tickets: gate.open.gate }),
  };
}

function paceContext(
  { database, tracking, season: shown }: Served,
  { season, open: { gate } }: ServedGate,
): PaceContext {
  const { scenario, timing, network } = season;
  const now = () => timing.now();
  const scale = shown?.scale ?? 1;
  const elapsed = () => timing.elapsed();
  const { service } = tracking ?? {};
  return {
    scale,
    now,
    acceptance: new AcceptanceBoard({ gate, scenario, elapsed, service, scale }),
    capacities: new CapacityBoard(database, scenario, network.tail, now),
  };
}

function situationDesks(
  { database, season, gate }: Served,
  { service }: ServedTracking,
): SituationDesks {
  const { id, scenario, timing, network } = service.season;
  const plans = new PlanStore(database, id);
  const routes = gate?.season.network ?? gateNetwork(scenario);
  return {
    scale: season?.scale ?? 1,
    planned: new PlannedBoard({ plans, scenario, network: routes, ends: network.legs, timing }),
    declared: declaredCapacities(database, scenario, () => timing.now()),
    ...(gate && { loads: gate.open.gate }),
  };
}

function arrivalsContext(
  { database, season: shown }: Served,
  { season }: ServedGate,
  { service }: ServedTracking,
): ArrivalsContext {
  const scale = shown?.scale ?? 1;
  const board = new ArrivalsBoard({ database, season, service, scale });
  return { board, scale, now: () => season.timing.now() };
}

/** Its own id, and of those that it is over. */
async function idsOver(database: PostgresDatabase, viewer: Organisation): Promise<Set<string>> {
  const all = await listOrganisations(database, viewer, '', Number.POSITIVE_INFINITY);
  return new Set(all.map(({ id }) => id));
}

function gateDesks(database: PostgresDatabase, { season, open: { gate } }: ServedGate): GateDesks {
  return {
    gate,
    capacities: new GateCapacityDesk(database, season.names, gate),
    webhooks: new StoredWebhooks(database, gate, OUTSIDE, Date.now),
  };
}

/** What goes on behind the gate's API: webhooks; and what other processes ask. */
async function serveBehind(
  app: FastifyInstance,
  database: PostgresDatabase,
  { open: { gate, seats, secret, name } }: ServedGate,
): Promise<void> {
  const delivery = new WebhookDelivery({
    rows: new WebhookRows(database, name),
    gate,
    outside: OUTSIDE,
    timing: systemTiming(0),
    onError: (error) => app.log.error(error),
  });
  await app.register(peerRoutes(seats, secret));
  app.addHook('onReady', async () => delivery.start());
  app.addHook('onClose', () => delivery.stop());
}
