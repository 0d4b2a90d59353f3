import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Plans } from '../../plans/plan-desk.js';
import { runRoutes } from './run-routes.js';
import { viewRoutes } from './view-routes.js';

/** Plans over HTTP (docs/spec/plans.md). Answers are of whoever asks. */
export function planRoutes(desk: Plans): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.addHook('onSend', async (_request, reply) => {
      reply.header('cache-control', 'no-store');
    });
    app.addHook('onClose', () => desk.close());
    await app.register(runRoutes(desk));
    await app.register(viewRoutes(desk));
  };
}
