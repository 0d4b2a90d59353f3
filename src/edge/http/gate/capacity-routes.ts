import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Declaration } from '../../access/declarations.js';
import { principalOf } from '../../access/guard.js';
import type { GateContext } from './context.js';
import { operation } from './route.js';
import {
  DeclarationDecision,
  DeclarationSchema,
  DeclarationsAnswer,
  DeclarationsPage,
  DeclarationsQuery,
  IdParams,
  NewDeclarations,
} from './schema.js';

const tags = ['capacities'];
const PAGE = 100;

/** What operators declare that their resources take (G8), and what administrations say to it. */
export function capacityRoutes({ capacities }: GateContext): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.put(
      '/v1/capacities',
      {
        schema: operation({
          operationId: 'declareCapacities',
          summary:
            'Declare what resources take, all or none: at once, or above the licensed value when approved',
          tags,
          body: NewDeclarations,
          answers: { 200: DeclarationsAnswer },
          problems: [404],
        }),
      },
      (request) =>
        capacities
          .declare(principalOf(request), request.body.declarations)
          .then((made) => ({ declarations: made.map(viewOf) })),
    );
    app.get(
      '/v1/capacities',
      {
        schema: operation({
          operationId: 'listDeclarations',
          summary: 'Declarations, newest first, page by page',
          tags,
          querystring: DeclarationsQuery,
          answers: { 200: DeclarationsPage },
        }),
      },
      (request) => {
        const { cursor, limit = PAGE, ...filter } = request.query;
        const page = { limit: limit + 1, ...(cursor !== undefined && { before: cursor }) };
        return capacities
          .list(principalOf(request), filter, page)
          .then((found) => pageOf(found, limit));
      },
    );
    for (const [verb, to] of DECISIONS) {
      app.post(
        `/v1/capacities/:id/${verb}`,
        {
          schema: operation({
            operationId: `${verb}Declaration`,
            summary: SUMMARIES[verb],
            tags,
            params: IdParams,
            body: DeclarationDecision,
            answers: { 200: DeclarationSchema },
            problems: [404, 409],
          }),
        },
        (request) => {
          const { params, body } = request;
          const decision = { to, reason: body.reason };
          return capacities.decide(principalOf(request), params.id, decision).then(viewOf);
        },
      );
    }
  };
}

/** One more than asked for tells that there is another page. */
function pageOf(found: readonly Declaration[], limit: number): object {
  const items = found.slice(0, limit);
  return { items: items.map(viewOf), ...(found.length > limit && { next: items.at(-1)?.id }) };
}

const DECISIONS = [
  ['approve', 'approved'],
  ['reject', 'rejected'],
  ['withdraw', 'withdrawn'],
] as const;

const SUMMARIES = {
  approve: 'Let a declaration above the licensed value count',
  reject: 'Do not let a declaration above the licensed value count',
  withdraw: 'Take a declaration back: what was declared before it counts again, or the plan',
};

/** Without what is not there. */
function viewOf(declaration: Declaration): object {
  return Object.fromEntries(Object.entries(declaration).filter(([, value]) => value !== null));
}
