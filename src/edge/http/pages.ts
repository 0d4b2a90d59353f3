import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/**
 * The console's files. Names under /assets/ carry a hash of their content and never change; all
 * else is asked for again each time. Every page of the console is the one document, which reads the
 * rest of its address itself.
 */
export async function servePages(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: folder,
    serve: false,
    preCompressed: true,
    cacheControl: false,
  });
  const fresh = { 'cache-control': 'no-cache' };
  const forever = { 'cache-control': 'public, max-age=31536000, immutable' };
  const file = { '*': '' };
  app.get<{ Params: typeof file }>('/assets/*', (request, reply) =>
    reply.headers(forever).sendFile(`assets/${request.params['*']}`),
  );
  app.get<{ Params: typeof file }>('/outlines/*', (request, reply) =>
    reply.headers(fresh).sendFile(`outlines/${request.params['*']}`),
  );
  app.get('/favicon.svg', (_request, reply) => reply.headers(fresh).sendFile('favicon.svg'));
  for (const url of ['/', '/:page(^[a-z-]+$)']) {
    app.get(url, (_request, reply) => reply.headers(fresh).sendFile('index.html'));
  }
}
