import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { principalOf } from '../../access/guard.js';
import { BatchBuilder } from '../../track/batch-builder.js';
import { addLines } from '../../track/scan-lines.js';
import { operation } from '../gate/route.js';
import type { TrackContext } from './context.js';
import { bodyOf, ofLines, readWhole } from './lines.js';
import { answerText } from './scan-answer.js';
import { Scans, ScansAnswer } from './schema.js';

/** POST /v1/scans: scans in, each line one, from bytes to columns; no object a scan. */
export function scanRoutes(context: TrackContext): FastifyPluginAsyncTypebox {
  return async (app) => {
    readWhole(app, context.limits);
    const schema = operation({
      operationId: 'sendScans',
      summary:
        'Scans, counted once whatever their order, repetition and lateness; answered when durable (T6)',
      tags: ['scans'],
      body: Scans,
      answers: { 200: ScansAnswer },
    });
    app.post('/v1/scans', ofLines(schema), (request, reply) =>
      takeScans(context, request, reply, bodyOf(request)),
    );
  };
}

async function takeScans(
  { service, senders, turns, metrics }: TrackContext,
  request: FastifyRequest,
  reply: FastifyReply,
  body: Buffer,
): Promise<FastifyReply> {
  const principal = principalOf(request);
  const { source, names } = await senders.of(principal);
  const { season } = service;
  const text = await turns.run(principal.organisation.id, body.length, async () => {
    const builder = new BatchBuilder(names, season.keys);
    addLines(body, builder);
    const taken = await service.take(builder.finish(source, season.timing.now()));
    metrics.countTaken(taken.tally);
    return answerText(taken, builder.faults);
  });
  return reply.type('application/json; charset=utf-8').send(text);
}
