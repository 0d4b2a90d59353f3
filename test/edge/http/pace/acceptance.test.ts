import { expect, onTestFinished, test } from 'vitest';
import { Api } from '../../../../src/client/api.js';
import { type PairsAsked, pairGroups } from '../../../../src/edge/gate/pair-groups.js';
import { AcceptanceBoard } from '../../../../src/edge/pace/acceptance-board.js';
import { CapacityBoard } from '../../../../src/edge/pace/capacity-board.js';
import { FakeTracking, msOfSlot, testTrackSeason } from '../../../support/fake-tracking.js';
import { testDatabase } from '../../../support/postgres.js';
import { scenarioFrom } from '../../../support/scenario-from.js';
import { at, scanOf } from '../../../support/track-conformance.js';
import { ask, startTrackServer } from '../../../support/track-server.js';

const SCALE = 10;
/** By operator and origin: ways to each of two cities; both of B's origins enter at one place. */
const PAIRS = [
  ['A', '330100', '440300', 'A/hub/HZ'],
  ['A', '330100', '110000', 'A/hub/HZ'],
  ['A', '440300', '330100', 'A/hub/SZ'],
  ['B', '330100', '440300', 'B/hub'],
  ['B', '330700', '440300', 'B/hub'],
] as const;
const SCENARIO = scenarioFrom({
  slots: 48,
  resources: [
    { id: 'A/hub/HZ', capacity: 100, operator: 'A', region: '330100' },
    { id: 'A/hub/SZ', capacity: 100, operator: 'A', region: '440300' },
    { id: 'B/hub', capacity: 100, operator: 'B', region: '330100' },
  ],
  routes: PAIRS.map(([operator, origin, destination, resource], i) => ({
    id: `${i}`,
    operator,
    origin,
    destination,
    steps: [{ resource }],
  })),
  demand: [],
});

/** Of pair number n in slot t: what a gate would have of it. */
const countsOf = (n: number, t: number) => [100 + n, 10 * (n + 1) + t, n + t, 0];

/** A gate that has `countsOf` of all pairs in slots 0 … 11, cut as it was asked. */
async function tally(asked: PairsAsked): Promise<number[][]> {
  const { of } = pairGroups(SCENARIO, asked);
  const rows: number[] = [];
  for (const [pair, group] of of.entries()) {
    for (let t = 0; t < 12; t++) if (group >= 0) rows.push(group, t, ...countsOf(pair, t));
  }
  return [rows];
}

async function start() {
  const clock = { now: msOfSlot(10) + 1 };
  const service = new FakeTracking(testTrackSeason(clock, 1, SCENARIO));
  const now = () => clock.now;
  const asked: PairsAsked[] = [];
  const gate = { now, tally: (which: PairsAsked) => (asked.push(which), tally(which)) };
  let elapsed = 0;
  const { database } = await testDatabase();
  const pace = {
    scale: SCALE,
    now,
    acceptance: new AcceptanceBoard({
      gate,
      scenario: SCENARIO,
      elapsed: () => elapsed,
      service,
      scale: SCALE,
    }),
    capacities: new CapacityBoard(database, SCENARIO, 0, now),
  };
  const server = await startTrackServer(service, {}, { pace });
  onTestFinished(() => server.stop());
  const apiOf = (key: string) => new Api({ url: server.url, key, attempts: 1 });
  const send = (key: string, ...lines: object[]) => ask(server, key, '/v1/scans', lines);
  return { server, apiOf, send, asked, later: () => (elapsed += 60_000) };
}

const sum = (column: number, n: number, until: number) =>
  Array.from({ length: until }, (_, t) => countsOf(n, t)[column]).reduce((a, b) => a + b, 0);

