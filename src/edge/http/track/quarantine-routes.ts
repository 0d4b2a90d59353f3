import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { principalOf } from '../../access/guard.js';
import { notThere } from '../../access/refusals.js';
import { BatchBuilder } from '../../track/batch-builder.js';
import type { TrackSeason } from '../../track/track-season.js';
import type { QuarantinedView, Redriven } from '../../track/track-service.js';
import { organisationOf } from '../gate/intake.js';
import { operation } from '../gate/route.js';
import type { TrackContext } from './context.js';
import { BadLine, badLines, bodyOf, ofLines, readWhole, valuesOf } from './lines.js';
import { answerText } from './scan-answer.js';
import { scanView } from './scan-view.js';
import { ENTRY_ID, QuarantinePage, QuarantineQuery, Redrives, ScansAnswer } from './schema.js';

const tags = ['scans'];
const PAGE = 200;

/** What is wrong keeps its place, is shown with its reason, and can be driven in again (T5, P9). */
export function quarantineRoutes(context: TrackContext): FastifyPluginAsyncTypebox {
  const { service, heardBy } = context;
  return async (app) => {
    app.get(
      '/v1/quarantine',
      {
        schema: operation({
          operationId: 'listQuarantine',
          summary: 'Scans in quarantine with their reasons, page by page: those of one source',
          tags,
          querystring: QuarantineQuery,
          answers: { 200: QuarantinePage },
          problems: [404],
        }),
      },
      async (request) => {
        const { organisation } = principalOf(request);
        const { source = organisation.id, cursor, limit = PAGE } = request.query;
        const isHeard = source === organisation.id || (await heardBy(organisation)).has(source);
        if (!isHeard) throw notThere('source');
        const found = await service.quarantine(cursor, limit + 1, source);
        const items = found.slice(0, limit).map((view) => viewOf(service.season, view));
        return { items, ...(found.length > limit && { next: found[limit - 1].id }) };
      },
    );
    await app.register(redriveRoute(context));
  };
}

function redriveRoute(context: TrackContext): FastifyPluginAsyncTypebox {
  return async (app) => {
    readWhole(app, context.limits);
    const schema = operation({
      operationId: 'redriveScans',
      summary:
        'Drive scans of the caller in again, mended or, by their id alone, as they were kept',
      tags,
      body: Redrives,
      answers: { 200: ScansAnswer },
    });
    app.post('/v1/quarantine/redrive', ofLines(schema), (request, reply) =>
      redrive(context, request, reply, bodyOf(request)),
    );
  };
}

async function redrive(
  { service, senders, turns, metrics }: TrackContext,
  request: FastifyRequest,
  reply: FastifyReply,
  body: Buffer,
): Promise<FastifyReply> {
  const organisation = organisationOf(request);
  const { source, names } = await senders.of(principalOf(request));
  const { season } = service;
  const text = await turns.run(organisation, body.length, async () => {
    const lines = valuesOf(body, parseLine);
    checkOwn(await service.quarantined(lines.map(({ id }) => id)), organisation, lines);
    const builder = new BatchBuilder(names, season.keys);
    const scans = lines.map(({ id, scan }): Redriven => {
      if (!scan) return { id };
      builder.add(scan);
      return { id, row: builder.count - 1 };
    });
    const mended = scans.flatMap(({ row }, i) => (row === undefined ? [] : [i]));
    const batch = builder.count > 0 ? builder.finish(source, season.timing.now()) : undefined;
    const taken = await service.redrive(source, scans, batch);
    metrics.countTaken(taken.tally);
    const found = builder.faults.map((fault) => ({ ...fault, line: mended[fault.line - 1] + 1 }));
    return answerText(taken, found);
  });
  return reply.type('application/json; charset=utf-8').send(text);
}

interface RedriveLine {
  readonly id: string;
  /** As it was mended; undefined: as it was kept. */
  readonly scan: object | undefined;
}

const IS_ENTRY = new RegExp(ENTRY_ID);

function parseLine(value: unknown): RedriveLine {
  if (typeof value !== 'object' || value === null || !('id' in value)) {
    throw new BadLine('A line is an object with an id.');
  }
  const { id, ...scan } = value;
  if (typeof id !== 'string' || !IS_ENTRY.test(id)) {
    throw new BadLine('An id is one that the quarantine told.');
  }
  return { id, scan: Object.keys(scan).length > 0 ? scan : undefined };
}

/** All entries are there, the caller's, and named once. @throws Problem 422 */
function checkOwn(
  entries: readonly (QuarantinedView | undefined)[],
  organisation: string,
  lines: readonly RedriveLine[],
): void {
  const seen = new Set<string>();
  const faults: { field: string; text: string }[] = [];
  for (const [i, { id }] of lines.entries()) {
    const field = `line ${i + 1}`;
    if (entries[i]?.source !== organisation) {
      faults.push({ field, text: 'There is no such entry of yours.' });
    } else if (seen.has(id)) faults.push({ field, text: 'An entry is named once.' });
    seen.add(id);
  }
  if (faults.length > 0) throw badLines(faults);
}

function viewOf(season: TrackSeason, entry: QuarantinedView): object {
  const { id, source, reason, receivedAt, line, scan } = entry;
  return {
    id,
    source,
    reason,
    receivedAt: new Date(receivedAt).toISOString(),
    line,
    ...(scan && { scan: scanView(season, scan) }),
  };
}
