import { expect, test } from 'vitest';
import { BulkDesk } from '../../../src/edge/gate/bulk-desk.js';
import { AGAIN, type Asked, Asking, OTHER } from '../../../src/edge/load/asking.js';
import { Calls } from '../../../src/edge/load/calls.js';
import { ReceiptCheck } from '../../../src/edge/load/check-receipts.js';
import { Instants } from '../../../src/edge/load/instants.js';
import { Platform } from '../../../src/edge/load/platform.js';
import { readResults } from '../../../src/edge/load/read-results.js';
import { makePool } from '../../../src/edge/load/request-pool.js';
import { Random } from '../../../src/world/random.js';
import { gateSeason, localShards } from '../../support/gate-season.js';
import { recounted } from '../../support/recounted.js';

/* The load generator against the production gate in one process: it must neither accuse the innocent nor miss a lie. */

const RUN = 'abcdefgh';
const season = gateSeason(
  ['A', 'B'].map((operator) => ({
    shipper: 'm',
    operator,
    origin: 'x',
    destination: 'y',
    slot: 0,
    parcels: 10,
  })),
);
const { scenario } = season;

async function loaded() {
  const shards = await localShards(season);
  const desk = new BulkDesk(season, shards.deskOf);
  const random = new Random(1, 'platform');
  const instants = new Instants(scenario.start, () => season.timing.now());
  const pool = makePool(scenario, 0, `${RUN}-00-`, random);
  const asking = new Asking(pool, instants, random);
  const latencies = { add: () => undefined };
  const calls = new Calls([]);
  const platform = new Platform({ key: '', calls, asking, random, latencies, elapsed: () => 0 });
  const answer = async (asked: Asked): Promise<Uint8Array> => {
    const decided = await desk.decide(0, asked.body);
    if (!decided) throw new Error('the body is not plain');
    return Buffer.from(decided.body);
  };
  return { ...shards, asking, platform, answer };
}

type Loaded = Awaited<ReturnType<typeof loaded>>;

async function ask({ asking, platform, answer }: Loaded, count: number) {
  const asked = asking.make(count);
  const bytes = await answer(asked);
  const isRead = readResults(bytes, asked, platform.receipts, platform.told);
  asking.keep(asked);
  return { asked, bytes, isRead };
}

test('G1: bodies are what platforms send: ids of their own, some again, some under an old id', async () => {
  const load = await loaded();
  await ask(load, 1000);
  const { asked } = await ask(load, 2000);
  const { requests }: { requests: { id: string; readyAt: string; parcels: number }[] } = JSON.parse(
    asked.body.toString(),
  );
  expect(requests.map(({ id }) => Number(id.slice(-9)))).toEqual([...asked.numbers]);
  expect(requests.every(({ readyAt }) => /^20.*\+08:00$/.test(readyAt))).toBe(true);
  const kinds = [...asked.kinds];
  expect(kinds.filter((kind) => kind === AGAIN).length).toBeGreaterThan(5);
  expect(kinds).toContain(OTHER);
  const fresh = requests.filter((_, i) => kinds[i] === 0).map(({ id }) => id);
  expect(new Set(fresh).size).toBe(fresh.length);
});

test('G2: what is told again is told the same, though tickets have changed since; other content is a conflict', async () => {
  const load = await loaded();
  const { platform, confirmFirst, asking } = load;
  await ask(load, 300);
  await confirmFirst();
  const { asked, bytes, isRead } = await ask(load, 4000);
  expect(isRead).toBe(true);
  const { told } = platform;
  const others = asked.kinds.filter((kind) => kind === OTHER).length;
  const again = asked.kinds.filter((kind) => kind === AGAIN).length;
  expect(told).toMatchObject({ errors: 0, contradictions: 0, conflicts: others, repeated: again });
  expect(told.ticketed + told.refused).toBe(asking.requests);
  // The same body once more, as after a timeout.
  expect(readResults(await load.answer(asked), asked, platform.receipts, told)).toBe(true);
  expect(told.contradictions).toBe(0);
  // Another slot for what was told before, or a conflict that is none.
  const text = Buffer.from(bytes).toString();
  const lie = Buffer.from(text.replace('"slotStart":"2021', '"slotStart":"2022'));
  expect(readResults(lie, asked, platform.receipts, told)).toBe(true);
  expect(told.contradictions).toBe(1);
  for (const cut of [text.slice(0, -1), text.slice(0, -40), text.replace(RUN, 'hgfedcba')]) {
    expect(readResults(Buffer.from(cut), asked, platform.receipts, told)).toBe(false);
  }
});

test('P3: what was received is held against the ledger, ticket by ticket', async () => {
  const load = await loaded();
  await ask(load, 50);
  await ask(load, 50);
  const { plan, ledgers, platform } = load;
  const books = (cut: number) => {
    const check = new ReceiptCheck(scenario, RUN, [platform]);
    const kept = [...ledgers].map(
      ([shard, entries]) => [shard, entries.slice(0, -cut || undefined)] as const,
    );
    const report = recounted(scenario, plan, kept, (decided) => check.see(decided));
    check.end(report.faults);
    return { found: check.found, faults: report.faults };
  };
  const { found, faults } = books(0);
  expect(faults.first).toEqual([]);
  expect(found).toBe(load.asking.requests);
  // Receipts are settled by now: the same again, and the last entries are gone.
  await ask(load, 50);
  expect(books(1).faults.countByRule.get('not-in-ledger')).toBeGreaterThan(10);
});
