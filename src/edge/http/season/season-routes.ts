import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { operation } from '../gate/route.js';
import { SeasonAnswer } from './schema.js';
import { answerSeason, type SeasonDesk } from './season-desk.js';

/** The season, for whoever has signed in. */
export function seasonRoutes(
  desk: SeasonDesk,
  services: SeasonAnswer['services'],
): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/v1/season',
      {
        schema: operation({
          operationId: 'getSeason',
          summary: 'The season: its horizon and clock, and what this server has',
          tags: ['season'],
          answers: { 200: SeasonAnswer },
        }),
      },
      async (_request, reply) => {
        reply.header('cache-control', 'no-store');
        return answerSeason(desk, services);
      },
    );
  };
}
