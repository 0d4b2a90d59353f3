import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import type { Warning } from '../../../warn/warning.js';
import { principalOf } from '../../access/guard.js';
import { notThere } from '../../access/refusals.js';
import { findNumber, numberOf } from '../../warn/warn-events.js';
import { sendEvents, withStream } from '../gate/event-stream.js';
import { titleOf } from '../gate/problems.js';
import { operation } from '../gate/route.js';
import { Problem } from '../problem.js';
import type { WarnContext } from './context.js';
import {
  ChangesHeaders,
  WarningChangesQuery,
  WarningHistory,
  WarningPage,
  WarningParams,
  WarningsQuery,
} from './schema.js';
import { eventView, iso, viewOf } from './view.js';
import { streamWarnings } from './warn-stream.js';

const tags = ['warnings'];
const PAGE = 100;

/** Warnings, as far as whoever asks may see them. */
export function warnRoutes(context: WarnContext): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/v1/warnings',
      {
        schema: operation({
          operationId: 'listWarnings',
          summary: 'Warnings in force, or ended, that the caller may see, the newest first',
          tags,
          querystring: WarningsQuery,
          answers: { 200: WarningPage },
        }),
      },
      (request) => pageOf(context, request, request.query),
    );
    app.get(
      '/v1/warnings/:id',
      {
        schema: operation({
          operationId: 'getWarning',
          summary: 'A warning, and all that became of it',
          tags,
          params: WarningParams,
          answers: { 200: WarningHistory },
          problems: [404],
        }),
      },
      async (request) => {
        const viewer = principalOf(request).organisation;
        const number = findNumber(request.params.id);
        const found = number === undefined ? undefined : await context.reader.find(number);
        const warning = found && viewOf(context, viewer, found);
        if (!found || !warning) throw notThere('warning');
        const events = await context.reader.events(numberOf(found.id));
        return {
          at: iso(context.timing.now()),
          warning,
          events: events.map((event) => eventView(context, viewer, found, event)),
        };
      },
    );
    app.get(
      '/v1/warnings/changes',
      {
        schema: {
          ...operation({
            operationId: 'followWarnings',
            summary:
              'Server-sent events: warnings, what becomes of those that the caller may see; without a cursor, from now on',
            tags,
            querystring: WarningChangesQuery,
            answers: { 200: 'text/event-stream' },
          }),
          headers: ChangesHeaders,
        },
      },
      (request, reply) =>
        withStream(context, request, reply, async (signal) => {
          const viewer = principalOf(request).organisation;
          const after = cursorOf(request.query.after ?? eventIdOf(request));
          const seq = after ?? (await context.reader.head());
          return sendEvents(reply, (response) =>
            streamWarnings(response, { ...context, viewer, after: seq, signal }),
          );
        }),
    );
  };
}

type Query = Static<typeof WarningsQuery>;

async function pageOf(
  { reader, ...context }: WarnContext,
  request: FastifyRequest,
  query: Query,
): Promise<object> {
  const viewer = principalOf(request).organisation;
  const { state = 'open', cursor, limit = PAGE } = query;
  const open = await reader.open();
  const items: object[] = [];
  let next: string | undefined;
  let below = cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(cursor);
  while (next === undefined) {
    const some =
      state === 'open'
        ? open.warnings.filter(({ id }) => numberOf(id) < below)
        : await reader.ended(Math.min(below, 2 ** 31 - 1), limit);
    if (some.length === 0) break;
    for (const warning of some) {
      if (items.length === limit) {
        next = String(below);
        break;
      }
      below = numberOf(warning.id);
      const view = isAsked(query, warning) ? viewOf({ ...context }, viewer, warning) : undefined;
      if (view) items.push(view);
    }
  }
  return {
    at: iso(context.timing.now()),
    ...(Number.isFinite(open.at) && { assessedAt: iso(open.at) }),
    items,
    ...(next !== undefined && { next }),
  };
}

function isAsked({ level, kind, subject, reach }: Query, warning: Warning): boolean {
  return (
    (level === undefined || warning.level === level) &&
    (kind === undefined || warning.subject.kind === kind) &&
    (subject === undefined || warning.subject.id === subject) &&
    (reach === undefined || warning.reach === reach)
  );
}

function eventIdOf({ headers }: FastifyRequest): string | undefined {
  const id = headers['last-event-id'];
  return typeof id === 'string' && id !== '' ? id : undefined;
}

function cursorOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^(0|[1-9]\d{0,14})$/.test(text)) return Number(text);
  throw new Problem(400, titleOf(400), 'Last-Event-ID is no cursor.');
}
