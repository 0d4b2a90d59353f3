import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../../src/edge/postgres/connect.js';
import { DatabaseRefused } from '../../../src/edge/postgres/refused.js';
import { ensureRoles } from '../../../src/edge/postgres/schema/roles.js';
import { testDatabase, testServer } from '../../support/postgres.js';

test('P3: a database that may forget what it has confirmed is refused, with the cure', async () => {
  const { url, admin } = await testDatabase();
  await admin.query(`DO $$ BEGIN
    EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database());
  END $$`);
  await expect(openDatabase({ url })).rejects.toThrow('Set synchronous_commit = on');
});

test('a user who may not make the roles is told what an administrator has to run, and that is enough', async () => {
  const { admin } = await testDatabase();
  const { adminUrl } = await testServer();
  const name = `plain_${randomBytes(4).toString('hex')}`;
  await admin.query(
    `CREATE ROLE ${name} LOGIN PASSWORD 'x'; GRANT ALL ON SCHEMA public TO ${name}`,
  );
  onTestFinished(async () => {
    await admin.query(`DROP OWNED BY ${name}; DROP ROLE ${name}`);
  });
  // The socket lets in whom the system vouches for: here one connects as the administrator and becomes the user.
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(`SET SESSION AUTHORIZATION ${name}`);
  const refusal = await ensureRoles(client).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(DatabaseRefused);
  const cure = refusal instanceof DatabaseRefused ? refusal.cure : '';
  const sql = cure
    .split('\n')
    .slice(1)
    .join('\n')
    .replaceAll(/CREATE ROLE \w+ NOLOGIN;/g, '');
  expect(cure.match(/CREATE ROLE/g)).toHaveLength(3);
  await admin.query(sql);
  await ensureRoles(client);
  await client.query('SET ROLE cuofeng_ledger');
  await client.end();
});

test('what cannot be reached is refused by name', async () => {
  await expect(openDatabase({ url: 'postgresql://x@127.0.0.1:1/x' })).rejects.toThrow(
    'cannot be reached',
  );
});

test('a transaction acts as one role, for one organisation, and leaves nothing of it to the next', async () => {
  const { database } = await testDatabase();
  const who = `SELECT current_user AS role, current_setting('cuofeng.organisation', true) AS organisation`;
  const member = { as: 'member', organisation: `it's "one"` } as const;
  expect((await database.transact(member, (client) => client.query(who))).rows).toEqual([
    { role: 'cuofeng_member', organisation: `it's "one"` },
  ]);
  for (let time = 0; time < 3; time++) {
    const { rows } = await database.transact({ as: 'keeper' }, (client) => client.query(who));
    expect(rows).toEqual([{ role: 'cuofeng_keeper', organisation: '' }]);
  }
});

test('P4: what throws is rolled back, and what failed half-way is never taken for done', async () => {
  const { database } = await testDatabase();
  const insert = `INSERT INTO gate_season (id, name, start_ms, id_key) VALUES ('s', 's', 0, '\\x00112233445566778899aabbccddeeff')`;
  const throwing = database.transact({ as: 'ledger' }, async (client) => {
    await client.query(insert);
    throw new Error('after all not');
  });
  await expect(throwing).rejects.toThrow('after all not');
  const swallowing = database.transact({ as: 'ledger' }, async (client) => {
    await client.query(insert);
    await client.query('SELECT 1 / 0').catch(() => undefined);
  });
  await expect(swallowing).rejects.toThrow('had failed');
  expect((await database.ledger.query('SELECT FROM gate_season')).rowCount).toBe(0);
});

test('whole numbers of 64 bits are numbers, and never rounded', async () => {
  const { database } = await testDatabase();
  const { rows } = await database.ledger.query('SELECT 9007199254740991::bigint AS n');
  expect(rows).toEqual([{ n: Number.MAX_SAFE_INTEGER }]);
  await expect(database.ledger.query('SELECT 9007199254740993::bigint AS n')).rejects.toThrow(
    'beyond',
  );
});
