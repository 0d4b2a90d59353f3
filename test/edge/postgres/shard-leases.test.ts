import { expect, test } from 'vitest';
import { PostgresJournalStore } from '../../../src/edge/postgres/journal-store.js';
import { ShardLeases } from '../../../src/edge/postgres/shard-leases.js';
import { ledgerWithSeason } from '../../support/ledger-season.js';

const LONG = 600_000;

test('a shard is claimed by one, until its lease runs out by the database clock', async () => {
  const { a, b, runOut } = await twoOwners();
  expect(await a.claim(0, LONG)).toBe(true);
  expect(await b.claim(0, LONG)).toBe(false);
  expect(await a.claim(0, LONG), 'one’s own').toBe(true);
  await runOut();
  expect(await b.claim(0, LONG)).toBe(true);
  expect(await a.renew(LONG), 'lost').toEqual([]);
  expect(await b.renew(LONG)).toEqual([0]);
});

test('of those who claim at once, one has it', async () => {
  const { a, b } = await twoOwners();
  for (let shard = 0; shard < 20; shard++) {
    const claims = await Promise.all([a.claim(shard, LONG), b.claim(shard, LONG)]);
    expect(claims.filter(Boolean)).toHaveLength(1);
  }
});

test('what is given back is free at once; what is not one’s own is not given back', async () => {
  const { a, b } = await twoOwners();
  await a.claim(0, LONG);
  await b.release(0);
  expect(await b.claim(0, LONG)).toBe(false);
  await a.release(0);
  expect(await a.renew(LONG)).toEqual([]);
  expect(await b.claim(0, LONG)).toBe(true);
  const [lease] = await a.list();
  expect(lease).toMatchObject({ shard: 0, owner: 'b', address: 'http://b', epoch: 0 });
  expect(lease.leftMs).toBeGreaterThan(LONG / 2);
});

test('P6: a lease changes no epoch, and an epoch no lease', async () => {
  const { a, b, database } = await twoOwners();
  await a.claim(0, LONG);
  const journal = new PostgresJournalStore(database.ledger, 'season', 0);
  expect(await journal.take('a')).toBe(1);
  await a.renew(LONG);
  expect(await b.claim(0, LONG)).toBe(false);
  expect((await a.list())[0]).toMatchObject({ owner: 'a', epoch: 1 });
});

async function twoOwners() {
  const { database, admin } = await ledgerWithSeason();
  return {
    database,
    a: new ShardLeases(database.ledger, 'season', 'a', 'http://a'),
    b: new ShardLeases(database.ledger, 'season', 'b', 'http://b'),
    runOut: () => admin.query(`UPDATE gate_shard SET lease_until = lease_until - interval '1 day'`),
  };
}
