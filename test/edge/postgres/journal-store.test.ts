import { expect, test } from 'vitest';
import { PostgresJournalStore } from '../../../src/edge/postgres/journal-store.js';
import { NoticeFeed } from '../../../src/edge/postgres/notice-feed.js';
import { checkFollows } from '../../../src/gate/owner/entry-hash.js';
import type { JournalEntry } from '../../../src/gate/owner/journal-store.js';
import { all, chain, journalStoreLaws, next } from '../../support/journal-store-laws.js';
import { ledgerWithSeason } from '../../support/ledger-season.js';
import type { TestDatabase } from '../../support/postgres.js';

journalStoreLaws(async () => {
  const { store } = await withSeason();
  return () => store(0);
});

test('journals of shards and seasons know nothing of one another', async () => {
  const { store, database } = await withSeason();
  await database.ledger.query(
    `INSERT INTO gate_season (id, name, start_ms, id_key) SELECT 'other', name, start_ms, id_key FROM gate_season`,
  );
  const stores = [store(0), store(1), new PostgresJournalStore(database.ledger, 'other', 0)];
  for (const each of stores) {
    const [entry] = chain(await each.take('a'), [2]);
    expect(await each.append(entry)).toBe('appended');
    expect(await all(each, 1)).toHaveLength(1);
  }
});

test('a row is found in the entry that decided it, whatever entries without rows stand between', async () => {
  const { store } = await withSeason();
  const journal = store(0);
  const entries = chain(await journal.take('a'), [0, 2, 0, 0, 3]);
  for (const entry of entries) await journal.append(entry);
  const found = await Promise.all([0, 1, 2, 4, 5].map((row) => journal.findRow(row)));
  expect(found.map((entry) => entry?.seq)).toEqual([2, 2, 5, 5, undefined]);
});

test('many pages are read as one journal', async () => {
  const { store } = await withSeason();
  const journal = store(0);
  const entries = chain(await journal.take('a'), [1, 200_000, 1, 300_000, 300_000, 1, 1]);
  for (const entry of entries) await journal.append(entry);
  const read = await all(journal, 2);
  expect(read.map(({ hash }) => hash)).toEqual(entries.slice(1).map(({ hash }) => hash));
  for (const [i, entry] of read.entries()) checkFollows(entries[i], entry);
});

test('whoever stops reading gives the session back', async () => {
  const { store, database } = await withSeason();
  const journal = store(0);
  for (const entry of chain(await journal.take('a'), [1, 300_000, 1])) await journal.append(entry);
  for await (const entry of journal.read(1)) if (entry.seq === 1) break;
  expect(database.ledger.idleCount).toBe(database.ledger.totalCount);
});

test('notices come by audience, in order, no entry cut in two', async () => {
  const { store, database } = await withSeason();
  const journal = store(0);
  for (const entry of chain(
    await journal.take('a'),
    Array.from({ length: 9 }, () => 1),
  )) {
    await journal.append(entry);
  }
  const feed = new NoticeFeed(database.ledger, 'season');
  const whole = await feed.after(0, undefined, 0, 3);
  expect(whole.map(({ seq, audience }) => [seq, audience])).toEqual([
    [3, -1],
    [3, 4],
    [6, -1],
    [6, 4],
  ]);
  expect(whole[1]).toMatchObject({ at: 1.6e12 + 3.5, words: Int32Array.of(4, 3) });
  expect((await feed.after(0, [4], 3, 9)).map(({ seq }) => seq)).toEqual([6, 9]);
  expect(await feed.after(0, [4, -1], 6, 9)).toHaveLength(2);
  expect(await feed.after(0, [7], 0, 9)).toEqual([]);
});

test('P4: a connection cut in mid-append throws; reading back tells what became of it', async () => {
  const { store, database, admin } = await withSeason();
  const journal = store(0);
  const epoch = await journal.take('a');
  let last: JournalEntry | undefined;
  const confirmed: Uint8Array[] = [];
  let cut = 0;
  for (let round = 0; round < 40; round++) {
    const entry = next(last, epoch, 20_000);
    const appending = journal.append(entry).catch(() => 'unknown');
    await new Promise((resolve) => setTimeout(resolve, round % 8));
    await admin.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE state = 'active' AND pid <> pg_backend_pid() AND datname = current_database()`,
    );
    const outcome = await appending;
    cut += Number(outcome === 'unknown');
    // The session may have been cut after its answer.
    const found = await journal.find(entry.seq).catch(() => journal.find(entry.seq));
    if (outcome === 'appended') expect(found?.hash).toEqual(entry.hash);
    if (!found) continue;
    checkFollows(last, found);
    last = found;
    confirmed.push(found.hash);
  }
  expect(cut, 'connections that were cut').toBeGreaterThan(0);
  expect((await all(journal, 1)).map(({ hash }) => hash)).toEqual(confirmed);
  expect(database.ledger.totalCount).toBeGreaterThan(0);
});

/** A database with a season, and its shards' journals. */
async function withSeason(): Promise<
  TestDatabase & { store: (shard: number) => PostgresJournalStore }
> {
  const made = await ledgerWithSeason();
  return {
    ...made,
    store: (shard) => new PostgresJournalStore(made.database.ledger, 'season', shard),
  };
}
