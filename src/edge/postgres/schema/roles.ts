import type { ClientBase } from 'pg';
import { codeOf, DatabaseRefused } from '../refused.js';

/** The roles that transactions act as (database.ts). */
const ROLES = ['cuofeng_ledger', 'cuofeng_member', 'cuofeng_keeper'] as const;

/**
 * Makes the roles where they are missing and lets the connected user act as them. The user inherits nothing
 * from them where the server can say so (PostgreSQL 16 and later).
 *
 * @throws DatabaseRefused, with the SQL for an administrator, if the user may not.
 */
export async function ensureRoles(client: ClientBase): Promise<void> {
  try {
    for (const role of ROLES) await ensureRole(client, role);
  } catch (error) {
    if (codeOf(error) !== '42501') throw error;
    throw new DatabaseRefused(
      'The database user may not create roles.',
      `Have an administrator run, once:\n${await administratorSql(client)}`,
      error,
    );
  }
}

/** Roles belong to the whole server: other databases' processes may be doing the same right now. */
async function ensureRole(client: ClientBase, role: string): Promise<void> {
  await client.query(`DO $$
    BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}') THEN
        BEGIN
          CREATE ROLE ${role} NOLOGIN;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
          NULL;
        END;
      END IF;
      IF current_setting('server_version_num')::int < 160000 THEN
        IF NOT pg_has_role(current_user, '${role}', 'MEMBER') THEN
          GRANT ${role} TO CURRENT_USER;
        END IF;
      ELSIF NOT pg_has_role(current_user, '${role}', 'SET') THEN
        EXECUTE 'GRANT ${role} TO CURRENT_USER WITH INHERIT FALSE, SET TRUE';
      END IF;
    END $$`);
}

async function administratorSql(client: ClientBase): Promise<string> {
  const { rows } = await client.query<{ name: string; isOld: boolean }>(
    `SELECT quote_ident(current_user) AS name, current_setting('server_version_num')::int < 160000 AS "isOld"`,
  );
  const [{ name, isOld }] = rows;
  const only = isOld ? '' : ' WITH INHERIT FALSE, SET TRUE';
  return ROLES.map(
    (role) => `  CREATE ROLE ${role} NOLOGIN; GRANT ${role} TO ${name}${only};`,
  ).join('\n');
}
