import { expect, test } from 'vitest';
import type { ChangesAsked, RequestItem } from '../../../src/edge/gate/gate-service.js';
import {
  answerPeers,
  NATION,
  platform,
  type TestGate,
  testGate,
} from '../../support/open-gates.js';
import { testDatabase } from '../../support/postgres.js';
import { scenarioFrom } from '../../support/scenario-from.js';

/** Two operators that share nothing: two shards. A hub takes 10 parcels a slot of an hour. */
const SCENARIO = scenarioFrom({
  slots: 6,
  resources: [
    { id: 'A/hub', capacity: 10, operator: 'A', region: '330100' },
    { id: 'B/hub', capacity: 10, operator: 'B', region: '440100' },
  ],
  routes: ['A', 'B'].map((operator) => ({
    id: `${operator}/way`,
    operator,
    origin: '330100',
    destination: '440100',
    steps: [{ resource: `${operator}/hub` }],
  })),
  demand: [],
});

const mall = platform('mall');

function ask(id: string, operator = 'A', parcels = 4): RequestItem {
  const readyAt = '2021-11-01T01:00:00+08:00';
  return { id, service: 's', operator, origin: '330100', destination: '440100', readyAt, parcels };
}

const now = (limit = 100): ChangesAsked => ({
  limit,
  waitMs: 0,
  signal: new AbortController().signal,
});

async function statuses({ gate }: TestGate, shipper: string, items: RequestItem[]) {
  const results = await gate.decide(shipper, items);
  return results.map((text) => JSON.parse(text).status);
}

test('P2, P3: who opens the gate again gives the same answers and knows the same tickets', async () => {
  const { database } = await testDatabase();
  const first = await testGate(database, SCENARIO);
  const asked = [ask('a'), ask('b', 'B'), ask('c', 'A', 11), { ...ask('d'), operator: 'C' }];
  const given = await first.gate.decide('mall', asked);
  expect(given.map((text) => JSON.parse(text).status)).toEqual([
    'ticketed',
    'ticketed',
    'refused',
    'error',
  ]);
  const body = Buffer.from(JSON.stringify({ requests: asked.slice(0, 3) }));
  await first.close();
  const again = await testGate(database, SCENARIO);
  expect(await again.gate.decide('mall', asked)).toEqual(given);
  const decided = await again.gate.decideBody('mall', body);
  expect(decided?.body.toString()).toBe(`{"results":[${given.slice(0, 3).join(',')}]}`);
  const { items } = await again.gate.list(mall, {}, { limit: 10 });
  expect(items.map(({ id, operator, state }) => [id, operator, state])).toEqual([
    ['a', 'A', 'issued'],
    ['b', 'B', 'issued'],
  ]);
  const found = await again.gate.find(mall, 'a');
  expect(JSON.stringify(found?.result)).toBe(given[0]);
  expect((await again.gate.find(NATION, items[1].ticket))?.tickets).toEqual([items[1]]);
});

/** The status of each result, of an error its code. */
function status(texts: readonly string[]): string[] {
  return texts
    .map((text) => JSON.parse(text))
    .map(({ error, status: given }) => error?.code ?? given);
}

test('G2: an id is a shipper’s once, whichever operators it names', async () => {
  const { database } = await testDatabase();
  const { gate } = await testGate(database, SCENARIO);
  const both = await gate.decide('mall', [ask('a', 'A'), ask('a', 'B')]);
  expect(status(both)).toEqual(['ticketed', 'conflict']);
  const later = await gate.decide('mall', [ask('b', 'B'), ask('a', 'B'), ask('a', 'A')]);
  expect(status(later)).toEqual(['ticketed', 'conflict', 'ticketed']);
  const requests = [ask('b', 'A'), ask('c', 'A'), ask('c', 'B')];
  const decided = await gate.decideBody('mall', Buffer.from(JSON.stringify({ requests })));
  const { results } = JSON.parse(String(decided?.body));
  expect(status(results.map((each: unknown) => JSON.stringify(each)))).toEqual([
    'conflict',
    'ticketed',
    'conflict',
  ]);
  expect(status(await gate.decide('bazaar', [ask('a', 'B', 1)]))).toEqual(['ticketed']);
});

test('P11: what one shipper has is not there for another', async () => {
  const { database } = await testDatabase();
  const { gate } = await testGate(database, SCENARIO);
  await gate.decide('mall', [ask('a')]);
  const other = platform('bazaar');
  const [ticket] = (await gate.list(mall, {}, { limit: 10 })).items;
  expect(await gate.find(other, 'a')).toBeUndefined();
  expect(await gate.find(other, ticket.ticket)).toBeUndefined();
  expect(await gate.list(other, {}, { limit: 10 })).toEqual({ items: [] });
  expect(await gate.cancel('bazaar', ['a', ticket.ticket])).toEqual([
    { id: 'a', status: 'unknown' },
    { id: ticket.ticket, status: 'unknown' },
  ]);
});

