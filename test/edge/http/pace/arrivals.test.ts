import { expect, onTestFinished, test } from 'vitest';
import { Api } from '../../../../src/client/api.js';
import { publishPlan } from '../../../../src/edge/gate/publish.js';
import { openSeason } from '../../../../src/edge/gate/season.js';
import { ArrivalsBoard } from '../../../../src/edge/pace/arrivals-board.js';
import { FakeTracking, msOfSlot, testTrackSeason } from '../../../support/fake-tracking.js';
import { testDatabase } from '../../../support/postgres.js';
import { scenarioFrom } from '../../../support/scenario-from.js';
import { at, scanOf } from '../../../support/track-conformance.js';
import { ask, startTrackServer } from '../../../support/track-server.js';

const SCALE = 10;
/** From A's pickup to the station of `box` in 3 slots; to A's own in 2. */
const SCENARIO = scenarioFrom({
  slots: 48,
  resources: [
    { id: 'A/pickup', kind: 'pickup', capacity: 100, operator: 'A', region: '330100' },
    { id: 'A/out', kind: 'delivery', capacity: 100, operator: 'A', region: '330100' },
    { id: 'box/1', kind: 'station', capacity: 40, floor: 500, operator: 'box', region: '330100' },
    { id: 'box/2', kind: 'locker', capacity: 5, operator: 'box', region: '330100' },
  ],
  routes: [
    ['box/1', 3],
    ['A/out', 2],
  ].map(([resource, lag], i) => ({
    id: `${i}`,
    operator: 'A',
    origin: '330100',
    destination: `d${i}`,
    steps: [{ resource: 'A/pickup' }, { resource: `${resource}`, lag: Number(lag) }],
  })),
  demand: [
    { shipper: 'P1', operator: 'A', origin: '330100', destination: 'd0', slot: 0, parcels: 30 },
  ],
});

/** A plan that lets 30 parcels go to the station in slot 12. */
const RELEASES = {
  rows: 1,
  shipper: new Int32Array(1),
  service: new Int32Array(1),
  pair: Int32Array.of(0),
  readySlot: new Int32Array(1),
  releaseSlot: Int32Array.of(12),
  route: Int32Array.of(0),
  parcels: Float64Array.of(30),
};
const PRICES = { resource: new Int32Array(), slot: new Int32Array(), price: new Float64Array() };

async function start() {
  const clock = { now: msOfSlot(10) };
  const service = new FakeTracking(testTrackSeason(clock, 1, SCENARIO));
  const { database } = await testDatabase();
  const season = await openSeason(database, SCENARIO, true);
  await publishPlan(database, season, 0, { releases: [RELEASES], prices: PRICES });
  const board = new ArrivalsBoard({ database, season, service, scale: SCALE });
  const arrivals = { board, scale: SCALE, now: () => clock.now };
  const server = await startTrackServer(service, {}, { arrivals });
  onTestFinished(() => server.stop());
  const apiOf = (key: string) => new Api({ url: server.url, key, attempts: 1 });
  const send = (...lines: object[]) => ask(server, 'A', '/v1/scans', lines);
  return { server, apiOf, send };
}

const sum = (values: readonly number[]) => values.reduce((all, n) => all + n, 0);

test('a station is told what is on its way and what the plan lets go, when it comes, and what is there', async () => {
  const { apiOf, send } = await start();
  const departed = { resource: 'A/pickup', kind: 'departed', to: 'box/1', at: at(9) };
  await send(
    ...[1, 2, 3, 4].map((n) => scanOf(`p${n}`, departed)),
    scanOf('q1', { resource: 'box/1', at: at(8) }),
    scanOf('q2', { resource: 'box/1', at: at(9) }),
    scanOf('q2', { resource: 'box/1', kind: 'delivered', at: at(9.5) }),
  );
  const { slots, places } = await apiOf('box').getArrivals();
  expect(slots).toEqual({ from: -14, now: 10, until: 58 });
  const station = places.find(({ id }) => id === 'box/1');
  expect(station).toMatchObject({ floor: 500, stock: SCALE, bound: 4 * SCALE, stale: false });
  expect(station?.past.arrived.slice(-3)).toEqual([0, SCALE, SCALE]);
  expect(station?.past.left.slice(-3)).toEqual([0, 0, SCALE]);
  // Departed in slot 9, three slots before they come; the plan's of slot 12 come in slot 15.
  expect(sum(station?.onTheWay ?? [])).toBe(4 * SCALE);
  expect(station?.onTheWay.findIndex((n) => n > 0)).toBe(2);
  expect(station?.planned.slice(0, 8)).toEqual([0, 0, 0, 0, 0, 30, 0, 0]);
  expect(station?.capacity.slice(0, 2)).toEqual([40, 40]);
});

test('P11: a last-mile operator is told of its own stations and lockers, and nobody else is told anything', async () => {
  const { server, apiOf } = await start();
  const { places } = await apiOf('box').getArrivals();
  expect(places.map(({ id }) => id)).toEqual(['box/1', 'box/2']);
  expect(places[1]).toMatchObject({ floor: null, newestAt: null, stale: true, stock: 0 });
  for (const key of ['A', 'B', 'SPB', 'mall']) {
    const { status, text } = await ask(server, key, '/v1/arrivals');
    expect(status, key).toBe(403);
    expect(text).not.toContain('box');
  }
});
