import type { ClientBase } from 'pg';
import type { Database } from '../postgres/database.js';
import { actsOf, appendAudit, type By } from './audit.js';
import { isLoopbackName } from './cookies.js';
import { isForeignKey, notThere, wrong } from './refusals.js';
import { sha256 } from './secrets.js';

/** An organisation's own OpenID provider, and as which client this server is known there. */
export interface Issuer {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/**
 * Names an organisation's provider, or another one. This server will ask it things, so that only whoever has
 * the machine may say which.
 *
 * @throws Problem 404, 422
 */
export async function setIssuer(
  database: Database,
  by: By,
  organisation: string,
  { issuer, clientId, clientSecret }: Issuer,
  now: number,
): Promise<void> {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  if (url?.protocol !== 'https:' && !(url?.protocol === 'http:' && isLoopbackName(url.hostname))) {
    throw wrong('issuer', 'An issuer is a https address.');
  }
  await database.transact({ as: 'keeper' }, async (client) => {
    const set = client.query(
      `INSERT INTO oidc_issuer (organisation, issuer, client_id, client_secret) VALUES ($1, $2, $3, $4)
       ON CONFLICT (organisation) DO UPDATE SET issuer = $2, client_id = $3, client_secret = $4`,
      [organisation, issuer, clientId, clientSecret],
    );
    await set.catch((error: unknown) => {
      throw isForeignKey(error) ? notThere('organisation') : error;
    });
    const acts = actsOf(by, organisation, 'issuer.set', organisation, { issuer, clientId });
    await appendAudit(client, now, acts);
  });
}

export async function findIssuer(
  client: ClientBase,
  organisation: string,
): Promise<Issuer | undefined> {
  const { rows } = await client.query<Issuer>(
    `SELECT i.issuer, i.client_id AS "clientId", i.client_secret AS "clientSecret"
     FROM oidc_issuer i WHERE i.organisation = $1`,
    [organisation],
  );
  return rows[0];
}

/**
 * A person by issuer and subject: of another issuer, the same subject is somebody else. Some providers use
 * addresses or telephone numbers, which are not to be kept in plain.
 */
export function subjectHash(issuer: string, subject: string): Buffer {
  return sha256(`${issuer}\n${subject}`);
}
