import type { ClientBase } from 'pg';
import { newToken, sha256 } from './secrets.js';

/** A session that nobody uses ends: whoever left a desk is back by then, or signs in again. */
export const IDLE_MS = 30 * 60_000;
/** A session ends in any case: a shift is over. */
export const LONGEST_MS = 12 * 3_600_000;

/** Begins a session of a person; gives its token, which is kept by the browser only. */
export async function beginSession(
  client: ClientBase,
  organisation: string,
  login: string,
  now: number,
): Promise<string> {
  const token = newToken();
  await client.query(
    `DELETE FROM session WHERE organisation = $1 AND login = $2 AND (expires_at < $3 OR used_at < $4)`,
    [organisation, login, new Date(now), new Date(now - IDLE_MS)],
  );
  await client.query(
    `INSERT INTO session (organisation, token, login, used_at, expires_at) VALUES ($1, $2, $3, $4, $5)`,
    [organisation, sha256(token), login, new Date(now), new Date(now + LONGEST_MS)],
  );
  return token;
}

/** Writes down that a session is used, if it has not ended by not being. */
export async function touchSession(client: ClientBase, hash: Buffer, now: number): Promise<void> {
  await client.query('UPDATE session SET used_at = $2 WHERE token = $1 AND used_at > $3', [
    hash,
    new Date(now),
    new Date(now - IDLE_MS),
  ]);
}

export async function endSession(client: ClientBase, token: string): Promise<void> {
  await client.query('DELETE FROM session WHERE token = $1', [sha256(token)]);
}

/** Ends all of a person's sessions: the password or the role is another now. */
export async function endSessions(
  client: ClientBase,
  organisation: string,
  login: string,
): Promise<void> {
  await client.query('DELETE FROM session WHERE organisation = $1 AND login = $2', [
    organisation,
    login,
  ]);
}
