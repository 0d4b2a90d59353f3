import { afterEach, expect, test } from 'vitest';
import { Calls } from '../../../src/edge/load/calls.js';
import { askServer, checkScans } from '../../../src/edge/load/check-scans.js';
import { ScanLoad } from '../../../src/edge/load/scan-load.js';
import { startDemonstrationReplay } from '../../../src/edge/track/replay/demonstration-replay.js';
import { Replayer } from '../../../src/edge/track/replay/replayer.js';
import { ScanText } from '../../../src/edge/track/replay/scan-text.js';
import { seasonClock } from '../../../src/edge/track/replay/season-clock.js';
import { sendByHttp } from '../../../src/edge/track/replay/send-by-http.js';
import { scanSeason } from '../../../src/world/scans/season-scans.js';
import { SPOILS } from '../../../src/world/scans/spoil.js';
import { CountedScans } from '../../support/counted-scans.js';
import { FakeTracking, testTrackSeason } from '../../support/fake-tracking.js';
import { askedFor } from '../../support/lived-world.js';
import { scenarioFrom } from '../../support/scenario-from.js';
import { startTrackServer, type TrackServer } from '../../support/track-server.js';

const HOUR = 3_600_000;
const scenario = scenarioFrom({
  slots: 12,
  resources: [
    { id: 'in', capacity: 60, kind: 'pickup', operator: 'A' },
    { id: 'hub', capacity: 20, kind: 'hub', floor: 50, operator: 'A' },
    { id: 'end', capacity: 30, kind: 'delivery', operator: 'A' },
  ],
  routes: [
    {
      id: 'one',
      operator: 'A',
      origin: 'x',
      destination: 'y',
      steps: ['in', 'hub', 'end'].map((resource, k) => ({ resource, lag: 3 * k })),
    },
  ],
  demand: [{ operator: 'A', origin: 'x', destination: 'y', slot: 1, parcels: 300 }],
});
const START = Date.parse(scenario.start);
const A = { operator: 'A', key: 'A' };

const servers: TrackServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

async function served(now: number) {
  const service = new FakeTracking(testTrackSeason({ now }, 1, scenario));
  const server = await startTrackServer(service);
  servers.push(server);
  return { service, server, url: new URL(server.url) };
}

test('the world replayed over HTTP is the picture that the server tells, and no waybill is in its log (P13)', async () => {
  const { server, url } = await served(START + 8 * HOUR);
  const calls = new Calls([url]);
  const { told, sentUntil } = await new Replayer({
    scenario,
    scans: scanSeason(scenario, { simulation: askedFor(), share: 1, spoil: SPOILS.field }),
    text: new ScanText(scenario, '000001', START),
    send: sendByHttp(calls, new Map([['A', 'A']])),
    timing: await seasonClock(url, 'A'),
    speed: Number.POSITIVE_INFINITY,
    onlyPast: true,
    signal: new AbortController().signal,
  }).run();
  calls.close();
  const counted = new CountedScans(HOUR);
  for await (const rows of scanSeason(scenario, {
    simulation: askedFor(),
    share: 1,
    spoil: SPOILS.field,
  })) {
    while (rows.count > 0 && START + rows.sentAt[rows.count - 1] >= sentUntil) rows.count -= 1;
    counted.take(rows);
    if (START + rows.sentAt[0] >= sentUntil) break;
  }
  const hub = scenario.resources.ids.findText('hub');
  const there = { stock: counted.stock(hub), bound: counted.bound(hub) };
  // A picture is shown for a moment before the next one.
  const says = async () => (await askServer(url, [A]))[0];
  await expect.poll(async () => (await says()).resources.get('hub')).toEqual(there);
  expect((await says()).tally).toMatchObject(told);
  expect(told.received).toBeGreaterThan(300);
  expect(server.log.join('')).not.toContain('GEN000001');
});

test('nothing that is generated goes to a season that is not made up (P15)', async () => {
  const { url } = await served(Date.now());
  await expect(seasonClock(url, 'A')).rejects.toThrow('it is not made up');
  await expect(seasonClock(new URL('http://localhost:9'), 'A')).rejects.toThrow('no server');
});

test('the sender of loads finds a server exact over HTTP', async () => {
  const { url } = await served(START + 8 * HOUR);
  const before = await askServer(url, [A]);
  const load = new ScanLoad({
    scenario,
    urls: [url],
    keys: [A],
    run: 'test',
    seed: 1,
    batch: 100,
    calls: 4,
    parcels: 1000,
    duplicates: 0.02,
    late: 0.02,
    seconds: 1,
    warmUpSeconds: 0,
    now: () => START + 8 * HOUR,
  });
  const report = await load.run();
  expect(report).toMatchObject({ failed: 0, unanswered: 0, failures: [] });
  expect(report.told.superseded).toBeGreaterThan(0);
  await expect
    .poll(async () => checkScans(scenario, load.senders, before, await askServer(url, [A])))
    .toEqual({ total: 0, first: [] });
});

test('the replay of a demonstration goes on where it stood', async () => {
  const { service } = await served(START + 8 * HOUR);
  const replay = async () => {
    const before = service.tracking.sources.list[0]?.tally.received ?? 0;
    const running = await startDemonstrationReplay(service, (error) => expect(error).toBeNull());
    await expect.poll(() => running.state.behindMs).toBe(0);
    await running.stop();
    return (service.tracking.sources.list[0]?.tally.received ?? 0) - before;
  };
  const first = await replay();
  const { scans, stock } = service.tracking.state();
  expect(first).toBeGreaterThan(300);
  expect(await replay()).toBeLessThan(first / 2);
  expect(service.tracking.state()).toMatchObject({ scans, stock });
});
