import { Type } from 'typebox';
import { LEVELS } from '../../../warn/warning.js';
import { Id, Instant, Name, Time } from '../gate/ticket-schema.js';

/** What the routes of warnings take and answer (docs/spec/warnings.md). */

const closed = { additionalProperties: false };
const word = { type: 'string' };
/** Warnings of a page, and events of a change. */
export const PAGE_MOST = 500;

const Level = Type.Enum([...LEVELS], word);
const SubjectKind = Type.Enum(['resource', 'city', 'province', 'operator', 'nation'], word);
const Reach = Type.Enum(['city', 'province', 'nation'], word);
const Act = Type.Enum(
  ['issued', 'raised', 'lowered', 'acknowledged', 'adjusted', 'escalated', 'lifted'],
  word,
);
const subject = { kind: SubjectKind, id: Name };
const Parcels = Type.Number();
const Share = Type.Number();

const Cause = Type.Object(
  {
    kind: Type.Enum(['stock', 'onTheWay', 'released', 'capacity'], word),
    resource: Type.Optional(Type.String()),
    parcels: Parcels,
  },
  { title: 'WarningCause' },
);
const Cure = Type.Object(
  {
    kind: Type.Enum(['holdReleases', 'divert', 'addCapacity', 'clearStock'], word),
    resource: Type.Optional(Type.String()),
    parcels: Parcels,
    cost: Type.Number({ description: 'parcel-slots; modelled' }),
    averts: Type.Boolean({ description: 'whether it suffices alone' }),
  },
  { title: 'WarningCure' },
);
const level = {
  id: Type.String(),
  subject: Type.Object(subject, { title: 'WarningSubject' }),
  level: Level,
  shape: Type.Optional(Type.Enum(['peak', 'sustained'], word)),
  breachAt: Type.Optional(Time),
  leadHours: Type.Optional(Type.Number({ minimum: 0 })),
  issuedAt: Time,
  endedAt: Type.Optional(Time),
};
/** What is left out is not known, or not for whoever asks. */
export const WarningView = Type.Object(
  {
    ...level,
    basis: Type.Optional(Type.Enum(['stock', 'onTheWay', 'plan'], word)),
    chance: Type.Optional(Share),
    floorShare: Type.Optional(Share),
    capacityHours: Type.Optional(Type.Number()),
    causes: Type.Optional(Type.Array(Cause)),
    cure: Type.Optional(Cure),
    owner: Type.Optional(
      Type.Object(
        { operator: Type.Optional(Type.String()), region: Type.String() },
        { title: 'WarningOwner' },
      ),
    ),
    reach: Type.Optional(Reach),
    policyVersion: Type.Optional(Type.Integer()),
    acknowledged: Type.Optional(Type.Boolean()),
    byPerson: Type.Optional(Type.Boolean({ description: 'issued by a person' })),
  },
  { title: 'Warning' },
);
const EventView = Type.Object(
  {
    seq: Type.Integer(),
    at: Time,
    act: Act,
    level: Level,
    reach: Type.Optional(Reach),
    actor: Type.Optional(Type.String()),
    reason: Type.Optional(Type.String()),
    notified: Type.Optional(Type.Array(Type.String())),
  },
  { title: 'WarningEvent' },
);
export const WarningHistory = Type.Object(
  { at: Time, warning: WarningView, events: Type.Array(EventView) },
  { title: 'WarningHistory' },
);
export const WarningPage = Type.Object(
  {
    /** The season's clock. */
    at: Time,
    /** When those in force were assessed last. */
    assessedAt: Type.Optional(Time),
    items: Type.Array(WarningView),
    next: Type.Optional(Type.String()),
  },
  { title: 'WarningPage' },
);
export const WarningsQuery = Type.Object(
  {
    state: Type.Optional(Type.Enum(['open', 'ended'], { ...word, default: 'open' })),
    level: Type.Optional(Level),
    kind: Type.Optional(SubjectKind),
    subject: Type.Optional(Name),
    reach: Type.Optional(Reach),
    cursor: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,8}$' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: PAGE_MOST, default: 100 })),
  },
  closed,
);
export const WarningParams = Type.Object({ id: Id }, closed);

const Reason = Type.String({
  pattern: '^[^\\p{Cc}\\p{Cs}]{1,500}$',
  description: 'why; nothing of people, no waybill number',
});
export const NewWarningBody = Type.Object(
  {
    subject: Type.Object(subject, closed),
    level: Level,
    reason: Reason,
    breachAt: Type.Optional(Instant),
  },
  { ...closed, title: 'NewWarning' },
);
export const ReasonBody = Type.Object({ reason: Reason }, { ...closed, title: 'WarningReason' });
export const AdjustBody = Type.Object(
  { level: Level, reason: Reason },
  { ...closed, title: 'WarningAdjustment' },
);

const above0 = Type.Number({ exclusiveMinimum: 0 });
const least0 = Type.Number({ minimum: 0 });
const share = Type.Number({ minimum: 0, maximum: 1 });
const shareAbove0 = Type.Number({ exclusiveMinimum: 0, maximum: 1 });
const Thresholds = Type.Object(
  { chance: shareAbove0, withinHours: above0, floorShare: above0, capacityHours: above0 },
  { ...closed, title: 'WarningThresholds' },
);
const policy = {
  since: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' }),
  levels: Type.Object(
    { blue: Thresholds, yellow: Thresholds, orange: Thresholds, red: Thresholds },
    closed,
  ),
  breachChance: share,
  sustainedAbove: above0,
  sustainedHours: least0,
  areaShare: shareAbove0,
  margin: shareAbove0,
  lowerAfterHours: least0,
  leastHours: least0,
  costs: Type.Object({ addCapacity: least0, clearStock: least0 }, closed),
  limits: Type.Object({ addCapacity: least0, clearStock: share, floorShare: shareAbove0 }, closed),
  escalation: Type.Array(
    Type.Object(
      {
        to: Type.Enum(['province', 'nation'], word),
        level: Level,
        afterHours: least0,
        unlessAcknowledged: Type.Boolean(),
      },
      closed,
    ),
    { maxItems: 20 },
  ),
};
export const NewPolicyBody = Type.Object(
  {
    base: Type.Integer({
      minimum: 1,
      maximum: 1_000_000,
      description: 'the version that it replaces',
    }),
    reason: Reason,
    policy: Type.Object(policy, closed),
  },
  { ...closed, title: 'NewWarningPolicy' },
);
export const PolicyAnswer = Type.Object(
  {
    policy: Type.Object(
      {
        version: Type.Integer(),
        basis: Type.Enum(['assumed', 'set'], word),
        ...policy,
      },
      { title: 'WarningPolicy' },
    ),
    madeBy: Type.Optional(Type.String()),
    reason: Type.Optional(Type.String()),
    madeAt: Type.Optional(Time),
  },
  { title: 'WarningPolicyInForce' },
);
export const ChangesHeaders = Type.Object({ 'last-event-id': Type.Optional(Type.String()) });
export const WarningChangesQuery = Type.Object(
  {
    after: Type.Optional(
      Type.String({ pattern: '^(0|[1-9][0-9]{0,14})$', description: 'of the last event seen' }),
    ),
  },
  closed,
);
