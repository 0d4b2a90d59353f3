import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { Api, type NetworkState } from '../../../../src/client/api.js';
import { readEvents } from '../../../../src/client/text-streams.js';
import type { Limits } from '../../../../src/edge/http/gate/limits.js';
import type { Scenario } from '../../../../src/network/scenario.js';
import { Held } from '../../../../src/units/held.js';
import {
  FakeTracking,
  msOfSlot,
  TRACK_WORLD,
  testTrackSeason,
} from '../../../support/fake-tracking.js';
import { scenarioFrom } from '../../../support/scenario-from.js';
import { at, scanOf } from '../../../support/track-conformance.js';
import { ask, startTrackServer, type TrackServer } from '../../../support/track-server.js';

async function start(limits: Partial<Limits> = {}, scenario?: Scenario) {
  const clock = { now: msOfSlot(10) };
  const service = new FakeTracking(testTrackSeason(clock, 1, scenario));
  const server = await startTrackServer(service, { pictureMs: 10, ...limits });
  onTestFinished(() => server.stop());
  const send = (...lines: object[]) => ask(server, 'A', '/v1/scans', lines);
  return { clock, service, server, send };
}

const apiOf = ({ url }: TrackServer, key: string) => new Api({ url, key, attempts: 1 });

const seen = ({ resources }: NetworkState) => resources.map(({ resource }) => resource);

test('P11, P12: each sees the resources that its role gives, and the totals of those', async () => {
  const { server, send } = await start();
  await send(
    scanOf('p1'),
    scanOf('p2', { kind: 'departed', to: 'A/hub/SZ' }),
    scanOf('p3', { resource: 'A/hub/SZ' }),
    scanOf('p4', { resource: 'A/out', kind: 'out' }),
  );
  const hangzhou = ['A/hub/HZ', 'A/lane'];
  const expected = {
    A: [...hangzhou, 'A/hub/SZ', 'A/out'],
    'A-HZ': hangzhou,
    B: ['B/hub'],
    SPB: [...hangzhou, 'A/hub/SZ', 'A/out', 'B/hub', 'box/1'],
    HZPA: [...hangzhou, 'B/hub', 'box/1'],
    mall: ['A/hub/HZ', 'A/hub/SZ', 'B/hub'],
    box: ['box/1'],
  };
  for (const [key, resources] of Object.entries(expected)) {
    const state = await apiOf(server, key).getNetworkState();
    expect(seen(state).toSorted(), key).toEqual(resources.toSorted());
    for (const { resource } of state.resources) {
      const { ageMs, ...stock } = await apiOf(server, key).getStock(resource);
      expect(state.resources).toContainEqual({ ...stock, at: undefined });
      expect(ageMs).toBeGreaterThanOrEqual(0);
    }
  }
  const { totals } = await apiOf(server, 'A').getNetworkState();
  expect(totals).toEqual({
    resources: 4,
    stock: 3,
    onLanes: 1,
    bound: 1,
    stale: 3,
    floor: 90,
    floorShare: 0.0222,
  });
});

test('a platform is told how full hubs are, not what is bound for them or flows through them', async () => {
  const { server, send } = await start();
  await send(scanOf('p1'), scanOf('p2', { kind: 'departed', to: 'A/hub/SZ' }));
  const { text } = await ask(server, 'mall', '/v1/network/state');
  expect(text).not.toMatch(/bound|onLanes/);
  expect(await apiOf(server, 'mall').getStock('A/hub/HZ')).toMatchObject({ floorShare: 0.02 });
  await expect(apiOf(server, 'mall').getStock('A/out')).rejects.toMatchObject({ status: 404 });
  const flows = apiOf(server, 'mall').listFlows('A/hub/HZ', { from: at(0), to: at(1) });
  await expect(flows).rejects.toMatchObject({ status: 403 });
});

test('however many look, tracking is asked for one picture in so long; scans are not slowed by screens', async () => {
  const { server, service, send } = await start({ pictureMs: 600_000 });
  await send(scanOf('p1'));
  const states = await Promise.all(
    Array.from({ length: 50 }, (_, i) =>
      apiOf(server, ['A', 'SPB', 'mall'][i % 3]).getNetworkState(),
    ),
  );
  expect(new Set(states.map(({ resources }) => resources.length)).size).toBe(3);
  expect(service.pictures).toBe(1);
});

