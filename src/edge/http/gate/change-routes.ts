import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { principalOf } from '../../access/guard.js';
import type { ChangesAsked } from '../../gate/gate-service.js';
import { Problem } from '../problem.js';
import { CHANGES_MOST, streamChanges } from './change-stream.js';
import type { GateContext } from './context.js';
import { sendEvents, withStream } from './event-stream.js';
import { titleOf } from './problems.js';
import { operation } from './route.js';
import { ChangesPage, ChangesQuery, WAIT_SECONDS } from './schema.js';

const CURSOR = /^[\x21-\x7e]{1,200}$/;

/** GET /v1/changes: a long poll, or server-sent events for who accepts them. */
export function changeRoutes(context: GateContext): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/v1/changes',
      {
        schema: {
          ...operation({
            operationId: 'listChanges',
            summary:
              'What changed of tickets, plans and capacities that concern the caller, in order',
            tags: ['changes'],
            querystring: ChangesQuery,
            answers: { 200: ChangesPage },
          }),
          headers: Type.Object({ 'last-event-id': Type.Optional(Type.String()) }),
        },
      },
      async (request, reply) => {
        const {
          after = eventIdOf(request),
          wait = WAIT_SECONDS,
          limit = CHANGES_MOST,
        } = request.query;
        const asked = { limit, waitMs: 1000 * wait };
        return withStream(context, request, reply, (signal) => {
          if (acceptsEvents(request)) return sendStream(context, request, reply, after, signal);
          return sendPage(context, request, reply, after, { ...asked, signal });
        });
      },
    );
  };
}

/** The last event that a reader saw, by which it resumes. */
function eventIdOf({ headers }: FastifyRequest): string | undefined {
  const id = headers['last-event-id'];
  if (id === undefined || id === '') return undefined;
  if (typeof id === 'string' && CURSOR.test(id)) return id;
  throw new Problem(400, titleOf(400), 'Last-Event-ID is no cursor.');
}

function acceptsEvents({ headers }: FastifyRequest): boolean {
  return headers.accept?.includes('text/event-stream') ?? false;
}

async function sendPage(
  { gate }: GateContext,
  request: FastifyRequest,
  reply: FastifyReply,
  after: string | undefined,
  asked: ChangesAsked,
): Promise<FastifyReply> {
  const page = await gate.changes(principalOf(request), after, asked);
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(page));
}

async function sendStream(
  { gate, limits }: GateContext,
  request: FastifyRequest,
  reply: FastifyReply,
  after: string | undefined,
  signal: AbortSignal,
): Promise<FastifyReply> {
  const viewer = principalOf(request);
  // Asked for first: what is wrong with the cursor is still told as a problem.
  const first = await gate.changes(viewer, after, { limit: CHANGES_MOST, waitMs: 0, signal });
  return sendEvents(reply, (response) =>
    streamChanges(response, { gate, viewer, first, limits, signal }),
  );
}
