import type { FastifyInstance } from 'fastify';
import type { HttpMetrics } from './metrics.js';

/**
 * One line a request: what was asked by which organisation, how it ended, how long it took, how large it was. Nothing of
 * what was in it: no address with its parameters, no body, no key, no id (P13).
 */
export function logRequests(app: FastifyInstance, metrics: HttpMetrics): void {
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions, headers, principal } = request;
    const route = routeOptions.url ?? 'none';
    metrics.countRequest(`${method} ${route}`, reply.statusCode, reply.elapsedTime / 1000);
    app.log.info(
      {
        method,
        route,
        status: reply.statusCode,
        ms: Math.round(10 * reply.elapsedTime) / 10,
        organisation: principal?.organisation.id,
        bytesIn: Number(headers['content-length'] ?? 0),
        bytesOut: Number(reply.getHeader('content-length') ?? 0),
      },
      'answered',
    );
  });
}
