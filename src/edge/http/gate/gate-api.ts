import type { FastifyPluginAsync } from 'fastify';
import { capacityRoutes } from './capacity-routes.js';
import { changeRoutes } from './change-routes.js';
import type { GateContext } from './context.js';
import { GateMetrics, type HttpMetrics } from './metrics.js';
import { statusRoutes } from './status-routes.js';
import { ticketRoutes } from './ticket-routes.js';
import { webhookRoutes } from './webhook-routes.js';

/** The gate over HTTP (docs/spec/gate.md), over whichever service. */
export function gateRoutes(
  shared: Omit<GateContext, 'metrics'>,
  { registry }: HttpMetrics,
): FastifyPluginAsync {
  return async (app) => {
    const metrics = new GateMetrics(registry, shared.gate, shared.turns);
    const context = { ...shared, metrics };
    await app.register(statusRoutes(context));
    await app.register(ticketRoutes(context));
    await app.register(changeRoutes(context));
    await app.register(capacityRoutes(context));
    await app.register(webhookRoutes(context));
  };
}
