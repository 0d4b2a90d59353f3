import type { FastifyInstance } from 'fastify';
import { Problem } from './problem.js';

/** Who may use a route. `local`: whoever is on this machine and asks for it by its own name. */
type Access = 'local';

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
}

/**
 * Denies by default: a route without an access rule stops the server from starting, and a request
 * must satisfy the rule of its route. The name asked for is checked as well as the address, so that
 * a foreign page cannot reach this server through a name that it points at 127.0.0.1.
 */
export function guardAccess(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (!route.config?.access) throw new Error(`${route.url} has no access rule`);
  });
  app.addHook('onRequest', async (request) => {
    if (request.is404) return;
    if (!LOOPBACK.has(request.ip) || !OWN_NAMES.has(request.hostname)) {
      throw new Problem(403, 'Forbidden', 'This server answers the machine it runs on only.');
    }
  });
}

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const OWN_NAMES = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);
