import type { FastifyPluginAsync } from 'fastify';
import { actRoutes } from './act-routes.js';
import type { WarnContext } from './context.js';
import { policyRoutes } from './policy-routes.js';
import { warnRoutes } from './warn-routes.js';

/** Warnings over HTTP (docs/spec/warnings.md). */
export function warningRoutes(context: WarnContext): FastifyPluginAsync {
  return async (app) => {
    await app.register(warnRoutes(context));
    await app.register(actRoutes(context));
    await app.register(policyRoutes(context));
  };
}
