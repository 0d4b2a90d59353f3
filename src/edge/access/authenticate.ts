import type { ClientBase, Pool } from 'pg';
import { Problem } from '../http/problem.js';
import type { Database } from '../postgres/database.js';
import { AccessVersion, readVersion } from './access-version.js';
import { Failures, sourceOf } from './failures.js';
import { ORGANISATION_COLUMNS, type OrganisationRow, organisationOf } from './organisation-rows.js';
import type { Principal, Role } from './principal.js';
import { isKeySecret, isToken, sha256 } from './secrets.js';
import { IDLE_MS, touchSession } from './sessions.js';

/** Whoever asks with wrong secrets, from one address in a minute: more than mistakes are. */
const FAILURES_MOST = 30;
/** Principals remembered: a key or session each, some hundred bytes. */
const KNOWN_MOST = 20_000;

/** How often a session's use is written down: a small part of IDLE_MS, and rare beside its requests. */
const WRITTEN_EVERY_MS = 60_000;

/** A principal and what holds as long as the version does. */
interface Known {
  readonly principal: Principal;
  readonly version: number;
  /** When it ends by itself, milliseconds since 1970. */
  readonly until: number;
  /** Of a session: when its use is to be written down again. */
  readonly writeAt: number;
}

type Kind = 'key' | 'session';

/**
 * Says who has a secret (P12). Principals are remembered, by the hash of their secret, as long as the version of
 * access in the database stands still, which is read with every request: what was revoked
 * before a request comes counts for it, in every process.
 */
export class Authenticator {
  readonly #known = new Map<string, Known>();
  readonly #lookups = new Map<string, Promise<Known | undefined>>();
  readonly #version: AccessVersion;
  readonly #failures: Failures;

  /** @param now milliseconds since 1970. @param ledger reads the version in fewer round trips, where there is one. */
  constructor(
    private readonly database: Database,
    private readonly now: () => number,
    ledger?: Pool,
  ) {
    this.#version = new AccessVersion(() =>
      ledger ? readVersion(ledger) : database.transact({ as: 'keeper' }, readVersion),
    );
    this.#failures = new Failures(FAILURES_MOST, now);
  }

  /** @throws Problem 401; 429 for an address from which too many were wrong. */
  ofKey(secret: string, address: string): Promise<Principal> {
    return this.#principal('key', secret, isKeySecret(secret), address);
  }

  /** @throws Problem as ofKey. */
  ofSession(token: string, address: string): Promise<Principal> {
    return this.#principal('session', token, isToken(token), address);
  }

  async #principal(
    kind: Kind,
    secret: string,
    isOne: boolean,
    address: string,
  ): Promise<Principal> {
    const source = sourceOf(address);
    const hash = sha256(secret);
    const name = hash.toString('latin1');
    const before = isOne ? this.#known.get(name) : undefined;
    if (!before) this.#failures.check(source);
    const found = isOne ? await this.#find(kind, hash, name) : undefined;
    if (!found) {
      this.#failures.add(source);
      throw unauthorised();
    }
    return found.principal;
  }

  async #find(kind: Kind, hash: Buffer, name: string): Promise<Known | undefined> {
    const version = await this.#version.read();
    const known = this.#known.get(name);
    const now = this.now();
    if (known?.version === version && now < known.until && now < known.writeAt) return known;
    const found = await this.#lookUp(kind, hash, `${name}${version}`);
    this.#known.delete(name);
    if (found) this.#remember(name, found);
    return found;
  }

  /**
   * Those who ask with one secret at one version share a look at the database: it began when the version was
   * already that.
   */
  #lookUp(kind: Kind, hash: Buffer, name: string): Promise<Known | undefined> {
    let lookup = this.#lookups.get(name);
    if (!lookup) {
      lookup = this.#look(kind, hash).finally(() => this.#lookups.delete(name));
      this.#lookups.set(name, lookup);
    }
    return lookup;
  }

  #look(kind: Kind, hash: Buffer): Promise<Known | undefined> {
    const now = this.now();
    return this.database.transact({ as: 'keeper' }, async (client) => {
      if (kind === 'key') return findKey(client, hash, now);
      await touchSession(client, hash, now);
      return findSession(client, hash, now);
    });
  }

  #remember(name: string, known: Known): void {
    if (this.#known.size >= KNOWN_MOST) {
      const [oldest] = this.#known.keys();
      this.#known.delete(oldest);
    }
    this.#known.set(name, known);
  }
}

interface Row extends OrganisationRow {
  readonly actor: string;
  readonly role: Role;
  readonly expires_at: Date | null;
  readonly used_at?: Date;
  readonly version: number;
}

async function findKey(client: ClientBase, hash: Buffer, now: number): Promise<Known | undefined> {
  const { rows } = await client.query<Row>(
    `SELECT ${ORGANISATION_COLUMNS}, k.id AS actor, k.role, k.expires_at, v.version
     FROM api_key k JOIN organisation o ON o.id = k.organisation CROSS JOIN access_version v
     WHERE k.secret = $1 AND k.revoked_at IS NULL AND NOT o.suspended
       AND (k.expires_at IS NULL OR k.expires_at > $2)`,
    [hash, new Date(now)],
  );
  return rows.map(knownOf)[0];
}

async function findSession(
  client: ClientBase,
  hash: Buffer,
  now: number,
): Promise<Known | undefined> {
  const { rows } = await client.query<Row>(
    `SELECT ${ORGANISATION_COLUMNS}, a.login AS actor, a.role, s.expires_at, s.used_at, v.version
     FROM session s JOIN account a ON a.organisation = s.organisation AND a.login = s.login
       JOIN organisation o ON o.id = s.organisation CROSS JOIN access_version v
     WHERE s.token = $1 AND NOT a.suspended AND NOT o.suspended AND s.expires_at > $2 AND s.used_at > $3`,
    [hash, new Date(now), new Date(now - IDLE_MS)],
  );
  return rows.map(knownOf)[0];
}

function knownOf(row: Row): Known {
  const expires = row.expires_at?.getTime() ?? Number.POSITIVE_INFINITY;
  const used = row.used_at?.getTime() ?? Number.POSITIVE_INFINITY;
  return {
    principal: { organisation: organisationOf(row), actor: row.actor, role: row.role },
    version: row.version,
    until: Math.min(expires, used + IDLE_MS),
    writeAt: used + WRITTEN_EVERY_MS,
  };
}

/** Nobody, or nobody known. */
export function unauthorised(): Problem {
  return new Problem(401, 'Unauthorized', 'A key or a session that counts is needed.', {
    'www-authenticate': 'Bearer',
  });
}
