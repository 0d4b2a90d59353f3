import type { FastifyPluginAsync } from 'fastify';
import type { HttpMetrics } from '../gate/metrics.js';
import type { TrackContext, TrackDesks } from './context.js';
import { epcisRoutes } from './epcis-routes.js';
import { TrackMetrics } from './metrics.js';
import { networkRoutes } from './network-routes.js';
import { NetworkText } from './network-text.js';
import { ownParcelRoutes } from './own-parcel-routes.js';
import { parcelRoutes } from './parcel-routes.js';
import { quarantineRoutes } from './quarantine-routes.js';
import { scanRoutes } from './scan-routes.js';
import { ScanTurns } from './scan-turns.js';
import { Senders } from './senders.js';
import { sourceRoutes } from './source-routes.js';

/** Tracking over HTTP (docs/spec/tracking.md), over whichever service. @param isGateBehind then scans wait (P10). */
export function trackRoutes(
  desks: TrackDesks,
  shared: Pick<TrackContext, 'limits' | 'streams' | 'stopping' | 'board' | 'sights'>,
  { registry }: HttpMetrics,
  isGateBehind: () => boolean,
): FastifyPluginAsync {
  return async (app) => {
    const { service } = desks;
    const turns = new ScanTurns(shared.limits, isGateBehind);
    const { board } = shared;
    const context: TrackContext = {
      ...desks,
      ...shared,
      turns,
      senders: new Senders(service),
      text: new NetworkText(service.season),
      metrics: new TrackMetrics(registry, service, turns, board),
    };
    await app.register(scanRoutes(context));
    await app.register(networkRoutes(context));
    await app.register(parcelRoutes(context));
    await app.register(ownParcelRoutes(context));
    await app.register(sourceRoutes(context));
    await app.register(quarantineRoutes(context));
    await app.register(epcisRoutes(context));
  };
}
