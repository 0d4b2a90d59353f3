import type { Readable } from 'node:stream';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { principalOf } from '../../access/guard.js';
import { notThere } from '../../access/refusals.js';
import { type ErrorBehaviour, placeText } from '../../track/epcis/capture.js';
import { CONTEXT, type EpcisEvent, readDocument } from '../../track/epcis/documents.js';
import { countEpcs, type EventFault } from '../../track/epcis/read-events.js';
import type { ToldEvent } from '../../track/epcis/tell-event.js';
import type { Limits } from '../gate/limits.js';
import { titleOf } from '../gate/problems.js';
import { readBody } from '../gate/read-body.js';
import { operation } from '../gate/route.js';
import { Problem, type RequestFault } from '../problem.js';
import type { TrackContext } from './context.js';
import { speakEpcis } from './epcis-headers.js';
import { answerEpcisProblems } from './epcis-problems.js';
import {
  CaptureJobAnswer,
  CaptureParams,
  EpcisDocument,
  EpcisQueryDocument,
  EventsQuery,
} from './epcis-schema.js';
import { SCANS_MOST } from './schema.js';

const tags = ['epcis'];
/** Events of a page, if nothing else is asked for: as the standard has it. */
const PER_PAGE = 30;
/** More tell nothing new. */
const FAULTS_MOST = 100;

/** Scans as events of EPCIS 2.0, in and out, as that standard's REST binding says (docs/spec/tracking.md). */
export function epcisRoutes(context: TrackContext): FastifyPluginAsyncTypebox {
  return async (app) => {
    await app.register(captureRoutes(context));
    await app.register(eventRoutes(context));
  };
}

function captureRoutes(context: TrackContext): FastifyPluginAsyncTypebox {
  return async (app) => {
    speakEpcis(app);
    answerEpcisProblems(app, 'ValidationException');
    readWholeJson(app, context.limits);
    const schema = operation({
      operationId: 'captureEvents',
      summary: 'Scans as events of an EPCIS 2.0 document; answered when they are durable (T6)',
      tags,
      body: EpcisDocument,
      answers: { 202: null },
      problems: [406],
    });
    app.post(
      '/epcis/v2/capture',
      {
        schema: { ...schema, consumes: ['application/json', 'application/ld+json'] },
        config: { lines: 'whole' },
        validatorCompiler: () => (value: unknown) => ({ value }),
      },
      (request, reply) => takeDocument(context, request, reply),
    );
    app.get(
      '/epcis/v2/capture/:id',
      {
        schema: operation({
          operationId: 'getCaptureJob',
          summary: 'What became of a document that was captured',
          tags,
          params: CaptureParams,
          answers: { 200: CaptureJobAnswer },
          problems: [404, 406],
        }),
      },
      async (request, reply) => {
        const job = await context.epcis.findJob(
          principalOf(request).organisation.id,
          request.params.id,
        );
        if (!job) throw notThere('capture job');
        reply.header('gs1-capture-error-behaviour', job.captureErrorBehaviour);
        return sendJson(reply, job);
      },
    );
  };
}

async function takeDocument(
  { senders, turns, limits, epcis, metrics }: TrackContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const principal = principalOf(request);
  const { id, operator = '' } = principal.organisation;
  const behaviour = behaviourOf(request);
  const { body } = request;
  if (!(body instanceof Buffer)) throw invalid('There is no document.');
  const sender = { ...(await senders.of(principal)), operator };
  const job = await turns.run(id, body.length, () => {
    const events = eventsIn(body, limits);
    return epcis.capture(id, sender, events, behaviour);
  });
  if (!('captureID' in job)) throw refused(job);
  metrics.countTaken(job['cuofeng:scans']);
  return reply
    .code(202)
    .header('location', `/epcis/v2/capture/${job.captureID}`)
    .header('gs1-capture-error-behaviour', behaviour)
    .send();
}

/** @throws Problem 400 or 413 */
function eventsIn(body: Buffer, { bodyBytesMost }: Limits): readonly EpcisEvent[] {
  let value: unknown;
  try {
    value = JSON.parse(body.toString());
  } catch {
    throw invalid('This is not JSON.');
  }
  const document = readDocument(value);
  if ('faults' in document) throw invalid('It is no EPCIS document.', document.faults);
  if (countEpcs(document.events) <= SCANS_MOST) return document.events;
  throw new Problem(413, titleOf(413), `A document names at most ${SCANS_MOST} parcels.`, {
    'gs1-epcis-capture-limit': String(SCANS_MOST),
    'gs1-epcis-capture-file-size-limit': String(bodyBytesMost),
  });
}

function behaviourOf({ headers }: FastifyRequest): ErrorBehaviour {
  const asked = headers['gs1-capture-error-behaviour'] ?? 'rollback';
  if (asked === 'rollback' || asked === 'proceed') return asked;
  throw invalid('GS1-Capture-Error-Behaviour is rollback or proceed.');
}

function invalid(detail: string, faults: readonly RequestFault[] = []): Problem {
  return new Problem(400, titleOf(400), detail, {}, faults);
}

function refused(faults: readonly EventFault[]): Problem {
  const shown = faults.slice(0, FAULTS_MOST).map((fault) => ({
    field: placeText(fault),
    text: `${fault.code}: ${fault.text}`,
  }));
  const detail = `${faults.length} faults; nothing was taken. GS1-Capture-Error-Behaviour: proceed takes what is right.`;
  return invalid(detail, shown);
}

function eventRoutes({ sights, epcis, service }: TrackContext): FastifyPluginAsyncTypebox {
  return async (app) => {
    speakEpcis(app);
    answerEpcisProblems(app, 'QueryParameterException');
    app.get(
      '/epcis/v2/events',
      {
        schema: operation({
          operationId: 'listEvents',
          summary:
            'Scans that came in, as EPCIS 2.0 events, the last received first; parcels are told by hash (P13)',
          tags,
          querystring: EventsQuery,
          answers: { 200: EpcisQueryDocument },
          problems: [406],
        }),
      },
      async (request, reply) => {
        const { organisation } = principalOf(request);
        const { perPage = PER_PAGE, nextPageToken: token, ...query } = request.query;
        const page = { perPage, ...(token !== undefined && { token }) };
        const found = await epcis.events(organisation, sights.of(organisation), query, page);
        if (found.token !== undefined) reply.header('link', nextLink(request, found.token));
        const { timing } = service.season;
        return sendJson(reply, queryDocument(found.events, timing.now()));
      },
    );
  };
}

function nextLink({ url }: FastifyRequest, token: string): string {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  searchParams.set('nextPageToken', token);
  return `<${pathname}?${searchParams.toString()}>; rel="next"`;
}

function queryDocument(eventList: readonly ToldEvent[], now: number): object {
  return {
    '@context': [CONTEXT, { cuofeng: 'urn:cuofeng:epcis:' }],
    type: 'EPCISQueryDocument',
    schemaVersion: '2.0',
    creationDate: new Date(now).toISOString(),
    epcisBody: { queryResults: { queryName: 'SimpleEventQuery', resultsBody: { eventList } } },
  };
}

function sendJson(reply: FastifyReply, value: object): FastifyReply {
  return reply
    .type('application/json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(value));
}

/** Documents are read whole, and parsed in their turn. */
function readWholeJson(app: FastifyInstance, limits: Limits): void {
  app.removeAllContentTypeParsers();
  const types = ['application/json', 'application/ld+json'];
  app.addContentTypeParser(types, (_request: FastifyRequest, body: Readable) =>
    readBody(body, limits),
  );
}