test('an operator is told its pairs and origins as one would add them up; accepted is what was scanned, at scale', async () => {
  const { apiOf, send } = await start();
  await send(
    'A',
    ...[1, 2, 3].map((n) => scanOf(`p${n}`, { kind: 'accepted', at: at(3) })),
    scanOf('p4', { kind: 'accepted', at: at(9) }),
    scanOf('p5', { kind: 'accepted', at: at(10) }),
    scanOf('p6', { kind: 'arrived', at: at(3) }),
  );
  const answer = await apiOf('A').getAcceptance();
  expect(answer).toMatchObject({
    by: 'city',
    scale: SCALE,
    slots: { from: 0, until: 10, now: 10 },
  });
  expect(
    answer.pairs.map(({ operator, origin, destination, planned, ticketed, confirmed }) => [
      [operator, origin, destination],
      [planned, ticketed, confirmed],
    ]),
  ).toEqual(
    [0, 1, 2].map((n) => [PAIRS[n].slice(0, 3), [sum(0, n, 10), sum(1, n, 10), sum(2, n, 10)]]),
  );
  expect(answer.origins).toMatchObject([
    {
      operator: 'A',
      origin: '330100',
      planned: sum(0, 0, 10) + sum(0, 1, 10),
      accepted: 4 * SCALE,
    },
    { operator: 'A', origin: '440300', accepted: 0 },
  ]);
  const { pace } = await apiOf('A').getAcceptance({ origin: '330100' });
  expect(pace.accepted?.slice(0, 12)).toEqual([0, 0, 0, 30, 0, 0, 0, 0, 0, 10, 10, 0]);
  expect(pace.ticketed[4]).toBe(countsOf(0, 4)[1] + countsOf(1, 4)[1]);
  const window = await apiOf('A').getAcceptance({ from: 9, until: 11, destination: '440300' });
  expect(window.origins).toMatchObject([{ accepted: null, planned: 200 }]);
  expect(window.pace.accepted).toBeNull();
});

test('P11: operators see their own and offices and administrations their region, as if there were nothing else', async () => {
  const { apiOf, server } = await start();
  const pairsOf = async (key: string, asked = {}) =>
    (await apiOf(key).getAcceptance(asked)).pairs.map(
      ({ operator, origin, destination }) => `${operator} ${origin} ${destination}`,
    );
  const all = PAIRS.map((pair) => pair.slice(0, 3).join(' '));
  expect(await pairsOf('A')).toEqual(all.slice(0, 3));
  expect(await pairsOf('A-HZ')).toEqual(all.slice(0, 2));
  expect(await pairsOf('B')).toEqual(all.slice(3));
  expect(await pairsOf('SPB')).toEqual(all);
  expect(await pairsOf('HZPA')).toEqual([all[0], all[1], all[3]]);
  expect(await pairsOf('A', { operator: 'B' })).toEqual([]);
  expect(await pairsOf('HZPA', { origin: '440300' })).toEqual([]);
  expect(await pairsOf('SPB', { by: 'province', operator: 'B' })).toEqual(['B 330000 440000']);
  for (const key of ['mall', 'box']) {
    expect((await ask(server, key, '/v1/acceptance')).status).toBe(403);
  }
});

test('where parcels of several origins enter together, nobody says whose were accepted; provinces may', async () => {
  const { apiOf, send } = await start();
  await send('B', scanOf('q1', { operator: 'B', resource: 'B/hub', kind: 'accepted', at: at(3) }));
  const cities = await apiOf('B').getAcceptance();
  expect(cities.origins.map(({ accepted }) => accepted)).toEqual([null, null]);
  const provinces = await apiOf('B').getAcceptance({ by: 'province' });
  expect(provinces.origins).toMatchObject([{ origin: '330000', accepted: SCALE }]);
});

test('however many ask the same, it is counted once in a while', async () => {
  const { apiOf, asked, later } = await start();
  await Promise.all(Array.from({ length: 20 }, () => apiOf('A').getAcceptance()));
  await apiOf('A').getAcceptance({ from: 2, until: 5 });
  expect(asked.length).toBe(1);
  later();
  await apiOf('A').getAcceptance();
  await apiOf('B').getAcceptance();
  expect(asked.length).toBe(3);
});
