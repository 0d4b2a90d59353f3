import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { FairQueue } from '../gate/fair-queue.js';
import { organisationOf } from '../gate/intake.js';
import { operation } from '../gate/route.js';
import type { TrackContext } from './context.js';
import { declareParcels } from './declare-parcels.js';
import { bodyOf, ofLines, readWhole } from './lines.js';
import { parseCursor, readProgress } from './parcel-progress.js';
import { DeclaredAnswer, DeclaredParcels, ProgressAnswer, ProgressQuery } from './schema.js';

const tags = ['parcels'];
const PAGE = 200;

/** Progress is read for so many organisations at a time, and each may have so many calls waiting. */
const READING_MOST = 2;
const WAITING_MOST = 4;

/** Platforms declare which parcels are theirs, and follow them downstream. */
export function ownParcelRoutes(context: TrackContext): FastifyPluginAsyncTypebox {
  const { limits, turns } = context;
  const reading = new FairQueue({
    underWayMost: READING_MOST,
    waitingMost: WAITING_MOST,
    quantum: 1,
  });
  return async (app) => {
    app.get(
      '/v1/parcels',
      {
        schema: operation({
          operationId: 'listParcels',
          summary:
            "Progress of the caller's own parcels: how many in which state, and those still on their way, longest without news first",
          tags,
          querystring: ProgressQuery,
          answers: { 200: ProgressAnswer },
        }),
      },
      (request) => {
        const { limit = PAGE, cursor } = request.query;
        const after = cursor === undefined ? undefined : parseCursor(cursor);
        const organisation = organisationOf(request);
        return reading.run(organisation, 1, () =>
          readProgress(context, organisation, limit, after),
        );
      },
    );
    await app.register(async (lines) => {
      readWhole(lines, limits);
      const schema = operation({
        operationId: 'declareParcels',
        summary: 'Say which parcels are the caller’s own, each under a ticket of its own',
        tags,
        body: DeclaredParcels,
        answers: { 200: DeclaredAnswer },
      });
      lines.post('/v1/parcels', ofLines(schema), (request) => {
        const body = bodyOf(request);
        return turns.run(organisationOf(request), body.length, () =>
          declareParcels(context, request, body),
        );
      });
    });
  };
}
