import { Type } from 'typebox';
import { INSTANT_PATTERN } from '../../gate/instant.js';

/**
 * What the gate's routes take and answer about tickets (docs/spec/gate.md), once: requests are checked against
 * these schemas, OpenAPI and the client's types are made of them. A schema's title is its name there.
 */

/** Requests of one call; and the lines of NDJSON that are decided together. */
export const REQUESTS_MOST = 10_000;

/** Characters of an id or a name: none that cannot be seen or written. */
const VISIBLE = '[^\\p{Cc}\\p{Cs}]';
export const ID_CHARACTERS_MOST = 64;
export const NAME_CHARACTERS_MOST = 200;
export const PARCELS_MOST = 0x7fffffff;

export const Id = Type.String({
  pattern: `^${VISIBLE}{1,${ID_CHARACTERS_MOST}}$`,
  description: '1 to 64 characters, none of them a control character',
});
export const Name = Type.String({ pattern: `^${VISIBLE}{1,${NAME_CHARACTERS_MOST}}$` });
export const Instant = Type.String({
  pattern: INSTANT_PATTERN,
  format: 'date-time',
  description: 'ISO 8601 with seconds and offset',
});
/** As we write them; not checked again. */
export const Time = Type.String({ format: 'date-time' });
export const Count = Type.Integer({ minimum: 0 });
const closed = { additionalProperties: false };

export const RequestItemSchema = Type.Object(
  {
    id: Id,
    service: Name,
    operator: Name,
    origin: Name,
    destination: Name,
    readyAt: Instant,
    parcels: Type.Integer({ minimum: 1, maximum: PARCELS_MOST }),
    notAfter: Type.Optional(Instant),
    divisible: Type.Optional(Type.Boolean()),
  },
  { ...closed, title: 'RequestItem' },
);

export const Requests = Type.Object(
  { requests: Type.Array(RequestItemSchema, { minItems: 1, maxItems: REQUESTS_MOST }) },
  { ...closed, title: 'Requests' },
);

/** Why later than ready, or not at all (G9). */
const Reason = Type.Object(
  {
    code: Type.String(),
    text: Type.String(),
    resource: Type.Optional(Type.String()),
    slotStart: Type.Optional(Time),
    price: Type.Optional(Type.Number()),
  },
  { title: 'Reason' },
);

const TicketState = Type.Enum(['issued', 'confirmed', 'pickedUp', 'cancelled', 'lapsed'], {
  type: 'string',
});

const given = {
  ticket: Type.String(),
  slotStart: Time,
  slotEnd: Time,
  route: Type.String(),
  parcels: Type.Integer({ minimum: 1 }),
};
const TicketGiven = Type.Object(given, { title: 'TicketGiven' });
const TicketNow = Type.Object({ ...given, state: TicketState }, { title: 'TicketNow' });
/** Of a repeat whose tickets have changed since: how they stand (G2). */
const current = Type.Optional(Type.Array(TicketNow));

const TicketViewSchema = Type.Object(
  {
    ticket: Type.String(),
    id: Type.String(),
    shipper: Type.String(),
    service: Type.String(),
    operator: Type.String(),
    origin: Type.String(),
    destination: Type.String(),
    readyStart: { ...Time, description: 'start of the slot in which its parcels were ready' },
    slotStart: Time,
    slotEnd: Time,
    route: Type.String(),
    parcels: Type.Integer({ minimum: 1 }),
    state: TicketState,
  },
  { title: 'TicketView' },
);

const Ticketed = Type.Object(
  {
    id: Type.String(),
    status: Type.Literal('ticketed'),
    tickets: Type.Array(TicketGiven),
    plan: Type.Integer(),
    reason: Type.Optional(Reason),
    current,
  },
  { title: 'Ticketed' },
);

const Refused = Type.Object(
  { id: Type.String(), status: Type.Literal('refused'), reason: Reason },
  { title: 'Refused' },
);

const Erroneous = Type.Object(
  {
    /** Missing where none could be read. */
    id: Type.Optional(Type.String()),
    status: Type.Literal('error'),
    error: Type.Object({
      code: Type.String(),
      field: Type.Optional(Type.String()),
      text: Type.String(),
    }),
  },
  { title: 'Erroneous' },
);

const Result = Type.Union([Ticketed, Refused, Erroneous], { title: 'Result' });
export const Results = Type.Object({ results: Type.Array(Result) }, { title: 'Results' });

export const RequestViewSchema = Type.Object(
  {
    result: Result,
    tickets: Type.Array(TicketViewSchema),
    routes: Type.Array(
      Type.Object(
        { route: Type.String(), resources: Type.Array(Type.String()) },
        { title: 'RouteView', description: 'what a route of the tickets loads, in order' },
      ),
    ),
  },
  { title: 'RequestView' },
);

export const TicketParams = Type.Object({ id: Id });

export const TicketsQuery = Type.Object(
  {
    slotStart: Type.Optional(Instant),
    operator: Type.Optional(Name),
    origin: Type.Optional(Name),
    destination: Type.Optional(Name),
    shipper: Type.Optional(Name),
    state: Type.Optional(TicketState),
    cursor: Type.Optional(Type.String({ maxLength: 200 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  },
  closed,
);

export const TicketsPage = Type.Object(
  { items: Type.Array(TicketViewSchema), next: Type.Optional(Type.String()) },
  { title: 'TicketsPage' },
);

const SumsBy = Type.Enum(['slot', 'origin', 'destination'], { type: 'string' });

export const SummaryQuery = Type.Object(
  {
    by: Type.Optional(SumsBy),
    slotStart: Type.Optional(Instant),
    operator: Type.Optional(Name),
    origin: Type.Optional(Name),
    destination: Type.Optional(Name),
    shipper: Type.Optional(Name),
  },
  closed,
);

/** Parcels but for `heldHours`, parcels × hours, and `tickets`. */
const TicketSum = Type.Object(
  {
    operator: Type.String(),
    slotStart: Type.Optional(Time),
    origin: Type.Optional(Type.String()),
    destination: Type.Optional(Type.String()),
    share: Type.Integer({ description: "of the plan's share, what nobody has asked for yet" }),
    ready: Type.Integer({ description: 'of tickets not cancelled, by the slot of readiness' }),
    issued: Count,
    confirmed: Count,
    pickedUp: Count,
    cancelled: Count,
    lapsed: Count,
    heldHours: Type.Number({ description: 'parcels × hours from readiness to the slot' }),
    tickets: Count,
  },
  { title: 'TicketSum' },
);

export const SummaryAnswer = Type.Object(
  { at: Time, rows: Type.Array(TicketSum) },
  { title: 'TicketsSummary' },
);

export const Ids = Type.Object(
  { ids: Type.Array(Id, { minItems: 1, maxItems: REQUESTS_MOST }) },
  { ...closed, title: 'Ids' },
);

export const Outcomes = Type.Object(
  {
    results: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          status: Type.Enum(['done', 'unknown', 'too-late', 'not-in-force'], { type: 'string' }),
        },
        { title: 'Outcome' },
      ),
    ),
  },
  { title: 'Outcomes' },
);