/** Events of a stream, until enough of them came. */
async function follow(server: TrackServer, key: string, enough: (events: Told[]) => boolean) {
  const leave = new AbortController();
  const response = await fetch(`${server.url}/v1/network/changes`, {
    headers: { authorization: `Bearer ${key}` },
    signal: leave.signal,
  });
  const events: Told[] = [];
  for await (const { event, data } of readEvents(response)) {
    events.push({ event, ...JSON.parse(data) });
    if (enough(events)) break;
  }
  leave.abort();
  return events;
}

interface Told extends Partial<NetworkState> {
  readonly event: string;
}

test('a stream begins with all that is seen, then tells what changed and nothing else', async () => {
  const { server, send } = await start();
  const following = follow(server, 'A-HZ', (events) => {
    if (events.length === 1) {
      void send(scanOf('p9', { resource: 'A/hub/SZ' })).then(() => send(scanOf('p1')));
    }
    return events.some(({ event }) => event === 'changes');
  });
  const events = await following;
  expect(events.map(({ event }) => event)).toEqual(['picture', 'changes']);
  expect(events[0].resources).toHaveLength(2);
  expect(events[1].resources).toMatchObject([{ resource: 'A/hub/HZ', stock: 1 }]);
  expect(events[1].totals).toMatchObject({ stock: 1 });
});

test('where nothing changes a stream tells its age; while tracking does not answer, the age grows', async () => {
  const { clock, server, service } = await start({ heartbeatMs: 30 });
  const picture = service.picture.bind(service);
  const events = await follow(server, 'A', (told) => {
    if (told.length === 1) {
      service.picture = () => Promise.reject(new Error('not now'));
      clock.now += 5000;
    }
    return told.length === 3;
  });
  service.picture = picture;
  expect(events.map(({ event }) => event)).toEqual(['picture', 'alive', 'alive']);
  expect(events[0].ageMs).toBe(0);
  expect(events[2].ageMs).toBe(5000);
  expect(events[2].at).toBe(events[0].at);
});

test('P12: a stream ends after a time, so that its reader asks again as who they are by then', async () => {
  const { server } = await start({ streamMs: 50 });
  const headers = { authorization: 'Bearer A' };
  const response = await fetch(`${server.url}/v1/network/changes`, { headers });
  expect(await response.text()).toMatch(/^event: picture\n/);
});

/** Hubs enough that no socket holds many pictures of them. */
const MANY = Array.from({ length: 5000 }, (_, n) => ({
  id: `A/hub/${n}`,
  capacity: 1,
  operator: 'A',
  region: '330100',
}));

test('P10: a reader that takes nothing is cut off; an organisation has so many streams, others theirs', async () => {
  const { server, service, clock } = await start(
    { drainMs: 50, streamsMostPerOrganisation: 1 },
    scenarioFrom({ ...TRACK_WORLD, resources: [...TRACK_WORLD.resources, ...MANY] }),
  );
  const picture = service.picture.bind(service);
  const { port } = new URL(server.url);
  const socket = connect(Number(port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => {});
  socket.pause();
  socket.write('GET /v1/network/changes HTTP/1.1\r\nhost: x\r\nauthorization: Bearer A\r\n\r\n');
  const statusOf = async (key: string) => {
    const leave = new AbortController();
    const headers = { authorization: `Bearer ${key}` };
    const asked = fetch(`${server.url}/v1/network/changes`, { headers, signal: leave.signal });
    const { status } = await asked;
    leave.abort();
    return status;
  };
  await expect.poll(() => statusOf('A')).toBe(429);
  expect(await statusOf('B')).toBe(200);
  // Every picture differs, so that there is always more to write than is taken.
  let n = 0;
  service.picture = async () => {
    const now = await picture();
    return { ...now, at: clock.now, stock: now.stock.map((_, r) => (n += 1) * 1000 + r) };
  };
  await expect.poll(() => statusOf('A'), { timeout: 20_000, interval: 100 }).toBe(200);
});

test('a stream that cannot be begun is told as a problem, and can be asked for again', async () => {
  const { server, service, send } = await start();
  await send(scanOf('p1'));
  const picture = service.picture.bind(service);
  service.picture = () => Promise.reject(new Held('lost', 'not now'));
  expect((await ask(server, 'A', '/v1/network/changes')).status).toBe(503);
  service.picture = picture;
  const events = await follow(server, 'A', () => true);
  expect(events.map(({ event }) => event)).toEqual(['picture']);
});
