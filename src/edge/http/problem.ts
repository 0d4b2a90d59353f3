import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** An answer that is not 2xx, as RFC 9457 has it. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    detail: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
    this.name = 'Problem';
  }
}

/** Answers every error as application/problem+json; what is our fault is logged and not told. */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | Problem, request, reply) => {
    if (error instanceof Problem) {
      return send(reply.headers(error.headers), error.status, error.title, error.message);
    }
    const status = error.statusCode ?? 500;
    if (status < 500) return send(reply, status, 'Bad request', error.message);
    request.log.error(error);
    return send(reply, 500, 'Internal error', 'The server failed; its log says why.');
  });
  app.setNotFoundHandler((request: FastifyRequest, reply) =>
    send(reply, 404, 'Not found', `Nothing answers ${request.method} ${request.url}.`),
  );
}

function send(reply: FastifyReply, status: number, title: string, detail: string): FastifyReply {
  return reply
    .code(status)
    .type('application/problem+json')
    .header('cache-control', 'no-store')
    .send(JSON.stringify({ type: 'about:blank', title, status, detail }));
}
