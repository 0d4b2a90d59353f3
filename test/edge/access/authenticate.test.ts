import { expect, test } from 'vitest';
import { addAccount, changeAccount } from '../../../src/edge/access/accounts.js';
import { Authenticator } from '../../../src/edge/access/authenticate.js';
import { listKeys, revokeKey } from '../../../src/edge/access/keys.js';
import { addOrganisation, suspendOrganisation } from '../../../src/edge/access/organisations.js';
import { newKeySecret } from '../../../src/edge/access/secrets.js';
import { beginSession, IDLE_MS, LONGEST_MS } from '../../../src/edge/access/sessions.js';
import type { Database } from '../../../src/edge/postgres/database.js';
import { makeKey, NOW } from '../../support/access-world.js';
import { testDatabase } from '../../support/postgres.js';

const PLATFORM = { id: 'P1', kind: 'platform', level: 'nation', region: '000000' } as const;
const HERE = '192.0.2.1';

/** A platform, two processes' authenticators, and a clock. */
async function world() {
  const { database } = await testDatabase();
  await addOrganisation(database, 'command-line', PLATFORM, NOW);
  const counting = new CountingDatabase(database);
  const clock = { now: NOW };
  const make = () => new Authenticator(counting, () => clock.now);
  return { database, counting, clock, authenticator: make(), other: make() };
}

class CountingDatabase implements Database {
  transactions = 0;
  constructor(private readonly database: Database) {}
  transact: Database['transact'] = (acting, work) => {
    this.transactions += 1;
    return this.database.transact(acting, work);
  };
  close = () => this.database.close();
}

/** Does something when a first answer is on its way; resolved when it is done. */
function afterFirstReading(counting: CountingDatabase, act: () => Promise<void>): Promise<void> {
  const { transact } = counting;
  return new Promise((resolve) => {
    counting.transact = async (acting, work) => {
      counting.transact = transact;
      const result = await transact(acting, work);
      await act();
      resolve();
      await new Promise(setImmediate);
      return result;
    };
  });
}

test('P12: a revoked key counts for no request that comes after, in any process', async () => {
  const { database, authenticator, other } = await world();
  const secret = await makeKey(database, 'P1');
  const [{ id }] = await listKeys(database, 'command-line', 'P1');
  for (const each of [authenticator, other]) {
    await expect(each.ofKey(secret, HERE)).resolves.toEqual({
      organisation: PLATFORM,
      actor: id,
      role: 'dispatcher',
    });
  }
  await revokeKey(database, 'command-line', 'P1', id, NOW);
  for (const each of [authenticator, other]) {
    await expect(each.ofKey(secret, HERE)).rejects.toMatchObject({ status: 401 });
  }
});

test('P12: a request that comes while the version is being read is not answered by that reading', async () => {
  const { database, counting, authenticator } = await world();
  const secret = await makeKey(database, 'P1');
  const [{ id }] = await listKeys(database, 'command-line', 'P1');
  await authenticator.ofKey(secret, HERE);
  const revoked = afterFirstReading(counting, () =>
    revokeKey(database, 'command-line', 'P1', id, NOW),
  );
  const before = authenticator.ofKey(secret, HERE);
  await revoked;
  await expect(authenticator.ofKey(secret, HERE)).rejects.toMatchObject({ status: 401 });
  await expect(before).resolves.toMatchObject({ actor: id });
});

test('a suspended organisation, an expired key', async () => {
  const { database, authenticator, clock } = await world();
  const secret = await makeKey(database, 'P1');
  const suspend = (suspended: boolean) =>
    suspendOrganisation(database, 'command-line', 'P1', { suspended, reason: 'test' }, NOW);
  await authenticator.ofKey(secret, HERE);
  await suspend(true);
  await expect(authenticator.ofKey(secret, HERE)).rejects.toMatchObject({ status: 401 });
  await suspend(false);
  await authenticator.ofKey(secret, HERE);
  await database.transact({ as: 'keeper' }, (client) =>
    client.query('UPDATE api_key SET expires_at = $1', [new Date(NOW + 1000)]),
  );
  await authenticator.ofKey(secret, HERE);
  clock.now += 1000;
  await expect(authenticator.ofKey(secret, HERE)).rejects.toMatchObject({ status: 401 });
});

test('requests that come together share one reading of the version and one look', async () => {
  const { database, counting, authenticator } = await world();
  const secret = await makeKey(database, 'P1');
  counting.transactions = 0;
  await Promise.all(Array.from({ length: 500 }, () => authenticator.ofKey(secret, HERE)));
  expect(counting.transactions).toBe(2);
  await Promise.all(Array.from({ length: 500 }, () => authenticator.ofKey(secret, HERE)));
  expect(counting.transactions).toBe(3);
});

test('wrong secrets are limited per address; keys that counted before are let in still', async () => {
  const { database, authenticator, clock } = await world();
  const secret = await makeKey(database, 'P1');
  await authenticator.ofKey(secret, HERE);
  for (let i = 0; i < 30; i++) {
    await expect(authenticator.ofKey(newKeySecret(), HERE)).rejects.toMatchObject({ status: 401 });
  }
  const refused = authenticator.ofKey(newKeySecret(), HERE);
  await expect(refused).rejects.toMatchObject({ status: 429, headers: { 'retry-after': '60' } });
  await expect(authenticator.ofKey(newKeySecret(), '192.0.2.2')).rejects.toMatchObject({
    status: 401,
  });
  await authenticator.ofKey(secret, HERE);
  clock.now += 60_000;
  await expect(authenticator.ofKey('x', HERE)).rejects.toMatchObject({ status: 401 });
});

test('a session ends when nobody uses it, at the end of the shift, and with its password', async () => {
  const { database, authenticator, other, clock } = await world();
  const account = { login: 'duty-1', role: 'dispatcher' } as const;
  await addAccount(database, 'command-line', 'P1', account, NOW);
  const begin = () =>
    database.transact({ as: 'keeper' }, (client) =>
      beginSession(client, 'P1', 'duty-1', clock.now),
    );
  const refused = { status: 401 };

  const idle = await begin();
  for (let i = 0; i < 4; i++) {
    await authenticator.ofSession(idle, HERE);
    clock.now += IDLE_MS - 1;
  }
  await other.ofSession(idle, HERE);
  clock.now += IDLE_MS - 1;
  await authenticator.ofSession(idle, HERE);
  clock.now += IDLE_MS;
  await expect(authenticator.ofSession(idle, HERE)).rejects.toMatchObject(refused);

  const long = await begin();
  for (let passed = 0; passed < LONGEST_MS; passed += IDLE_MS - 1) {
    await authenticator.ofSession(long, HERE);
    clock.now += IDLE_MS - 1;
  }
  await expect(authenticator.ofSession(long, HERE)).rejects.toMatchObject(refused);

  const changed = await begin();
  await authenticator.ofSession(changed, HERE);
  await changeAccount(database, 'command-line', 'P1', 'duty-1', { role: 'viewer' }, clock.now);
  await expect(authenticator.ofSession(changed, HERE)).rejects.toMatchObject(refused);
});
