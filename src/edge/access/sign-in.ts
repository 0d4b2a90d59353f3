import type { ClientBase } from 'pg';
import type { Database } from '../postgres/database.js';
import { appendAudit } from './audit.js';
import { unauthorised } from './authenticate.js';
import { Failures, sourceOf } from './failures.js';
import { ORGANISATION_COLUMNS, type OrganisationRow, organisationOf } from './organisation-rows.js';
import { isPassword } from './passwords.js';
import type { Principal, Role } from './principal.js';
import { beginSession, LONGEST_MS } from './sessions.js';

/** Attempts that fail in a minute, from one address: more than a person mistypes. */
const FAILURES_MOST = 10;
/** And at one organisation, from anywhere: a list of passwords is slow to try, and a shift signs in still. */
const FAILURES_AT_ONE_MOST = 60;

export interface SignedIn {
  /** For the browser's cookie; kept nowhere else. */
  readonly token: string;
  readonly principal: Principal;
  /** When it ends in any case, milliseconds since 1970. */
  readonly until: number;
}

/** A person's way in, once it was checked that it is that person. */
interface Account extends OrganisationRow {
  readonly login: string;
  readonly role: Role;
  readonly password: string | null;
}

const IN_FORCE = 'NOT a.suspended AND NOT o.suspended';

/** Signs people in. */
export class SignIn {
  readonly #byAddress: Failures;
  readonly #byOrganisation: Failures;

  /** @param now milliseconds since 1970. */
  constructor(
    private readonly database: Database,
    private readonly now: () => number,
  ) {
    this.#byAddress = new Failures(FAILURES_MOST, now);
    this.#byOrganisation = new Failures(FAILURES_AT_ONE_MOST, now);
  }

  /**
   * Whether the organisation, the login or the password is wrong does not show, nor by the time it takes.
   *
   * @throws Problem 401, 429, 503
   */
  async withPassword(
    asked: { readonly organisation: string; readonly login: string; readonly password: string },
    address: string,
  ): Promise<SignedIn> {
    const { organisation, login, password } = asked;
    return this.#attempt(organisation, address, async () => {
      const account = await this.#find(organisation, 'a.login = $2', login);
      const isRight = await isPassword(password, account?.password ?? null);
      return isRight ? account : undefined;
    });
  }

  /** @param subject hash by which the provider knows the person (oidc.ts). @throws Problem 401, 429 */
  withSubject(organisation: string, subject: Buffer, address: string): Promise<SignedIn> {
    return this.#attempt(organisation, address, () =>
      this.#find(organisation, 'a.subject = $2', subject),
    );
  }

  /** Counts an attempt that fails, in whichever way. */
  async #attempt(
    organisation: string,
    address: string,
    find: () => Promise<Account | undefined>,
  ): Promise<SignedIn> {
    const counts = [
      [this.#byAddress, sourceOf(address)],
      [this.#byOrganisation, organisation],
    ] as const;
    for (const [failures, name] of counts) failures.attempt(name);
    const account = await find();
    const session = account && (await this.#begin(account));
    if (!session) throw unauthorised();
    for (const [failures, name] of counts) failures.forgive(name);
    return session;
  }

  async #find(
    organisation: string,
    where: string,
    value: string | Buffer,
  ): Promise<Account | undefined> {
    const { rows } = await this.database.transact({ as: 'keeper' }, (client) =>
      client.query<Account>(
        `SELECT ${ORGANISATION_COLUMNS}, a.login, a.role, a.password
         FROM account a JOIN organisation o ON o.id = a.organisation
         WHERE a.organisation = $1 AND ${where} AND ${IN_FORCE}`,
        [organisation, value],
      ),
    );
    return rows[0];
  }

  async #begin(account: Account): Promise<SignedIn | undefined> {
    const now = this.now();
    const { id: organisation, login, role } = account;
    const token = await this.database.transact({ as: 'keeper' }, async (client) => {
      if (!(await isUnchanged(client, account))) return undefined;
      const made = await beginSession(client, organisation, login, now);
      const act = { organisation, actor: login, action: 'session.begin', subject: login } as const;
      await appendAudit(client, now, [{ ...act, detail: {} }]);
      return made;
    });
    if (token === undefined) return undefined;
    const principal = { organisation: organisationOf(account), actor: login, role };
    return { token, principal, until: now + LONGEST_MS };
  }
}

/** Checking a password takes long enough for it to be changed meanwhile. */
async function isUnchanged(client: ClientBase, account: Account): Promise<boolean> {
  const { rows } = await client.query(
    `SELECT FROM account a JOIN organisation o ON o.id = a.organisation
     WHERE a.organisation = $1 AND a.login = $2 AND a.role = $3 AND a.password IS NOT DISTINCT FROM $4
       AND ${IN_FORCE} FOR SHARE OF a`,
    [account.id, account.login, account.role, account.password],
  );
  return rows.length === 1;
}
