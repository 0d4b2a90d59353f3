import type { FastifyInstance } from 'fastify';
import { systemTiming } from '../clock.js';
import { GateCapacityDesk } from '../gate/capacity-desk.js';
import type { OpenGate } from '../gate/open-gate.js';
import { peerRoutes } from '../gate/peers.js';
import type { GateSeason } from '../gate/season.js';
import type { PostgresDatabase } from '../postgres/connect.js';
import { OUTSIDE } from '../webhooks/post.js';
import { WebhookDelivery } from '../webhooks/webhook-delivery.js';
import { StoredWebhooks } from '../webhooks/webhook-desk.js';
import { WebhookRows } from '../webhooks/webhook-rows.js';
import { gateApi } from './gate/gate-api.js';

/** The gate and those who may ask it. */
export interface ServedGate {
  readonly database: PostgresDatabase;
  readonly season: GateSeason;
  readonly open: OpenGate;
  /** Aborted when the server is to stop: it is no longer ready, and what waits for changes ends. */
  readonly stopping: AbortSignal;
}

/** The gate's API on a server that is guarded, with what goes on behind it: webhooks; and what other processes ask. */
export async function serveGate(
  app: FastifyInstance,
  { database, season, open, stopping }: ServedGate,
): Promise<void> {
  const { gate, seats, secret, name } = open;
  const delivery = new WebhookDelivery({
    rows: new WebhookRows(database, name),
    gate,
    outside: OUTSIDE,
    timing: systemTiming(0),
    onError: (error) => app.log.error(error),
  });
  await app.register(
    gateApi({
      gate,
      capacities: new GateCapacityDesk(database, season.names, gate),
      webhooks: new StoredWebhooks(database, gate, OUTSIDE, Date.now),
      access: { database, now: Date.now },
      stopping,
    }),
  );
  await app.register(peerRoutes(seats, secret));
  app.addHook('onReady', async () => delivery.start());
  app.addHook('onClose', () => delivery.stop());
}
