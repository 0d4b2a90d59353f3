import type { FastifyInstance, FastifyRequest } from 'fastify';
import { titleOf } from '../gate/problems.js';
import { Problem } from '../problem.js';

/** Of EPCIS and of its vocabulary, that is spoken. */
const VERSION = '2.0.0';
const SPOKEN = /^(?:\*\/\*|application\/(?:\*|json|ld\+json))\s*(?:;|$)/;

/** Headers of the standard: what is spoken in each answer, and who speaks something else is told (406). */
export function speakEpcis(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => checkSpoken(request));
  app.addHook('onSend', async (_request, reply) => {
    reply.headers({
      'gs1-epcis-version': VERSION,
      'gs1-cbv-version': VERSION,
      'gs1-epc-format': 'Never_Translates',
    });
  });
}

function checkSpoken({ headers }: FastifyRequest): void {
  const { accept = '*/*' } = headers;
  if (!accept.split(',').some((type) => SPOKEN.test(type.trim()))) {
    throw new Problem(406, titleOf(406), 'Answers are JSON.');
  }
  for (const name of ['epcis', 'cbv']) {
    const least = headers[`gs1-${name}-min`];
    const most = headers[`gs1-${name}-max`];
    const isBelow = typeof most === 'string' && compare(most, VERSION) < 0;
    if (isBelow || (typeof least === 'string' && compare(least, VERSION) > 0)) {
      throw new Problem(406, titleOf(406), `Version ${VERSION} is spoken.`);
    }
  }
}

function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split('.').map(Number));
  for (let i = 0; i < right.length; i++) {
    const difference = (left[i] || 0) - right[i];
    if (difference !== 0) return difference;
  }
  return 0;
}
