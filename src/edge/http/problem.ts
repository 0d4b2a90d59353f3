import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** What is wrong in one place of a request. */
export interface RequestFault {
  readonly field: string;
  readonly text: string;
}

/** An answer that is not 2xx, as RFC 9457 has it. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    detail: string,
    readonly headers: Readonly<Record<string, string>> = {},
    readonly faults: readonly RequestFault[] = [],
  ) {
    super(detail);
    this.name = 'Problem';
  }
}

/** Answers every error as application/problem+json; what is our fault is logged and not told. */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | Problem, request, reply) => {
    if (error instanceof Problem) return sendProblem(reply, error);
    const status = error.statusCode ?? 500;
    if (status < 500) return sendProblem(reply, new Problem(status, 'Bad request', error.message));
    request.log.error(error);
    const detail = 'The server failed; its log says why.';
    return sendProblem(reply, new Problem(500, 'Internal error', detail));
  });
  app.setNotFoundHandler((request: FastifyRequest, reply) => {
    const detail = `Nothing answers ${request.method} ${request.url}.`;
    return sendProblem(reply, new Problem(404, 'Not found', detail));
  });
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const { status, title, message: detail, faults, headers } = problem;
  return reply
    .code(status)
    .headers(headers)
    .type('application/problem+json')
    .header('cache-control', 'no-store')
    .send(
      JSON.stringify({
        type: 'about:blank',
        title,
        status,
        detail,
        ...(faults.length > 0 && { faults }),
      }),
    );
}
