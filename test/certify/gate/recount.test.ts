import { expect, test } from 'vitest';
import type { LedgerEntry } from '../../../src/certify/gate/ledger-entry.js';
import type { LedgerRule } from '../../../src/certify/gate/ledger-report.js';
import { hashOf, NO_HASH } from '../../../src/gate/owner/entry-hash.js';
import { gateSeason, localShards } from '../../support/gate-season.js';
import { recounted } from '../../support/recounted.js';

/*
 * Books that a gate wrote are right; whatever is changed in them is found, by the hash of the entry if nobody mended it, and
 * by the recount if somebody did.
 */

const season = gateSeason();
const { scenario, network } = season;
const REQUEST_WORDS = 21;

const request = (id: string, parcels: number, hour = 0) => ({
  id,
  service: 'standard',
  operator: 'A',
  origin: 'x',
  destination: 'y',
  readyAt: new Date(network.startMs + hour * network.slotMs).toISOString(),
  parcels,
});

/** A ledger in which everything happens that the small world can have. */
async function livedLedger() {
  const { decide, owners, ledgers, plan } = await localShards(season);
  const [shard] = season.inUse;
  const owner = owners.get(shard);
  if (!owner) throw new Error('the shard has no owner');
  await decide([request('a', 30), request('b', 9), request('c', 25), request('later', 5, 2)]);
  await decide([request('too much', 2000), request('a', 30)]);
  await owner.confirm(0, [0]);
  await owner.cancel(0, [3]);
  await owner.setCapacities([[0, 0, 35]]);
  await decide([request('d', 3)]);
  return { shard, plan, entries: ledgers.get(shard) ?? [] };
}

/** Changes entry `i` and writes the hashes of all from there on anew, as somebody would who knows how. */
function mended(
  entries: readonly LedgerEntry[],
  i: number,
  change: (words: Int32Array, entry: LedgerEntry) => Partial<LedgerEntry>,
): LedgerEntry[] {
  let before: Uint8Array = NO_HASH;
  return entries.map((entry, k) => {
    const words = entry.words.slice();
    const changed = k === i ? { ...entry, words, ...change(words, entry) } : entry;
    before = hashOf(before, changed);
    return { ...changed, hash: before };
  });
}

/** Where the n-th request's record begins. */
function requestAt(words: Int32Array, n: number): number {
  const sizes = [0, 3, 2, 5, REQUEST_WORDS, 2, 3, 5];
  let left = n;
  for (let at = 0; at < words.length; ) {
    if (words[at] === 4 && left-- === 0) return at;
    at += sizes[words[at]] + (words[at] === 4 ? 4 * words[at + 1] : 0);
  }
  throw new Error('there is no such request');
}

test('P1, P2, P5, P14: the books of a gate are right, and counted', async () => {
  const { shard, plan, entries } = await livedLedger();
  const { shards, faults } = recounted(scenario, plan, [[shard, entries]]);
  expect(faults.first).toEqual([]);
  // By hand: a to d and `later` have tickets, one too large has none; one was confirmed, one cancelled.
  expect(shards).toMatchObject([
    { shard, entries: entries.length, requests: 6, refused: 1, parcels: 72, changed: 2, moved: 0 },
  ]);
  expect(shards[0].head).toBe(Buffer.from(entries.at(-1)?.hash ?? []).toString('hex'));
  expect(shards[0].peak?.parcels).toBeGreaterThan(0);
});

test('P14: every bit of every entry counts, and every entry', async () => {
  const { shard, plan, entries } = await livedLedger();
  const faultsOf = (changed: readonly LedgerEntry[]) =>
    recounted(scenario, plan, [[shard, changed]]).faults.total;
  entries.forEach((entry, i) => {
    for (const name of ['words', 'ids', 'hash'] as const) {
      const bytes = new Uint8Array(entry[name].slice().buffer);
      for (let bit = 0; bit < 8 * bytes.length; bit += 11) {
        bytes[bit >> 3] ^= 1 << (bit & 7);
        const column = name === 'words' ? new Int32Array(bytes.buffer) : bytes;
        expect(faultsOf(entries.with(i, { ...entry, [name]: column }))).toBeGreaterThan(0);
        bytes[bit >> 3] ^= 1 << (bit & 7);
      }
    }
    for (const name of ['seq', 'epoch', 'at', 'firstRow', 'rows'] as const) {
      expect(faultsOf(entries.with(i, { ...entry, [name]: entry[name] + 1 }))).toBeGreaterThan(0);
    }
    if (i < entries.length - 1) expect(faultsOf(entries.toSpliced(i, 1))).toBeGreaterThan(0);
    if (i > 0) {
      const swapped = entries.with(i, entries[i - 1]).with(i - 1, entry);
      expect(faultsOf(swapped)).toBeGreaterThan(0);
    }
  });
});

test.each<[LedgerRule, string, (words: Int32Array, entry: LedgerEntry) => Partial<LedgerEntry>]>([
  [
    'over-granted',
    'P1: a ticket above capacity',
    (words) => {
      const at = requestAt(words, 0);
      words[at + 7] = 41;
      words[at + REQUEST_WORDS + 3] = 41;
      return {};
    },
  ],
  [
    'decided-twice',
    'P2: an id with two decisions',
    (_, { ids }) => {
      const twice = ids.slice();
      twice.copyWithin(2, 0, 2);
      return { ids: twice };
    },
  ],
  [
    'plan',
    'P6: a decision by a plan that is not in force',
    (words) => {
      words[requestAt(words, 1) + 20] = 2;
      return {};
    },
  ],
  [
    'slot',
    'G4: a slot before ready',
    (words) => {
      words[requestAt(words, 3) + REQUEST_WORDS + 1] = 1;
      return {};
    },
  ],
  [
    'parcels',
    'G4: other parcels than asked for',
    (words) => {
      words[requestAt(words, 1) + REQUEST_WORDS + 3] -= 1;
      return {};
    },
  ],
  [
    'lost-row',
    'P5: a row left out',
    (words) => {
      words[requestAt(words, 2) + 2] += 1;
      return {};
    },
  ],
  [
    'change',
    'G6: a refusal is cancelled',
    (words) => {
      const record = Int32Array.of(6, 99, 4);
      return { words: Int32Array.from([...words, ...record]) };
    },
  ],
  [
    'clock',
    'G11: the clock goes back',
    (words) => {
      const clock = new Int32Array(Float64Array.of(network.startMs - 1).buffer);
      return { words: Int32Array.from([...words, 1, ...clock]) };
    },
  ],
])('%s, %s: found though the hashes were written anew', async (rule, _, change) => {
  const { shard, plan, entries } = await livedLedger();
  const i = entries.findIndex(({ rows }) => rows > 1);
  const { faults } = recounted(scenario, plan, [[shard, mended(entries, i, change)]]);
  expect([...faults.countByRule.keys()]).toContain(rule);
  expect(faults.countByRule.get('chain')).toBeUndefined();
});
