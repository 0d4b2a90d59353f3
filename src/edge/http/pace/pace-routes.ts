import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { principalOf } from '../../access/guard.js';
import type { Organisation } from '../../access/principal.js';
import type { PairsAsked } from '../../gate/pair-groups.js';
import { operation } from '../gate/route.js';
import { acceptanceView } from './acceptance-view.js';
import type { PaceContext } from './context.js';
import { AcceptanceAnswer, AcceptanceQuery, CapacitiesAnswer, CapacitiesQuery } from './schema.js';

/** How pick-up is paced, and what resources take, as far as whoever asks may see. */
export function paceRoutes(context: PaceContext): FastifyPluginAsyncTypebox {
  const { acceptance, capacities, scale, now } = context;
  return async (app) => {
    app.get(
      '/v1/acceptance',
      {
        schema: operation({
          operationId: 'getAcceptance',
          summary:
            'Planned, ticketed, confirmed and accepted parcels by operator, origin and destination; operators see their own, where their office is in charge of the origin',
          tags: ['pace'],
          querystring: AcceptanceQuery,
          answers: { 200: AcceptanceAnswer },
        }),
      },
      async (request, reply) => {
        const { organisation } = principalOf(request);
        const { from, until, ...asked } = request.query;
        const seen = await acceptance.look(cutTo(organisation, asked));
        reply.header('cache-control', 'no-store');
        const ageMs = Math.max(0, Math.round(now() - seen.at));
        return acceptanceView(seen, { from, until, scale, ageMs });
      },
    );
    app.get(
      '/v1/capacities/slots',
      {
        schema: operation({
          operationId: 'listCapacities',
          summary: 'What resources take by slot: licensed, in force, and waiting for approval',
          tags: ['capacities'],
          querystring: CapacitiesQuery,
          answers: { 200: CapacitiesAnswer },
        }),
      },
      async (request, reply) => {
        const { organisation } = principalOf(request);
        reply.header('cache-control', 'no-store');
        return capacities.look(organisation, request.query);
      },
    );
  };
}

/** Operators' offices see their operator's pairs, administrations all, with origins in their region. */
function cutTo(
  { kind, operator, region }: Organisation,
  asked: Omit<PairsAsked, 'region'>,
): PairsAsked {
  if (kind === 'administration') return { ...asked, region };
  const isOwn = operator !== undefined && (asked.operator ?? operator) === operator;
  // No operator is called so: another's pairs are not there.
  return { ...asked, region, operator: isOwn ? operator : '' };
}
