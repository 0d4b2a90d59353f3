import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Demonstration } from '../../access/demonstration.js';
import { operation } from '../gate/route.js';
import { DemonstrationAnswer } from './schema.js';

/**
 * What the sign-in page says of a demonstration. Where there is none, it says so in an answer and not in an error: pages ask
 * before they know.
 */
export function demonstrationRoutes(
  demonstration: Demonstration | undefined,
): FastifyPluginAsyncTypebox {
  const answer = answerDemonstration(demonstration);
  return async (app) => {
    app.get(
      '/v1/demonstration',
      {
        schema: operation({
          operationId: 'getDemonstration',
          summary: 'As whom one can sign in to the demonstration, on the machine that it runs on',
          tags: ['demonstration'],
          open: true,
          answers: { 200: DemonstrationAnswer },
        }),
      },
      async (_request, reply) => reply.header('cache-control', 'no-store').send(answer),
    );
  };
}

function answerDemonstration(demonstration: Demonstration | undefined): DemonstrationAnswer {
  if (!demonstration) return { organisations: [], logins: [] };
  const { organisations, logins, password } = demonstration;
  return {
    organisations: organisations.map(({ id, kind, level, region }) => ({
      id,
      kind,
      level,
      region,
    })),
    logins: [...logins],
    password,
  };
}
