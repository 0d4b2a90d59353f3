import type { Client } from 'pg';

/** What a database is like that no test has had; all are copies of one template. */
interface Untouched {
  readonly state: string;
  /** Rows that migrations made, as JSON, by table. */
  readonly rows: ReadonlyMap<string, string>;
}

/**
 * Tells whether a database is as the schema made it: tables, columns, rights, policies, triggers, constraints,
 * functions, settings, migrations.
 */
const STATE = `
  SELECT md5(string_agg(part, ' ' ORDER BY part)) AS state FROM (
    SELECT concat_ws(' ', oid, relname, relacl, relrowsecurity, relforcerowsecurity) AS part FROM pg_class
      WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', attrelid, attname, atttypid, attnotnull, attacl) FROM pg_attribute
      JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND attnum > 0
    UNION ALL SELECT concat_ws(' ', oid, polname, polqual, polwithcheck, polroles) FROM pg_policy
    UNION ALL SELECT concat_ws(' ', oid, tgname, tgenabled) FROM pg_trigger
    UNION ALL SELECT concat_ws(' ', oid, conname, convalidated) FROM pg_constraint
    UNION ALL SELECT concat_ws(' ', oid, proname, prosrc) FROM pg_proc
      WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', setrole, setconfig) FROM pg_db_role_setting
      JOIN pg_database ON pg_database.oid = setdatabase WHERE datname = current_database()
    UNION ALL SELECT concat_ws(' ', number, checksum) FROM cuofeng_schema
  ) AS parts`;

let untouched: Untouched | undefined;

/** Remembers what a new database is like. */
export async function rememberUntouched(admin: Client): Promise<void> {
  untouched ??= { state: await stateOf(admin), rows: await rowsOf(admin) };
}

/** Whether a database is as it was but for its rows, and nobody else is connected to it. */
export async function isUntouched(admin: Client): Promise<boolean> {
  const { rows } = await admin.query<{ others: number }>(
    `SELECT count(*)::int AS others FROM pg_stat_activity
     WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()`,
  );
  if (rows[0].others > 0) return false;
  return stateOf(admin).then(
    (state) => state === untouched?.state,
    () => false,
  );
}

/** Brings back the rows that were there at first, whatever triggers say, and begins numbers anew. */
export async function wipe(admin: Client): Promise<void> {
  await admin.query('SET session_replication_role = replica');
  const tables = await tablesOf(admin);
  await admin.query(tables.map((table) => `DELETE FROM ${table};`).join(''));
  for (const [table, rows] of untouched?.rows ?? []) {
    await admin.query(
      `INSERT INTO ${table} SELECT * FROM json_populate_recordset(NULL::${table}, $1)`,
      [rows],
    );
  }
  const sequences = await namesOf(admin, 'S');
  await admin.query(sequences.map((name) => `ALTER SEQUENCE ${name} RESTART;`).join(''));
}

async function stateOf(admin: Client): Promise<string> {
  return (await admin.query<{ state: string }>(STATE)).rows[0].state;
}

async function rowsOf(admin: Client): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const table of await tablesOf(admin)) {
    const { rows } = await admin.query<{ json: string | null }>(
      `SELECT json_agg(${table})::text AS json FROM ${table}`,
    );
    if (rows[0].json !== null) found.set(table, rows[0].json);
  }
  return found;
}

async function tablesOf(admin: Client): Promise<string[]> {
  return (await namesOf(admin, 'r')).filter((name) => name !== 'cuofeng_schema');
}

async function namesOf(admin: Client, kind: 'r' | 'S'): Promise<string[]> {
  const { rows } = await admin.query<{ relname: string }>(
    `SELECT relname FROM pg_class WHERE relkind = $1 AND relnamespace = 'public'::regnamespace`,
    [kind],
  );
  return rows.map(({ relname }) => relname);
}
