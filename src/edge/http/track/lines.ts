import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Limits } from '../gate/limits.js';
import { titleOf } from '../gate/problems.js';
import { readBody } from '../gate/read-body.js';
import { Problem } from '../problem.js';
import { SCANS_MOST } from './schema.js';

const NEWLINE = 0x0a;

/** Bodies of the app's routes are NDJSON, read whole. */
export function readWhole(app: FastifyInstance, limits: Limits): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/x-ndjson', (request: FastifyRequest, body: Readable) => {
    if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') {
      throw new Problem(415, titleOf(415), 'A body comes as it is, not encoded.');
    }
    return readBody(body, limits);
  });
}

/** How a route is made whose body is lines: they are read by the route itself, not by its schema. */
export function ofLines<S extends object>(schema: S) {
  return {
    schema: { ...schema, consumes: ['application/x-ndjson'] },
    config: { lines: 'whole' as const },
    validatorCompiler: () => (value: unknown) => ({ value }),
  };
}

/** @throws Problem 422 where it has no line, or too many. */
export function bodyOf({ body }: FastifyRequest): Buffer {
  const count = body instanceof Buffer ? countLines(body) : 0;
  if (count > 0 && count <= SCANS_MOST && body instanceof Buffer) return body;
  throw new Problem(422, titleOf(422), `A call has 1 to ${SCANS_MOST} lines of NDJSON.`);
}

/** A last line needs no end. */
function countLines(body: Buffer): number {
  let count = 0;
  for (let at = 0; at < body.length && count <= SCANS_MOST; count++) {
    const end = body.indexOf(NEWLINE, at);
    at = end < 0 ? body.length : end + 1;
  }
  return count;
}

/**
 * The lines as values.
 *
 * @throws Problem 422 with what is wrong, by line
 */
export function valuesOf<T>(body: Buffer, parse: (value: unknown, line: number) => T): T[] {
  const faults: { field: string; text: string }[] = [];
  const values: T[] = [];
  const lines = body.toString().split('\n');
  if (lines.at(-1) === '') lines.pop();
  for (const [i, text] of lines.entries()) {
    try {
      values.push(parse(JSON.parse(text), i + 1));
    } catch (error) {
      const why = error instanceof BadLine ? error.message : 'This is not JSON.';
      faults.push({ field: `line ${i + 1}`, text: why });
    }
  }
  if (faults.length > 0) throw badLines(faults);
  return values;
}

/** A line that is not of the form asked for. */
export class BadLine extends Error {}

export function badLines(faults: readonly { field: string; text: string }[]): Problem {
  const shown = faults.slice(0, FAULTS_MOST);
  return new Problem(422, titleOf(422), 'Some lines are wrong; nothing was done.', {}, shown);
}

/** More tell nothing new. */
const FAULTS_MOST = 100;