test('changes are told once each, in order, to whom they concern, however few are taken at a time', async () => {
  const { database } = await testDatabase();
  const { gate } = await testGate(database, SCENARIO);
  const { cursor } = await gate.changes(mall, undefined, now());
  const ids = ['a', 'b', 'c', 'd', 'e'];
  await gate.decide(
    'mall',
    ids.map((id) => ask(id, 'A', 1)),
  );
  await gate.decide('bazaar', [ask('x', 'A', 1)]);
  await gate.confirm('mall', ids);
  await gate.confirm('bazaar', ['x']);
  await gate.cancel('mall', ['d']);
  const told: string[] = [];
  for (let after = cursor; ; ) {
    const page = await gate.changes(mall, after, now(2));
    if (page.changes.length === 0) break;
    expect(page.changes.length).toBeLessThanOrEqual(2);
    for (const change of page.changes) {
      if (change.type === 'ticket') told.push(`${change.id} ${change.change}`);
    }
    after = page.cursor;
  }
  expect(told).toEqual([...ids.map((id) => `${id} confirmed`), 'd cancelled']);
  const everything = await gate.changes(NATION, cursor, now());
  expect(everything.changes).toHaveLength(7);
  await expect(gate.changes(mall, 'no cursor', now())).rejects.toThrow(/cursor/);
});

test('G8: a cut in capacity counts at once, is shown as overhang to whose part it is in, and nothing more is given', async () => {
  const { database } = await testDatabase();
  const open = await testGate(database, SCENARIO);
  const { gate } = open;
  await gate.decide('mall', [ask('a', 'A', 10)]);
  const slotStart = '2021-11-01T01:00:00+08:00';
  await gate.setCapacities([{ resource: 'A/hub', slotStart, parcels: 4 }]);
  expect(await gate.overhang(NATION)).toEqual([{ resource: 'A/hub', slotStart, parcels: 6 }]);
  expect(
    await gate.overhang({
      ...NATION,
      organisation: { ...NATION.organisation, level: 'city', region: '440100' },
    }),
  ).toEqual([]);
  const notAfter = slotStart;
  expect(await statuses(open, 'mall', [{ ...ask('b', 'A', 1), notAfter }])).toEqual(['refused']);
});

test('two processes share the shards, ask one another, and the one that stays takes over', async () => {
  const { database } = await testDatabase();
  const one = await testGate(database, SCENARIO);
  await answerPeers(database, one);
  const two = await testGate(database, SCENARIO);
  await answerPeers(database, two);
  const owned = () => [one, two].map(({ seats }) => seats.filter(({ isOurs }) => isOurs).length);
  await expect.poll(owned, { timeout: 20_000 }).toEqual([1, 1]);
  const items = [ask('a'), ask('b', 'B')];
  await expect
    .poll(() => statuses(one, 'mall', items), { timeout: 20_000 })
    .toEqual(['ticketed', 'ticketed']);
  const given = await one.gate.decide('mall', items);
  await expect.poll(() => two.gate.decide('mall', items), { timeout: 20_000 }).toEqual(given);
  await one.close();
  await expect.poll(owned, { timeout: 20_000 }).toEqual([0, 2]);
  await expect.poll(() => two.gate.decide('mall', items), { timeout: 20_000 }).toEqual(given);
}, 90_000);

test('P11: tickets added up are what the list has, cut to the viewer, whichever process has the shard', async () => {
  const { database } = await testDatabase();
  const { gate } = await testGate(database, SCENARIO);
  await gate.decide('mall', [ask('a'), ask('b', 'B'), ask('c', 'A', 5), ask('d', 'A', 3)]);
  await gate.decide('bazaar', [ask('a', 'B', 2)]);
  await gate.confirm('mall', ['a']);
  await gate.cancel('mall', ['c']);
  const { items } = await gate.list(mall, {}, { limit: 10 });
  const rows = await gate.summarise(mall, {}, 'slot');
  const listed = new Map<string, number>();
  for (const { operator, slotStart, state, parcels } of items) {
    const key = `${operator} ${slotStart} ${state}`;
    listed.set(key, (listed.get(key) ?? 0) + parcels);
  }
  const summed = rows.flatMap(({ operator, slotStart, ...figures }) =>
    (['issued', 'confirmed', 'cancelled'] as const)
      .filter((state) => figures[state] > 0)
      .map((state) => [`${operator} ${slotStart} ${state}`, figures[state]] as const),
  );
  expect(new Map(summed)).toEqual(listed);
  const held = items.filter(({ id, slotStart }) => id === 'd' && slotStart > ask('d').readyAt);
  expect(rows.reduce((sum, { heldHours }) => sum + heldHours, 0)).toBe(3 * held.length);
  const [first, ...others] = await gate.summarise(NATION, { operator: 'B' }, 'destination');
  expect(others).toEqual([]);
  expect(first).toMatchObject({ operator: 'B', destination: '440100', issued: 6, tickets: 2 });
  const origins = await gate.summarise(mall, {}, 'origin');
  expect(origins.map(({ operator, origin }) => [operator, origin])).toEqual([
    ['A', '330100'],
    ['B', '330100'],
  ]);
  expect(await gate.summarise(platform('nobody'), {}, 'slot')).toEqual([]);
});
