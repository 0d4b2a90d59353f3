import { Type } from 'typebox';
import { Count, Id, Instant, Name, Time } from './ticket-schema.js';

/** What the gate's other routes take and answer: changes, webhooks, capacities, overhang, status. */

const closed = { additionalProperties: false };
const Cursor = Type.String({ maxLength: 200, pattern: '^[\\x21-\\x7e]+$' });
const Limit = Type.Integer({ minimum: 1, maximum: 1000 });

export const ProblemSchema = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    /** What is wrong, place by place. */
    faults: Type.Optional(Type.Array(Type.Object({ field: Type.String(), text: Type.String() }))),
  },
  { title: 'Problem' },
);

/** Seconds that a long poll waits for a first change. */
export const WAIT_SECONDS = 25;
const WAIT_SECONDS_MOST = 60;

export const ChangesQuery = Type.Object(
  {
    after: Type.Optional(Cursor),
    wait: Type.Optional(Type.Integer({ minimum: 0, maximum: WAIT_SECONDS_MOST })),
    limit: Type.Optional(Limit),
  },
  closed,
);

const Whereabouts = { slotStart: Time, route: Type.String() };
const TicketChange = Type.Object(
  {
    type: Type.Literal('ticket'),
    at: Time,
    ticket: Type.String(),
    id: Type.String(),
    shipper: Type.String(),
    change: Type.Enum(['confirmed', 'pickedUp', 'cancelled', 'lapsed', 'moved'], {
      type: 'string',
    }),
    ...Whereabouts,
    from: Type.Optional(Type.Object(Whereabouts)),
    reason: Type.Optional(Type.Enum(['compression', 'overhang'], { type: 'string' })),
  },
  { title: 'TicketChange' },
);
const PlanChange = Type.Object(
  {
    type: Type.Literal('plan'),
    at: Time,
    version: Type.Integer(),
    operators: Type.Array(Type.String()),
  },
  { title: 'PlanChange' },
);
const capacity = { resource: Type.String(), slotStart: Time, parcels: Count };
const CapacityChange = Type.Object(
  { type: Type.Literal('capacity'), at: Time, ...capacity },
  { title: 'CapacityChange' },
);
const ChangeSchema = Type.Union([TicketChange, PlanChange, CapacityChange], {
  title: 'Change',
});
export const ChangesPage = Type.Object(
  { changes: Type.Array(ChangeSchema), cursor: Type.String() },
  { title: 'ChangesPage' },
);

const Url = Type.String({ pattern: '^https://[\\x21-\\x7e]{1,1000}$' });
export const NewWebhook = Type.Object(
  { url: Url, after: Type.Optional(Cursor) },
  { ...closed, title: 'NewWebhook' },
);
export const WebhookPatch = Type.Object(
  { url: Type.Optional(Url), state: Type.Optional(Type.Literal('active')) },
  { ...closed, title: 'WebhookPatch', minProperties: 1 },
);
const webhook = {
  id: Type.String(),
  url: Type.String(),
  state: Type.Enum(['active', 'paused'], { type: 'string' }),
  /** Why it is paused, or the last attempt failed. */
  trouble: Type.Optional(Type.String()),
  /** Attempts that failed since the last that did not. */
  failures: Count,
  retryAt: Type.Optional(Time),
  madeAt: Time,
};
export const WebhookView = Type.Object(webhook, { title: 'Webhook' });
export const CreatedWebhook = Type.Object(
  { ...webhook, secret: Type.String({ description: 'shown this once; signs the deliveries' }) },
  { title: 'CreatedWebhook' },
);
export const WebhooksAnswer = Type.Object({ items: Type.Array(WebhookView) });
export const IdParams = Type.Object({ id: Id });

const DECLARATIONS_MOST = 1000;
const NewDeclaration = Type.Object(
  {
    resource: Name,
    /** Start of the first slot. */
    from: Instant,
    /** Start of the slot after the last; without it the one slot. */
    until: Type.Optional(Instant),
    parcels: Type.Integer({ minimum: 0, maximum: 0x7fffffff }),
    reason: Name,
    validUntil: Type.Optional(Instant),
  },
  { ...closed, title: 'NewDeclaration' },
);
export const NewDeclarations = Type.Object(
  {
    declarations: Type.Array(NewDeclaration, { minItems: 1, maxItems: DECLARATIONS_MOST }),
  },
  { ...closed, title: 'NewDeclarations' },
);
const DeclarationState = Type.Enum(
  ['in force', 'waiting', 'approved', 'rejected', 'withdrawn', 'superseded'],
  { type: 'string' },
);
export const DeclarationSchema = Type.Object(
  {
    id: Type.String(),
    organisation: Type.String(),
    operator: Type.String(),
    resource: Type.String(),
    region: Type.String(),
    from: Time,
    until: Time,
    parcels: Count,
    licensed: Count,
    reason: Type.String(),
    validUntil: Type.Optional(Time),
    state: DeclarationState,
    declaredBy: Type.String(),
    declaredAt: Time,
    decidedBy: Type.Optional(Type.String()),
    decidedAt: Type.Optional(Time),
    decidedReason: Type.Optional(Type.String()),
  },
  { title: 'Declaration' },
);
export const DeclarationsAnswer = Type.Object(
  { declarations: Type.Array(DeclarationSchema) },
  { title: 'Declarations' },
);
export const DeclarationsQuery = Type.Object(
  {
    resource: Type.Optional(Name),
    state: Type.Optional(DeclarationState),
    cursor: Type.Optional(Cursor),
    limit: Type.Optional(Limit),
  },
  closed,
);
export const DeclarationsPage = Type.Object(
  { items: Type.Array(DeclarationSchema), next: Type.Optional(Type.String()) },
  { title: 'DeclarationsPage' },
);
export const DeclarationDecision = Type.Object(
  { reason: Name },
  { ...closed, title: 'DeclarationDecision' },
);

export const OverhangAnswer = Type.Object({
  items: Type.Array(Type.Object(capacity, { title: 'Overhang' })),
});
export const SettledAnswer = Type.Object({ moved: Count });

export const GateAnswer = Type.Object(
  {
    now: Time,
    shards: Type.Array(
      Type.Object(
        {
          shard: Type.Integer(),
          operators: Type.Array(Type.String()),
          state: Type.Enum(['ready', 'opening', 'away'], { type: 'string' }),
          epoch: Type.Integer(),
          plan: Type.Integer(),
          tickets: Count,
          seq: Count,
          behindMs: Type.Number({ minimum: 0 }),
        },
        { title: 'ShardStatus' },
      ),
    ),
  },
  { title: 'GateStatus' },
);
export const HealthAnswer = Type.Object({ status: Type.Literal('ok') });
