import type { FastifyError, FastifyInstance } from 'fastify';
import { BadParameter } from '../../track/epcis/event-query.js';
import { problemOf, titleOf } from '../gate/problems.js';
import { Problem } from '../problem.js';

/** What the standard calls problems, by status; where it is not said by the route. */
const TYPES: Readonly<Record<number, string>> = {
  401: 'SecurityException',
  403: 'SecurityException',
  404: 'NoSuchResourceException',
  406: 'NotAcceptableException',
  413: 'CaptureLimitExceededException',
  414: 'URITooLongException',
  415: 'UnsupportedMediaTypeException',
};

/** Answers errors of the app's routes with the standard's types. @param wrong of a request that cannot be read. */
export function answerEpcisProblems(
  app: FastifyInstance,
  wrong: 'ValidationException' | 'QueryParameterException',
): void {
  app.setErrorHandler((error: Partial<FastifyError> & Error, request, reply) => {
    const { status, title, message, headers, faults } = problemIn(error);
    if (status === 500 && !(error instanceof Problem)) request.log.error(error);
    const type = TYPES[status] ?? (status === 400 ? wrong : 'ImplementationException');
    const body = {
      type: `epcisException:${type}`,
      title,
      status,
      detail: message,
      ...(faults.length > 0 && { faults }),
    };
    return reply
      .code(status)
      .headers(headers)
      .type('application/problem+json')
      .header('cache-control', 'no-store')
      .send(JSON.stringify(body));
  });
}

function problemIn(error: Partial<FastifyError> & Error): Problem {
  if (!(error instanceof BadParameter)) return problemOf(error);
  const fault = { field: error.parameter, text: error.message };
  return new Problem(400, titleOf(400), 'A parameter cannot be asked for.', {}, [fault]);
}
