import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyInstance } from 'fastify';
import { Held } from '../../../units/held.js';
import { BadCursor, Busy, Unsure } from '../../gate/gate-service.js';
import { codeOf, isAway } from '../../postgres/refused.js';
import { Problem, sendProblem } from '../problem.js';

/** PostgreSQL's code for a text that it cannot hold: one with a zero character. */
const UNTRANSLATABLE = '22021';

/** Answers every error of the gate's routes as RFC 9457 has it, and logs those that are our fault. */
export function answerGateProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: Partial<FastifyError> & Error, request, reply) => {
    const problem = problemOf(error);
    if (problem.status === 500 && !(error instanceof Problem)) {
      request.log.error(error);
    }
    return sendProblem(reply, problem);
  });
}

/** What is said of calls that were held; why exactly is ours to know. */
const SAID = {
  busy: 'Too much is under way; nothing was done.',
  unsure: 'It is not known yet whether it was done; sending it again is safe.',
  lost: 'Another process is taking over; sending it again is safe.',
};

/** The problem that an error is to whoever asked. */
export function problemOf(error: Partial<FastifyError> & Error): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Busy) return later(429, error.message, error.retryAfterSeconds);
  if (error instanceof Unsure) return later(503, error.message, error.retryAfterSeconds);
  if (error instanceof Held) {
    return error.why === 'busy' ? later(429, SAID.busy, 1) : later(503, SAID[error.why], 1);
  }
  if (error instanceof BadCursor) return new Problem(422, titleOf(422), error.message);
  if (isAway(error)) return later(503, 'The database does not answer.', 1);
  if (codeOf(error) === UNTRANSLATABLE) {
    return new Problem(422, titleOf(422), 'A text has a character that cannot be kept.');
  }
  const { statusCode = 500, validation, validationContext = 'body' } = error;
  if (validation) {
    const status = validationContext === 'body' ? 422 : 400;
    const faults = validation.map(({ instancePath, message = '' }) => ({
      field: `${validationContext}${instancePath}`,
      text: message,
    }));
    return new Problem(status, titleOf(status), 'It is not of the form asked for.', {}, faults);
  }
  if (statusCode < 500) return new Problem(statusCode, titleOf(statusCode), error.message);
  return new Problem(500, titleOf(500), 'The server failed; its log says why.');
}

/** To be asked again in so many seconds. */
export function later(status: 429 | 503, detail: string, seconds: number): Problem {
  return new Problem(status, titleOf(status), detail, { 'retry-after': String(seconds) });
}

export function titleOf(status: number): string {
  return STATUS_CODES[status] ?? 'Problem';
}
