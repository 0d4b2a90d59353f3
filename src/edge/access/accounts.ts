import type { ClientBase } from 'pg';
import type { Database } from '../postgres/database.js';
import { actingOn, actsOf, appendAudit, type By } from './audit.js';
import { LOGIN } from './handles.js';
import { findIssuer, subjectHash } from './issuers.js';
import { hashPassword, PASSWORD_LEAST, PASSWORD_MOST } from './passwords.js';
import type { Role } from './principal.js';
import { conflict, isTaken, notThere, wrong } from './refusals.js';
import { endSessions } from './sessions.js';

export interface AccountView {
  readonly login: string;
  readonly role: Role;
  readonly suspended: boolean;
  /** Ways in. */
  readonly password: boolean;
  readonly oidc: boolean;
}

export interface NewAccount {
  readonly login: string;
  readonly role: Role;
  readonly password?: string;
  /** By which the organisation's OpenID provider knows the person; only a hash of it is kept. */
  readonly subject?: string;
}

export type AccountChange = Partial<Omit<NewAccount, 'login'>> & { readonly suspended?: boolean };

const COLUMNS =
  'login, role, suspended, password IS NOT NULL AS password, subject IS NOT NULL AS oidc';

/** @throws Problem 404, 409, 422 */
export async function addAccount(
  database: Database,
  by: By,
  organisation: string,
  { login, role, password, subject }: NewAccount,
  now: number,
): Promise<AccountView> {
  if (!new RegExp(LOGIN).test(login)) {
    throw wrong(
      'login',
      'A login is a part and a number, as duty-1: never a name, telephone or identity number.',
    );
  }
  const hash = await passwordHash(password);
  return database.transact(actingOn(by, organisation), async (client) => {
    const known = await hashOf(client, organisation, subject);
    const { rows } = await unlessTaken(
      client.query<AccountView>(
        `INSERT INTO account (organisation, login, role, password, subject)
         SELECT o.id, $2, $3, $4, $5 FROM organisation o WHERE o.id = $1 RETURNING ${COLUMNS}`,
        [organisation, login, role, hash, known],
      ),
    );
    if (rows.length === 0) throw notThere('organisation');
    await appendAudit(client, now, actsOf(by, organisation, 'account.add', login, { role }));
    return rows[0];
  });
}

/** Changes what is given; sessions of the person end. @throws Problem 404, 409, 422 */
export async function changeAccount(
  database: Database,
  by: By,
  organisation: string,
  login: string,
  change: AccountChange,
  now: number,
): Promise<AccountView> {
  const hash = await passwordHash(change.password);
  return database.transact(actingOn(by, organisation), async (client) => {
    const account = await unlessTaken(update(client, organisation, login, change, hash));
    if (!account) throw notThere('account');
    await endSessions(client, organisation, login);
    const { role, suspended } = change;
    const detail = {
      ...(role !== undefined && { role }),
      ...(suspended !== undefined && { suspended }),
      changed: Object.keys(change).toSorted(),
    };
    await appendAudit(client, now, actsOf(by, organisation, 'account.change', login, detail));
    return account;
  });
}

async function update(
  client: ClientBase,
  organisation: string,
  login: string,
  { role, subject, suspended }: AccountChange,
  hash: string | null,
): Promise<AccountView | undefined> {
  const known = await hashOf(client, organisation, subject);
  const { rows } = await client.query<AccountView>(
    `UPDATE account SET role = coalesce($3, role), password = coalesce($4, password),
       subject = coalesce($5, subject), suspended = coalesce($6, suspended)
     WHERE organisation = $1 AND login = $2 RETURNING ${COLUMNS}`,
    [organisation, login, role ?? null, hash, known, suspended ?? null],
  );
  return rows[0];
}

export async function listAccounts(
  database: Database,
  by: By,
  organisation: string,
): Promise<AccountView[]> {
  const { rows } = await database.transact(actingOn(by, organisation), (client) =>
    client.query<AccountView>(
      `SELECT ${COLUMNS} FROM account WHERE organisation = $1 ORDER BY login`,
      [organisation],
    ),
  );
  return rows;
}

/** Before any transaction: it takes a good part of a second. */
async function passwordHash(password: string | undefined): Promise<string | null> {
  if (password === undefined) return null;
  const { length } = password;
  if (length >= PASSWORD_LEAST && length <= PASSWORD_MOST) return hashPassword(password);
  throw wrong('password', `A password has ${PASSWORD_LEAST} to ${PASSWORD_MOST} characters.`);
}

async function hashOf(
  client: ClientBase,
  organisation: string,
  subject: string | undefined,
): Promise<Buffer | null> {
  if (subject === undefined) return null;
  const found = await findIssuer(client, organisation);
  if (!found) throw wrong('subject', 'The organisation has no OpenID provider.');
  return subjectHash(found.issuer, subject);
}

async function unlessTaken<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw isTaken(error) ? conflict('The login or the subject is taken.') : error;
  }
}
