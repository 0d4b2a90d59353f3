import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import { DatabaseRefused } from '../refused.js';
import type { Migration } from './migration.js';
import { MIGRATIONS } from './migrations.js';
import { ensureRoles } from './roles.js';

/** Names the lock under which the schema is changed; any number that nothing else in this database locks. */
const LOCK = 70_211_202_011;

/**
 * Brings the schema up to date: each migration that is missing in a transaction of its own. Processes that
 * start at once wait for one another and find it done.
 *
 * @param migrations those of this program; others only in tests.
 * @throws DatabaseRefused if the database was changed by a newer program, or a migration by hand.
 */
export async function migrate(
  client: ClientBase,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  await underLock(client, async () => {
    await ensureRoles(client);
    await client.query(`CREATE TABLE IF NOT EXISTS cuofeng_schema (
      number int PRIMARY KEY,
      name text NOT NULL,
      checksum text NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT now()
    )`);
  });
  refuseForeign(await applied(client), migrations);
  for (const migration of migrations) {
    await underLock(client, async () => {
      const done = await applied(client);
      if (!done.has(migration.number)) await apply(client, migration);
    });
  }
}

interface Applied {
  readonly name: string;
  readonly checksum: string;
}

async function applied(client: ClientBase): Promise<Map<number, Applied>> {
  const { rows } = await client.query<Applied & { number: number }>(
    'SELECT number, name, checksum FROM cuofeng_schema',
  );
  return new Map(rows.map((row) => [row.number, row]));
}

async function apply(client: ClientBase, migration: Migration): Promise<void> {
  await client.query(migration.sql);
  await client.query('INSERT INTO cuofeng_schema (number, name, checksum) VALUES ($1, $2, $3)', [
    migration.number,
    migration.name,
    checksumOf(migration),
  ]);
}

function refuseForeign(done: Map<number, Applied>, migrations: readonly Migration[]): void {
  const known = new Map(migrations.map((migration) => [migration.number, migration]));
  for (const [number, { name, checksum }] of done) {
    const migration = known.get(number);
    if (!migration) {
      throw new DatabaseRefused(
        `The database has the schema of a newer version (migration ${number}, ${name}).`,
        'Start that version, or another database.',
      );
    }
    if (checksumOf(migration) !== checksum) {
      throw new DatabaseRefused(
        `Migration ${number}, ${name}, was another one when this database was made.`,
        'Start the version that made it, or another database.',
      );
    }
  }
}

function checksumOf({ sql }: Migration): string {
  return createHash('sha256').update(sql).digest('hex');
}

/** One transaction under the schema's lock, which ends with it. */
async function underLock(client: ClientBase, work: () => Promise<void>): Promise<void> {
  await client.query(`BEGIN; SELECT pg_advisory_xact_lock(${LOCK})`);
  try {
    await work();
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}
