import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { principalOf } from '../../access/guard.js';
import type { TrackSeason } from '../../track/track-season.js';
import type { SourceView } from '../../track/track-service.js';
import { operation } from '../gate/route.js';
import type { TrackContext } from './context.js';
import { SourcesAnswer } from './schema.js';

/** Silences told of a source: the latest. */
const GAPS_MOST = 100;

/** GET /v1/sources: who sends scans, what became of theirs, how late and how silent they are (T6, T8). */
export function sourceRoutes({ service, heardBy }: TrackContext): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/v1/sources',
      {
        schema: operation({
          operationId: 'listSources',
          summary: 'Those who send scans: what became of them, delays and silences (T6, T8)',
          tags: ['scans'],
          answers: { 200: SourcesAnswer },
        }),
      },
      async (request) => {
        const heard = await heardBy(principalOf(request).organisation);
        const sources = await service.sources();
        const seen = sources.filter(({ source }) => heard.has(source));
        return { items: seen.map((source) => viewOf(service.season, source)) };
      },
    );
  };
}

function viewOf({ scenario, network, timing }: TrackSeason, view: SourceView): object {
  const { source, tally, redriven, newestAt, lastReceivedAt, delays, gaps } = view;
  const timeOf = (slot: number) =>
    new Date(Date.parse(scenario.start) + slot * network.slotMs).toISOString();
  return {
    source,
    tally,
    redriven,
    ...(Number.isFinite(newestAt) && {
      newestAt: new Date(newestAt).toISOString(),
      silentMs: Math.max(0, timing.now() - newestAt),
    }),
    ...(Number.isFinite(lastReceivedAt) && {
      lastReceivedAt: new Date(lastReceivedAt).toISOString(),
    }),
    delays: [...delays],
    gaps: gaps.slice(-GAPS_MOST).map(({ from, until }) => ({
      from: timeOf(from),
      until: timeOf(until),
    })),
  };
}
