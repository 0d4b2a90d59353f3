import type { FastifyInstance } from 'fastify';
import { refuseForeignPages } from '../access/cookies.js';

/**
 * Lets only this server's own pages change anything, beside programs on this machine, which say neither
 * where they come from. A page elsewhere can make a browser send a request here, but not hide that it
 * did: browsers name the page's origin on every request that is not a read, and newer ones how it
 * relates to ours. Another port of this machine is another site. Bodies are JSON, which no plain form
 * can send.
 */
export function guardChanges(app: FastifyInstance): void {
  app.removeContentTypeParser('text/plain');
  app.addHook('onRequest', async (request) => refuseForeignPages(request));
}
