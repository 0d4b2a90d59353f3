import { expect, test } from 'vitest';
import { PostgresJournalStore } from '../../../src/edge/postgres/journal-store.js';
import { ShardLeases } from '../../../src/edge/postgres/shard-leases.js';
import { ledgerWithSeason } from '../../support/ledger-season.js';

const LONG = 600_000;

test('a shard is claimed by one, until its lease runs out by the database’s clock', async () => {
  const { leases, runOut } = await season();
  expect(await leases.claim(0, 'a', 'http://a', LONG)).toBe(true);
  expect(await leases.claim(0, 'b', null, LONG)).toBe(false);
  expect(await leases.claim(0, 'a', 'http://a', LONG), 'one’s own').toBe(true);
  await runOut();
  expect((await leases.list())[0]).toMatchObject({ owner: 'a', inForce: false });
  expect(await leases.claim(0, 'b', null, LONG)).toBe(true);
  expect(await leases.claim(0, 'a', 'http://a', LONG), 'lost').toBe(false);
});

test('of those who claim at once, one has it', async () => {
  const { leases } = await season();
  for (let shard = 0; shard < 20; shard++) {
    const claims = ['a', 'b', 'c'].map((owner) => leases.claim(shard, owner, null, LONG));
    expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(1);
  }
});

test('what is given back is free at once; what is not one’s own is not given back', async () => {
  const { leases } = await season();
  await leases.claim(0, 'a', null, LONG);
  await leases.release(0, 'b');
  expect(await leases.claim(0, 'b', null, LONG)).toBe(false);
  await leases.release(0, 'a');
  expect(await leases.claim(0, 'b', 'http://b', LONG)).toBe(true);
  expect(await leases.list()).toEqual([
    { shard: 0, owner: 'b', address: 'http://b', inForce: true },
  ]);
});

test('P6: a lease changes no epoch, and an epoch no lease', async () => {
  const { leases, database } = await season();
  await leases.claim(0, 'a', null, LONG);
  const journal = new PostgresJournalStore(database.ledger, 'season', 0);
  expect(await journal.take('a')).toBe(1);
  await leases.claim(0, 'a', null, LONG);
  expect(await journal.take('a')).toBe(2);
  expect((await leases.list())[0]).toMatchObject({ owner: 'a', inForce: true });
});

test('processes are counted as long as they say that they are there', async () => {
  const { leases, runOut } = await season();
  expect(await leases.attend('a', LONG)).toBe(1);
  expect(await leases.attend('b', LONG)).toBe(2);
  await leases.leave('a');
  expect(await leases.attend('b', LONG)).toBe(1);
  await runOut();
  expect(await leases.attend('c', LONG)).toBe(1);
});

async function season() {
  const { database, admin } = await ledgerWithSeason();
  return {
    database,
    leases: new ShardLeases(database.ledger, 'season'),
    runOut: () =>
      admin.query(`UPDATE gate_shard SET lease_until = lease_until - interval '1 day';
        UPDATE gate_process SET lease_until = lease_until - interval '1 day'`),
  };
}
