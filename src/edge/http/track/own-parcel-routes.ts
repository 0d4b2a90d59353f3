import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { KINDS } from '../../../track/scans.js';
import { principalOf } from '../../access/guard.js';
import { BadCursor } from '../../gate/gate-service.js';
import type { DeclareOutcome, OwnParcel } from '../../track/own-parcels.js';
import { type ParcelProgress, Progress, type ProgressCursor } from '../../track/progress.js';
import type { TrackSeason } from '../../track/track-season.js';
import { FairQueue } from '../gate/fair-queue.js';
import { organisationOf } from '../gate/intake.js';
import { titleOf } from '../gate/problems.js';
import { operation } from '../gate/route.js';
import { Problem } from '../problem.js';
import type { TrackContext } from './context.js';
import { bodyOf, readWhole } from './lines.js';
import { type LineFault, readDeclared, wordsOfHashes } from './own-parcel-lines.js';
import { DeclaredAnswer, DeclaredParcels, ProgressAnswer, ProgressQuery } from './schema.js';

const tags = ['parcels'];
const PAGE = 200;
/** Tickets that one call names: each is looked up. */
const TICKETS_MOST = 200;

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
      lines.post(
        '/v1/parcels',
        {
          schema: { ...schema, consumes: ['application/x-ndjson'] },
          config: { lines: 'whole' },
          validatorCompiler: () => (value: unknown) => ({ value }),
        },
        (request) => {
          const body = bodyOf(request);
          return turns.run(organisationOf(request), body.length, () =>
            declare(context, request, body),
          );
        },
      );
    });
  };
}

const SAID: Readonly<Record<string, Omit<LineFault, 'line'>>> = {
  'unknown-ticket': {
    code: 'unknown-ticket',
    field: 'ticket',
    text: 'You have no such ticket in force with this operator.',
  },
  'ticket-full': {
    code: 'ticket-full',
    field: 'ticket',
    text: 'As many parcels as the ticket has are declared already.',
  },
  'too-many': { code: 'too-many', text: 'You follow as many parcels as one may.' },
};

async function declare(
  context: TrackContext,
  request: FastifyRequest,
  body: Buffer,
): Promise<object> {
  const { own, service } = context;
  const { parcels, faults } = readDeclared(body, service.season);
  const room = await ticketsOf(context, request, parcels);
  const isTheirs = (each: OwnParcel) => !room || room.has(keyOf(each));
  const good = parcels.filter(isTheirs);
  for (const { line } of parcels.filter((each) => !isTheirs(each))) {
    faults.push({ line, ...SAID['unknown-ticket'] });
  }
  const most = new Map(
    good.map((each) => [each.ticket, room?.get(keyOf(each)) ?? Number.POSITIVE_INFINITY]),
  );
  const now = service.season.timing.now();
  const outcomes = await own.declare(organisationOf(request), good, most, now);
  const count = (what: DeclareOutcome) => outcomes.filter((outcome) => outcome === what).length;
  for (const [i, outcome] of outcomes.entries()) {
    if (SAID[outcome]) faults.push({ line: good[i].line, ...SAID[outcome] });
  }
  faults.sort((a, b) => a.line - b.line);
  return {
    received: parcels.length + faults.filter(({ code }) => !SAID[code]).length,
    declared: count('declared'),
    duplicate: count('duplicate'),
    refused: faults.length,
    parcels: good.flatMap(({ line, parcel }, i) =>
      SAID[outcomes[i]] ? [] : [{ line, parcel: parcel.toString('base64url') }],
    ),
    faults,
  };
}

/** Parcels of the tickets named that are theirs and in force; undefined where there is no gate to ask. */
async function ticketsOf(
  { tickets }: TrackContext,
  request: FastifyRequest,
  parcels: readonly OwnParcel[],
): Promise<Map<string, number> | undefined> {
  if (!tickets) return undefined;
  const names = new Set(parcels.map(({ ticket }) => ticket));
  if (names.size > TICKETS_MOST) {
    throw new Problem(422, titleOf(422), `A call names at most ${TICKETS_MOST} tickets.`);
  }
  const room = new Map<string, number>();
  for (const name of names) {
    const found = await tickets.find(principalOf(request), name);
    const ticket = found?.tickets.find((each) => each.ticket === name);
    if (!ticket || ticket.state === 'cancelled' || ticket.state === 'lapsed') continue;
    room.set(keyOf({ ticket: name, operator: ticket.operator }), ticket.parcels);
  }
  return room;
}

function keyOf({ ticket, operator }: Pick<OwnParcel, 'ticket' | 'operator'>): string {
  return JSON.stringify([ticket, operator]);
}

async function readProgress(
  { own, service }: TrackContext,
  organisation: string,
  limit: number,
  after: ProgressCursor | undefined,
): Promise<object> {
  const { season } = service;
  const now = season.timing.now();
  const progress = new Progress(limit + 1, after, now);
  for await (const page of own.read(organisation)) {
    progress.add(page, await service.states(wordsOfHashes(page.map(({ parcel }) => parcel))));
  }
  const first = progress.first();
  const items = first.slice(0, limit);
  const last = items.at(-1);
  const [declared, ...byKind] = progress.counts;
  return {
    at: new Date(now).toISOString(),
    counts: { declared, ...Object.fromEntries(KINDS.map((kind, k) => [kind, byKind[k]])) },
    late: progress.late,
    items: items.map((item) => viewOf(service.season, item, progress.isLate(item.since))),
    ...(first.length > limit && last && { next: cursorOf(last) }),
  };
}

function viewOf(
  { scenario }: TrackSeason,
  { operator, parcel, ticket, kind, resource, to, since }: ParcelProgress,
  late: boolean,
): object {
  const { ids } = scenario.resources;
  return {
    parcel: parcel.toString('base64url'),
    operator,
    ticket,
    state: kind === 0 ? 'declared' : KINDS[kind - 1],
    since: new Date(since).toISOString(),
    ...(kind > 0 && { resource: ids.get(resource) }),
    ...(kind > 0 && to >= 0 && { to: ids.get(to) }),
    late,
  };
}

function cursorOf({ since, parcel }: ProgressCursor): string {
  return `${since}.${parcel.toString('base64url')}`;
}

/** @throws BadCursor */
function parseCursor(text: string): ProgressCursor {
  const [, since, hash] = /^(\d{1,16}(?:\.\d{1,6})?)\.([\w-]{22})$/.exec(text) ?? [];
  if (since === undefined) throw new BadCursor();
  return { since: Number(since), parcel: Buffer.from(hash, 'base64url') };
}
