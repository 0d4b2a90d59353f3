import { Readable } from 'node:stream';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { principalOf } from '../../access/guard.js';
import type { RequestView } from '../../gate/gate-service.js';
import { Problem } from '../problem.js';
import type { GateContext } from './context.js';
import { organisationOf } from './intake.js';
import { countResults } from './metrics.js';
import { later, titleOf } from './problems.js';
import { readBody } from './read-body.js';
import { parseRequests } from './request-item.js';
import { operation } from './route.js';
import {
  Ids,
  Outcomes,
  Requests,
  RequestViewSchema,
  Results,
  SummaryAnswer,
  SummaryQuery,
  TicketParams,
  TicketsPage,
  TicketsQuery,
} from './ticket-schema.js';
import { answerLines } from './tickets-in-lines.js';

const tags = ['tickets'];
const PAGE = 200;

/** Asking for tickets, and what becomes of them (docs/spec/gate.md). */
export function ticketRoutes(context: GateContext): FastifyPluginAsyncTypebox {
  const { gate } = context;
  return async (app) => {
    await app.register(askingRoute(context));
    app.get(
      '/v1/tickets/:id',
      {
        schema: operation({
          operationId: 'getRequest',
          summary: "A request by the shipper's own id or the number of one of its tickets",
          tags,
          params: TicketParams,
          answers: { 200: RequestViewSchema },
          problems: [404],
        }),
      },
      (request) => findRequest(context, request, request.params.id),
    );
    app.get(
      '/v1/tickets',
      {
        schema: operation({
          operationId: 'listTickets',
          summary: 'Tickets as they stand, page by page',
          tags,
          querystring: TicketsQuery,
          answers: { 200: TicketsPage },
        }),
      },
      (request) => {
        const { cursor, limit = PAGE, ...filter } = request.query;
        const page = { limit, ...(cursor && { cursor }) };
        return gate.list(principalOf(request), filter, page);
      },
    );
    app.get(
      '/v1/tickets/summary',
      {
        schema: operation({
          operationId: 'summariseTickets',
          summary:
            'Tickets added up, and what is left of shares: by operator and slot, origin or destination',
          tags,
          querystring: SummaryQuery,
          answers: { 200: SummaryAnswer },
        }),
      },
      async (request) => {
        const { by = 'slot', ...filter } = request.query;
        const rows = await gate.summarise(principalOf(request), filter, by);
        return { at: new Date(gate.now()).toISOString(), rows: [...rows] };
      },
    );
    for (const change of ['confirm', 'cancel'] as const) {
      app.post(
        `/v1/tickets/${change}`,
        {
          schema: operation({
            operationId: `${change}Tickets`,
            summary:
              change === 'confirm'
                ? 'Say that the parcels of tickets will be handed in (G5)'
                : 'Give tickets back before their slot starts (G6)',
            tags,
            body: Ids,
            answers: { 200: Outcomes },
          }),
        },
        async (request) => {
          const shipper = organisationOf(request);
          const { ids } = request.body;
          const cost = ID_BYTES * ids.length;
          const results = await context.turns.run(shipper, cost, () => gate[change](shipper, ids));
          return { results };
        },
      );
    }
  };
}

async function findRequest(
  { gate }: GateContext,
  request: FastifyRequest,
  id: string,
): Promise<RequestView> {
  const found = await gate.find(principalOf(request), id);
  if (found) return found;
  throw new Problem(404, titleOf(404), `There is no request or ticket ${id}.`);
}

/** What an id costs among the turns at the gate. */
const ID_BYTES = 64;

/** POST /v1/tickets, which reads its body by itself: nothing is done twice on the way of every order. */
function askingRoute(context: GateContext): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('application/json', (_: unknown, body: Readable) =>
      readBody(body, context.limits),
    );
    app.addContentTypeParser('application/x-ndjson', async (_: unknown, body: unknown) => body);
    const schema = operation({
      operationId: 'requestTickets',
      summary: 'Ask for tickets: each request is answered once and for good (G2)',
      tags,
      body: Requests,
      answers: { 200: Results },
    });
    app.post(
      '/v1/tickets',
      {
        schema: { ...schema, consumes: ['application/json', 'application/x-ndjson'] },
        validatorCompiler: () => (value: unknown) => ({ value }),
      },
      (request, reply) => {
        const body: unknown = request.body;
        if (body instanceof Readable) return answerStream(context, request, reply, body);
        if (!(body instanceof Buffer)) throw new Problem(422, titleOf(422), 'There is no body.');
        return answerBatch(context, request, reply, body);
      },
    );
  };
}

async function answerBatch(
  { gate, turns, metrics }: GateContext,
  request: FastifyRequest,
  reply: FastifyReply,
  body: Buffer,
): Promise<FastifyReply> {
  const shipper = organisationOf(request);
  const decided = await turns.run(shipper, body.length, async () => {
    const whole = await gate.decideBody(shipper, body);
    if (whole) return whole;
    const results = await gate.decide(shipper, parseRequests(body));
    return { body: `{"results":[${results.join(',')}]}`, ...countResults(results) };
  });
  metrics.countDecided(decided);
  return reply.type('application/json; charset=utf-8').send(decided.body);
}

function answerStream(
  context: GateContext,
  request: FastifyRequest,
  reply: FastifyReply,
  body: Readable,
): FastifyReply {
  const { streams } = context;
  const shipper = organisationOf(request);
  if (streams.take(shipper, 1) !== 'taken') {
    throw later(429, 'Your organisation has too many streams open.', 5);
  }
  const lines = answerLines(context, shipper, body);
  lines.once('close', () => streams.giveBack(shipper, 1));
  return reply.type('application/x-ndjson').send(lines);
}
