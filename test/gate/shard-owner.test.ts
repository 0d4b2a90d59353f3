import { expect, test } from 'vitest';
import { readDecision } from '../../src/gate/decision.js';
import { gateNetwork } from '../../src/gate/gate-network.js';
import type { GatePlan } from '../../src/gate/gate-plan.js';
import type { JournalStore } from '../../src/gate/owner/journal-store.js';
import { ShardOwner } from '../../src/gate/owner/shard-owner.js';
import { DEFAULT_POLICY } from '../../src/gate/policy.js';
import { CONFLICT, REPEATED, TICKETED } from '../../src/gate/requests.js';
import { stateHash } from '../../src/gate/state-hash.js';
import type { Timing } from '../../src/units/timing.js';
import { batchOf, KEY, planOf } from '../support/gate-world.js';
import { MemoryStore } from '../support/memory-store.js';
import { scenarioFrom } from '../support/scenario-from.js';

const network = gateNetwork(
  scenarioFrom({
    slots: 4,
    resources: [{ id: 'hub', capacity: 10 }],
    routes: [{ id: 'way', origin: 'x', destination: 'y', steps: [{ resource: 'hub' }] }],
    demand: [],
  }),
);
const plan = planOf(network, 1, { slots: 4 }, () => 10, []);

/** Time that stands still. */
function standing(now: number): Timing {
  return { now: () => now, elapsed: () => 0, sleep: () => new Promise(setImmediate) };
}

async function opened(
  store: JournalStore,
  plans: GatePlan[] = [plan],
  timing = standing(network.startMs),
): Promise<ShardOwner> {
  const owner = await ShardOwner.open({
    network,
    policy: DEFAULT_POLICY,
    key: KEY,
    store,
    plans: async (version) => plans[version - 1],
    timing,
    name: 'test',
  });
  if (owner.seq === 0) await owner.adopt(plan);
  return owner;
}

test('P2, P3, P8: after a restart a repeat gets the same decision, and the state is the same', async () => {
  const store = new MemoryStore();
  const first = await opened(store);
  const asked = batchOf(network, [
    { id: 'a', parcels: 7 },
    { id: 'b', parcels: 7 },
  ]);
  const given = await first.answer(asked);
  expect([...given.status]).toEqual([TICKETED, TICKETED]);
  const again = await opened(store);
  expect(stateHash(again.state)).toBe(stateHash(first.state));
  const repeated = await again.answer(asked);
  expect([...repeated.status]).toEqual([REPEATED, REPEATED]);
  for (const i of [0, 1]) {
    expect(readDecision(repeated.words, repeated.at[i])).toEqual(
      readDecision(given.words, given.at[i]),
    );
  }
  const other = await again.answer(batchOf(network, [{ id: 'a', parcels: 6 }]));
  expect([...other.status]).toEqual([CONFLICT]);
});

test.each(['done, but says nothing', 'not done'] as const)(
  'P3: an append that fails is read back and charged once: %s',
  async (outcome) => {
    const store = new MemoryStore();
    const owner = await opened(store);
    store.outcome = outcome;
    const given = await owner.answer(batchOf(network, [{ id: 'a', parcels: 7 }]));
    expect([...given.status]).toEqual([TICKETED]);
    expect(store.entries).toHaveLength(2);
    expect(stateHash((await opened(store)).state)).toBe(stateHash(owner.state));
  },
);

test('P1: an owner of an older epoch promises nothing more', async () => {
  const store = new MemoryStore();
  const old = await opened(store);
  await opened(store);
  await expect(old.answer(batchOf(network, [{ id: 'a' }]))).rejects.toThrow(/another owner/);
  expect(old.lost).toMatch(/another owner/);
  expect(store.entries).toHaveLength(1);
});

test('G11: an owner whose clock is behind closes no entry before the last one', async () => {
  const store = new MemoryStore();
  await opened(store);
  const behind = await opened(store, [plan], standing(network.startMs - 60_000));
  await behind.answer(batchOf(network, [{ id: 'a', parcels: 7 }]));
  expect(store.entries.map(({ at }) => at)).toEqual([network.startMs, network.startMs]);
});

test('P3: an owner that was overtaken and does not know it denies no ticket that another gave', async () => {
  const store = new MemoryStore();
  const old = await opened(store);
  const young = await opened(store);
  await young.answer(batchOf(network, [{ id: 'a', parcels: 7 }]));
  await expect(old.cancel(0, [0])).rejects.toThrow(/another owner/);
});

test('P3: what is shown is durable, whatever was decided since', async () => {
  const store = new MemoryStore();
  const owner = await opened(store);
  const first = owner.answer(batchOf(network, [{ id: 'a', parcels: 7 }]));
  const shown = owner.show(({ tickets }) => tickets.size);
  const second = owner.answer(batchOf(network, [{ id: 'b', parcels: 2 }]));
  expect(await shown).toBe(1);
  await Promise.all([first, second]);
});

test('P4: who waits is told in time that the ledger is silent, however long its calls take', async () => {
  const store = new MemoryStore();
  let elapsed = 0;
  const sleep = (ms: number): Promise<void> => {
    elapsed += ms;
    return new Promise(setImmediate);
  };
  const timing = { ...standing(network.startMs), elapsed: () => elapsed, sleep };
  const owner = await opened(store, [plan], timing);
  store.append = () => new Promise(() => {});
  await expect(owner.answer(batchOf(network, [{ id: 'a' }]))).rejects.toThrow(/not answer in time/);
  await expect(owner.advance()).rejects.toThrow(/does not answer/);
});

test('P15: a journal that was altered is not taken over', async () => {
  const store = new MemoryStore();
  const owner = await opened(store);
  await owner.answer(batchOf(network, [{ id: 'a', parcels: 7 }]));
  store.entries[1].words[10] ^= 1;
  await expect(opened(store)).rejects.toThrow(/journal entry 2: its hash does not fit/);
});
