import type { FastifyRequest } from 'fastify';
import { principalOf } from '../../access/guard.js';
import type { DeclareOutcome, OwnParcel } from '../../track/own-parcels.js';
import { organisationOf } from '../gate/intake.js';
import { titleOf } from '../gate/problems.js';
import { Problem } from '../problem.js';
import type { TrackContext } from './context.js';
import { type LineFault, readDeclared } from './own-parcel-lines.js';

/** Tickets that one call names: each is looked up. */
const TICKETS_MOST = 200;

/** What is said of lines that could be read, by what became of them. */
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

/** POST /v1/parcels: what becomes of each line; a parcel is declared under a ticket of the caller's, if there is a gate to ask. */
export async function declareParcels(
  context: TrackContext,
  request: FastifyRequest,
  body: Buffer,
): Promise<object> {
  const { own, service } = context;
  const { parcels, faults } = readDeclared(body, service.season);
  const received = parcels.length + faults.length;
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
    received,
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
