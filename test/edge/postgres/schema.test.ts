import { Client } from 'pg';
import { expect, test } from 'vitest';
import { migrate } from '../../../src/edge/postgres/schema/migrate.js';
import { MIGRATIONS } from '../../../src/edge/postgres/schema/migrations.js';
import { testDatabase } from '../../support/postgres.js';

test('processes that start at once find every migration applied once', async () => {
  const { url, admin } = await testDatabase();
  // Not DROP OWNED: that takes away roles, too, which other tests on the server act as.
  await admin.query(
    'DROP SCHEMA public CASCADE; CREATE SCHEMA public; GRANT ALL ON SCHEMA public TO PUBLIC',
  );
  const clients = Array.from({ length: 6 }, () => new Client({ connectionString: url }));
  await Promise.all(clients.map((client) => client.connect()));
  await Promise.all(clients.map((client) => migrate(client)));
  const { rows } = await clients[0].query(
    'SELECT number, name FROM cuofeng_schema ORDER BY number',
  );
  expect(rows).toEqual(MIGRATIONS.map(({ number, name }) => ({ number, name })));
  await Promise.all(clients.map((client) => client.end()));
});

test('a migration that fails leaves nothing behind', async () => {
  const { url } = await testDatabase();
  const client = new Client({ connectionString: url });
  await client.connect();
  const number = MIGRATIONS.length + 1;
  const broken = { number, name: 'broken', sql: 'CREATE TABLE half (); SELECT 1 / 0' };
  await expect(migrate(client, [...MIGRATIONS, broken])).rejects.toThrow('division by zero');
  const { rows } = await client.query(
    `SELECT to_regclass('half') AS half, max(number) AS last FROM cuofeng_schema`,
  );
  expect(rows).toEqual([{ half: null, last: MIGRATIONS.length }]);
  await client.end();
});

test('P6: a database of a newer program, or with an edited migration, is refused', async () => {
  const { url } = await testDatabase();
  const client = new Client({ connectionString: url });
  await client.connect();
  await expect(migrate(client, MIGRATIONS.slice(0, -1))).rejects.toThrow('newer version');
  const edited = MIGRATIONS.map((migration) => ({ ...migration, sql: `${migration.sql} ` }));
  await expect(migrate(client, edited)).rejects.toThrow('was another one');
  await client.end();
});

test('row-level security is on and forced on every table, for those who act as a role only', async () => {
  const { admin } = await testDatabase();
  const { rows } = await admin.query<{ relname: string }>(
    `SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
     AND relname <> 'cuofeng_schema' AND NOT (relrowsecurity AND relforcerowsecurity AND EXISTS (
       SELECT FROM pg_policy WHERE polrelid = pg_class.oid AND polname = 'acting' AND NOT polpermissive))`,
  );
  expect(rows).toEqual([]);
});

test('without acting as a role, even the owner of the tables sees no row', async () => {
  const { url, database } = await testDatabase();
  await database.ledger.query(
    `INSERT INTO gate_season (id, name, start_ms, id_key) VALUES ('s', 's', 0, $1)`,
    [Buffer.alloc(16)],
  );
  const client = new Client({ connectionString: url });
  await client.connect();
  expect((await client.query('SELECT * FROM gate_season')).rows).toEqual([]);
  await client.end();
});

test('P14: nobody changes a journal, not even a superuser', async () => {
  const { database, admin } = await testDatabase();
  await expect(database.ledger.query('DELETE FROM gate_journal')).rejects.toThrow(
    'permission denied',
  );
  for (const sql of [
    'DELETE FROM gate_journal',
    'UPDATE gate_journal SET at = 0',
    'TRUNCATE gate_journal',
  ]) {
    await expect(admin.query(sql)).rejects.toThrow('append-only');
  }
});
