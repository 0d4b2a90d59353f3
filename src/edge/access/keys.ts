import type { Database } from '../postgres/database.js';
import { actingOn, actsOf, appendAudit, type By } from './audit.js';
import { looksPersonal } from './handles.js';
import type { Role } from './principal.js';
import { notThere, wrong } from './refusals.js';
import { newId, newKeySecret, sha256 } from './secrets.js';

export interface KeyView {
  readonly id: string;
  readonly label: string;
  readonly role: Role;
  readonly madeAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

export interface NewKey {
  readonly label: string;
  readonly role: Role;
  readonly expiresAt?: Date;
}

const COLUMNS =
  'id, label, role, made_at AS "madeAt", expires_at AS "expiresAt", revoked_at AS "revokedAt"';

/**
 * Makes a key; its secret is in what is returned, and nowhere else ever.
 *
 * @throws Problem 404, 422
 */
export async function addKey(
  database: Database,
  by: By,
  organisation: string,
  { label, role, expiresAt }: NewKey,
  now: number,
): Promise<KeyView & { readonly secret: string }> {
  if (looksPersonal(label))
    throw wrong('label', 'A label says what the key is for, nothing of people.');
  if (expiresAt && !(expiresAt.getTime() > now))
    throw wrong('expiresAt', 'It must be in the future.');
  const secret = newKeySecret();
  const id = newId('key');
  const view = await database.transact(actingOn(by, organisation), async (client) => {
    const { rows } = await client.query<KeyView>(
      `INSERT INTO api_key (organisation, id, label, role, secret, made_at, expires_at)
       SELECT o.id, $2, $3, $4, $5, $6, $7 FROM organisation o WHERE o.id = $1 RETURNING ${COLUMNS}`,
      [organisation, id, label, role, sha256(secret), new Date(now), expiresAt ?? null],
    );
    if (rows.length === 0) throw notThere('organisation');
    const expires = expiresAt?.toISOString() ?? null;
    await appendAudit(
      client,
      now,
      actsOf(by, organisation, 'key.add', id, { label, role, expiresAt: expires }),
    );
    return rows[0];
  });
  return { ...view, secret };
}

/** From the next request on, the key lets nobody in. @throws Problem 404 */
export async function revokeKey(
  database: Database,
  by: By,
  organisation: string,
  id: string,
  now: number,
): Promise<void> {
  await database.transact(actingOn(by, organisation), async (client) => {
    const { rows } = await client.query<{ revoked_at: Date | null }>(
      'SELECT revoked_at FROM api_key WHERE organisation = $1 AND id = $2 FOR UPDATE',
      [organisation, id],
    );
    if (rows.length === 0) throw notThere('key');
    if (rows[0].revoked_at) return;
    await client.query('UPDATE api_key SET revoked_at = $3 WHERE organisation = $1 AND id = $2', [
      organisation,
      id,
      new Date(now),
    ]);
    await appendAudit(client, now, actsOf(by, organisation, 'key.revoke', id));
  });
}

/** All keys, revoked ones too, newest first. */
export async function listKeys(
  database: Database,
  by: By,
  organisation: string,
): Promise<KeyView[]> {
  const { rows } = await database.transact(actingOn(by, organisation), (client) =>
    client.query<KeyView>(
      `SELECT ${COLUMNS} FROM api_key WHERE organisation = $1 ORDER BY made_at DESC, id`,
      [organisation],
    ),
  );
  return rows;
}
