import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { PlanStore, type Published } from '../../../src/edge/postgres/plan-store.js';
import { ledgerWithSeason } from '../../support/ledger-season.js';

test('P6: a plan made from a version that has a successor is refused, and leaves nothing', async () => {
  const { database } = await ledgerWithSeason();
  const store = new PlanStore(database, 'season');
  expect(await store.currentVersion()).toBe(0);
  expect(await publish(store, 0, 1)).toBe('published');
  expect(await publish(store, 1, 3)).toBe('published');
  expect(await publish(store, 1, 4)).toBe('stale');
  expect(await publish(store, 0, 9)).toBe('stale');
  expect(await publish(store, 2, 9)).toBe('stale');
  expect(await publish(store, 1, 3, 'other')).toBe('stale');
  expect(await store.currentVersion()).toBe(3);
  expect(await store.read(4)).toBeUndefined();
});

test('P4: the plan of which one does not know whether it was published may be published again', async () => {
  const { database } = await ledgerWithSeason();
  const store = new PlanStore(database, 'season');
  await publish(store, 0, 1);
  expect(await publish(store, 0, 1)).toBe('published');
});

test('P6: of planners that start from one version at once, one publishes', async () => {
  const { database } = await ledgerWithSeason();
  const store = new PlanStore(database, 'season');
  for (let base = 0; base < 10; base += 5) {
    const versions = [1, 2, 3, 4, 5].map((n) => base + n);
    const outcomes = await Promise.all(versions.map((version) => publish(store, base, version)));
    expect(outcomes.filter((outcome) => outcome === 'published')).toHaveLength(1);
    expect(await store.currentVersion()).toBe(versions[outcomes.indexOf('published')]);
    if (outcomes[4] !== 'published') await publish(store, await store.currentVersion(), base + 5);
  }
});

test('a plan of several parts is read whole', async () => {
  const { database } = await ledgerWithSeason();
  const store = new PlanStore(database, 'season');
  const bytes = new Uint8Array(40_000_000);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Math.imul(i, 0x9e3779b1) >>> 24;
  const digest = createHash('sha256').update(bytes).digest();
  await store.publish(0, 1, bytes, digest);
  const read = await store.read(1);
  expect(
    createHash('sha256')
      .update(read ?? '')
      .digest(),
  ).toEqual(digest);
});

function publish(
  store: PlanStore,
  base: number,
  version: number,
  text = 'plan',
): Promise<Published> {
  const bytes = Buffer.from(`${text} ${version} after ${base}`);
  return store.publish(base, version, bytes, createHash('sha256').update(bytes).digest());
}
