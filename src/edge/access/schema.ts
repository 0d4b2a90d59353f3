import { type Static, Type } from 'typebox';
import { AUDIT_ACTIONS } from './audit-actions.js';
import { LOGIN, ORGANISATION_ID } from './handles.js';
import { PASSWORD_MOST } from './passwords.js';
import { KINDS } from './principal.js';

/** What the routes of organisations, people, keys and sessions take and answer. */

const closed = { additionalProperties: false };
const word = { type: 'string' };
export const Kind = Type.Enum(KINDS, word);
export const Level = Type.Enum(['nation', 'province', 'city'], word);
const RoleName = Type.Enum(['viewer', 'dispatcher', 'manager'], word);
const OrganisationId = Type.String({ pattern: ORGANISATION_ID });
const Login = Type.String({ pattern: LOGIN, description: 'a part and a number: duty-1; no name' });
const Region = Type.String({
  pattern: '^[0-9]{6}$',
  description: 'GB/T 2260; the nation is 000000',
});
/** Said of an act, and kept with it. */
const Text = Type.String({ pattern: '^[^\\p{Cc}\\p{Cs}]{1,200}$' });
const Time = Type.String({ format: 'date-time' });
const Password = Type.String({ minLength: 1, maxLength: PASSWORD_MOST });

export const OrganisationParams = Type.Object({ id: Type.String({ maxLength: 64 }) });
export const KeyParams = Type.Object({
  id: Type.String({ maxLength: 64 }),
  key: Type.String({ maxLength: 64 }),
});
export const AccountParams = Type.Object({
  id: Type.String({ maxLength: 64 }),
  login: Type.String({ maxLength: 64 }),
});

export const Credentials = Type.Object(
  { organisation: OrganisationId, login: Login, password: Password },
  { ...closed, title: 'Credentials' },
);
export const OidcQuery = Type.Object({ organisation: OrganisationId }, closed);
/** Whatever a provider sends back: it is read by the library. */
export const CallbackQuery = Type.Record(Type.String(), Type.String({ maxLength: 4000 }));

const organisation = {
  id: Type.String(),
  kind: Kind,
  level: Level,
  region: Type.String(),
  operator: Type.Optional(Type.String()),
};
export const SessionView = Type.Object(
  {
    organisation: Type.Object(organisation),
    /** The login, or the key's id. */
    actor: Type.String(),
    role: RoleName,
    /** To be sent as x-csrf-token with what changes anything; none with a key. */
    csrf: Type.Optional(Type.String()),
  },
  { title: 'Session' },
);

export const OrganisationAnswer = Type.Object(
  { ...organisation, parent: Type.Optional(Type.String()), suspended: Type.Boolean() },
  { title: 'Organisation' },
);
export const NewOrganisationBody = Type.Object(
  {
    id: OrganisationId,
    kind: Kind,
    level: Level,
    region: Region,
    parent: Type.Optional(OrganisationId),
  },
  { ...closed, title: 'NewOrganisation' },
);
export const OrganisationChange = Type.Object(
  { suspended: Type.Boolean(), reason: Text },
  { ...closed, title: 'OrganisationChange' },
);
const Limit = Type.Integer({ minimum: 1, maximum: 1000 });
export const OrganisationsQuery = Type.Object(
  { after: Type.Optional(Type.String({ maxLength: 64 })), limit: Type.Optional(Limit) },
  closed,
);
export const OrganisationsPage = Type.Object(
  { items: Type.Array(OrganisationAnswer), next: Type.Optional(Type.String()) },
  { title: 'OrganisationsPage' },
);

const key = {
  id: Type.String(),
  label: Type.String(),
  role: RoleName,
  madeAt: Time,
  expiresAt: Type.Optional(Time),
  revokedAt: Type.Optional(Time),
};
export const KeyAnswer = Type.Object(key, { title: 'Key' });
export const KeysAnswer = Type.Object({ items: Type.Array(KeyAnswer) }, { title: 'Keys' });
export const NewKeyBody = Type.Object(
  {
    label: Text,
    role: RoleName,
    expiresAt: Type.Optional(Type.String({ format: 'date-time', maxLength: 40 })),
  },
  { ...closed, title: 'NewKey' },
);
export const CreatedKey = Type.Object(
  { ...key, secret: Type.String({ description: 'shown this once' }) },
  { title: 'CreatedKey' },
);

export const AccountAnswer = Type.Object(
  {
    login: Type.String(),
    role: RoleName,
    suspended: Type.Boolean(),
    /** Ways in: by password, by the organisation's OpenID provider. */
    password: Type.Boolean(),
    oidc: Type.Boolean(),
  },
  { title: 'Account' },
);
export const AccountsAnswer = Type.Object(
  { items: Type.Array(AccountAnswer) },
  { title: 'Accounts' },
);
const Subject = Type.String({ minLength: 1, maxLength: 255 });
export const NewAccountBody = Type.Object(
  {
    login: Login,
    role: RoleName,
    password: Type.Optional(Password),
    subject: Type.Optional(Subject),
  },
  { ...closed, title: 'NewAccount' },
);
export const AccountChangeBody = Type.Object(
  {
    role: Type.Optional(RoleName),
    password: Type.Optional(Password),
    subject: Type.Optional(Subject),
    suspended: Type.Optional(Type.Boolean()),
  },
  { ...closed, title: 'AccountChange', minProperties: 1 },
);

export const AuditQuery = Type.Object(
  {
    order: Type.Optional(Type.Enum(['oldest', 'newest'], { ...word, default: 'oldest' })),
    after: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: Number.MAX_SAFE_INTEGER,
        description: 'number of the last entry seen, in the order asked for',
      }),
    ),
    limit: Type.Optional(Limit),
  },
  closed,
);
export const AuditPage = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          seq: Type.Integer(),
          at: Time,
          actor: Type.String(),
          action: Type.Enum([...AUDIT_ACTIONS], word),
          subject: Type.String(),
          /** Canonical JSON. */
          detail: Type.String(),
          /** Hexadecimal SHA-256; of this entry and, through `previous`, of all before. */
          previous: Type.String(),
          hash: Type.String(),
        },
        { title: 'AuditEntry' },
      ),
    ),
    next: Type.Optional(Type.Integer()),
  },
  { title: 'AuditPage' },
);

export type SessionView = Static<typeof SessionView>;
export type KeyAnswer = Static<typeof KeyAnswer>;
export type AuditPage = Static<typeof AuditPage>;
