import { expect, test } from 'vitest';
import { contains } from '../../../src/edge/access/principal.js';
import type { RequestItem, TicketView } from '../../../src/edge/gate/gate-service.js';
import { type PairsAsked, pairGroups, provinceOf } from '../../../src/edge/gate/pair-groups.js';
import { ROW_NUMBERS } from '../../../src/edge/gate/pair-tally.js';
import { Random } from '../../../src/world/random.js';
import { gateSeason, localShards } from '../../support/gate-season.js';

const NATION = { region: '000000' };

/** Tickets of many requests, some confirmed, some cancelled, with every ticket as it is listed. */
async function ticketed() {
  const season = gateSeason();
  const shards = await localShards(season);
  const random = new Random(7, 'requests');
  const pairs = [
    ['A', 'x'],
    ['A', '西'],
    ['B', '西'],
    ['B', 'x'],
  ];
  const items: RequestItem[] = Array.from({ length: 80 }, (_, i) => {
    const [operator, origin] = pairs[i % pairs.length];
    const readyAt = season.names.slotStart(Math.floor(random.uniform() * 5));
    const parcels = 1 + Math.floor(random.uniform() * 3);
    return {
      id: `r${i}`,
      service: 'standard',
      operator,
      origin,
      destination: 'y',
      readyAt,
      parcels,
    };
  });
  const desks = [...new Set(season.inUse)].map((shard) => {
    const pair = season.shards.ofPair.indexOf(shard);
    const desk = shards.deskOf(pair);
    if (!desk) throw new Error('no desk');
    return { desk, operators: season.names.operatorsOf(shard) };
  });
  const tickets: TicketView[] = [];
  for (const { desk, operators } of desks) {
    const own = items.filter(({ operator }) => operators.includes(operator));
    const { scenario } = season;
    const flows = own.map(({ operator, origin }) => {
      const { pairs: p } = scenario;
      const at = [...p.operator.keys()].find(
        (k) => p.operators.get(p.operator[k]) === operator && p.places.get(p.origin[k]) === origin,
      );
      return (at ?? -1) * scenario.services.length;
    });
    await desk.decide('0', own, flows);
    await desk.change(
      '0',
      'confirm',
      own.filter((_, i) => i % 3 === 0).map(({ id }) => id),
    );
    await desk.change(
      '0',
      'cancel',
      own.filter((_, i) => i % 5 === 4).map(({ id }) => id),
    );
    tickets.push(...(await desk.list({}, {}, 0, 1000)).items);
  }
  /** Every shard here has taken over the plan whole: a share counts where its operator's desk is. */
  const tally = async (asked: PairsAsked) => {
    const { groups } = pairGroups(season.scenario, asked);
    const rows = await Promise.all(
      desks.map(async ({ desk, operators }) =>
        rowsOf(await desk.tally(asked)).filter(([g]) => operators.includes(groups[g].operator)),
      ),
    );
    return rows.flat();
  };
  return { season, tickets, tally, plan: shards.plan };
}

function rowsOf(flat: readonly number[]): number[][] {
  return Array.from({ length: flat.length / ROW_NUMBERS }, (_, i) =>
    flat.slice(i * ROW_NUMBERS, (i + 1) * ROW_NUMBERS),
  );
}

test('tickets and shares are added up by pair and slot as one would by hand', async () => {
  const { season, tickets, tally, plan } = await ticketed();
  const inForce = tickets.filter(({ state }) =>
    ['issued', 'confirmed', 'pickedUp'].includes(state),
  );
  expect(inForce.length).toBeGreaterThan(20);
  expect(tickets.some(({ state }) => state === 'cancelled')).toBe(true);
  const { groups } = pairGroups(season.scenario, NATION);
  const seen = new Map<string, number[]>();
  for (const [group, slot, ...counts] of await tally(NATION)) {
    const { operator, origin, destination } = groups[group];
    seen.set([operator, origin, destination, season.names.slotStart(slot)].join(' '), counts);
  }
  const naive = new Map<string, number[]>();
  const add = (key: string, column: number, parcels: number) => {
    const counts = naive.get(key) ?? [0, 0, 0, 0];
    counts[column] += parcels;
    naive.set(key, counts);
  };
  for (const { operator, origin, destination, slotStart, parcels, state } of inForce) {
    const key = [operator, origin, destination, slotStart].join(' ');
    add(key, 1, parcels);
    if (state === 'confirmed') add(key, 2, parcels);
  }
  const { pairs, services } = season.scenario;
  for (let i = 0; i < plan.shares.count; i++) {
    const pair = Math.floor(plan.shares.flow[i] / services.length);
    const from = pairs.places.get(pairs.origin[pair]);
    const to = pairs.places.get(pairs.destination[pair]);
    const slot = season.names.slotStart(plan.shares.slot[i]);
    add(
      `${pairs.operators.get(pairs.operator[pair])} ${from} ${to} ${slot}`,
      0,
      plan.shares.parcels[i],
    );
  }
  expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(naive));
});

test('P11: what is asked is cut to an operator and to where origins lie; the parts make the whole', async () => {
  const { season, tally } = await ticketed();
  const total = async (asked: PairsAsked) =>
    (await tally(asked)).reduce((sum, [, , , parcels]) => sum + parcels, 0);
  const all = await total(NATION);
  const [a, b] = [
    await total({ ...NATION, operator: 'A' }),
    await total({ ...NATION, operator: 'B' }),
  ];
  expect(a).toBeGreaterThan(0);
  expect(b).toBeGreaterThan(0);
  expect(a + b).toBe(all);
  expect(
    (await total({ ...NATION, origin: 'x' })) + (await total({ ...NATION, origin: '西' })),
  ).toBe(all);
  expect(await total({ ...NATION, operator: '' })).toBe(0);
  expect(await total({ region: '330000' })).toBe(0);
  expect(pairGroups(season.scenario, { ...NATION, destination: 'z' }).groups).toEqual([]);
});

test('cities make up provinces; a place without a code stands for itself', () => {
  expect(['330100', '310000', '西'].map(provinceOf)).toEqual(['330000', '310000', '西']);
  expect(contains('330000', '330100')).toBe(true);
});
