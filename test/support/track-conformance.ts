import { describe, expect, onTestFinished, test } from 'vitest';
import { Api, type ScansAnswer } from '../../src/client/api.js';
import type { TrackService } from '../../src/edge/track/track-service.js';
import { msOfSlot, type TestClock } from './fake-tracking.js';
import { type Asked, ask, startTrackServer, type TrackServer } from './track-server.js';

/** A tracking of the world of fake-tracking.ts (testTrackSeason) by a clock; what it opens it closes with the test. */
export type MakeTracking = (clock: TestClock) => Promise<TrackService>;

/** A time in the world, as scans say it: slots of an hour, fractions too. */
export const at = (slot: number): string => new Date(msOfSlot(slot)).toISOString();

/** A scan of operator A in Hangzhou, an hour before its receipt. */
export const scanOf = (parcel: string, more: object = {}): object => ({
  operator: 'A',
  parcel,
  kind: 'arrived',
  resource: 'A/hub/HZ',
  at: at(9),
  ...more,
});

const to = (resource: string) => ({ kind: 'departed', to: resource });

/** Sends lines, which are as they are where they are texts. */
async function send(
  server: TrackServer,
  key: string,
  ...lines: readonly unknown[]
): Promise<ScansAnswer> {
  const { status, text } = await ask(server, key, '/v1/scans', lines);
  expect(status, text).toBe(200);
  const answer: ScansAnswer = JSON.parse(text);
  return answer;
}

function apiOf({ url }: TrackServer, key: string): Api {
  return new Api({ url, key, attempts: 1 });
}

/** Answers without ages, and without numbers of entries. */
function bare(asked: readonly Asked[]): (string | number)[][] {
  return asked.map(({ status, text }) => [
    status,
    text.replaceAll(/"(ageMs|silentMs|id)":("[^"]*"|[\d.]+)/g, ''),
  ]);
}

/** All that a server says of the network, but for ages and versions. */
async function told(server: TrackServer, key: string) {
  const api = apiOf(server, key);
  const { totals, resources } = await api.getNetworkState();
  const flows = resources.map(({ resource }) =>
    api.listFlows(resource, { from: at(0), to: at(12) }),
  );
  return {
    totals,
    states: resources,
    flows: await Promise.all(flows),
  };
}

/**
 * What holds of tracking over HTTP, however its logs are owned and fed: T1 to T8 as they are answered, P7, P8, P9, P11,
 * P13. Begun at the start of slot 10.
 *
 * @param logs of the season. An entry of the quarantine is a log's own: a scan that is mended into a parcel of another log
 * is counted there, and its entry stays.
 */
export function describeTracking(name: string, make: MakeTracking, logs = 1): void {
  async function start() {
    const clock = { now: msOfSlot(10) };
    const service = await make(clock);
    const server = await startTrackServer(service, { pictureMs: 1 });
    onTestFinished(() => server.stop());
    return { clock, server, service };
  }
  describe(name, () => {
    test('T6, P7: acknowledged = applied + superseded + duplicate + quarantined; a batch again is all duplicates', async () => {
      const { server } = await start();
      const lines = [
        scanOf('p1'),
        scanOf('p1', { ...to('A/hub/SZ'), at: at(9.5) }),
        scanOf('p1', { at: at(9.25), kind: 'held' }),
        scanOf('p2', { kind: 'accepted' }),
        scanOf('p2', { kind: 'accepted' }),
      ];
      const first = await send(server, 'A', ...lines);
      expect(first).toEqual({
        received: 5,
        applied: 3,
        superseded: 1,
        duplicate: 1,
        quarantined: 0,
        faults: [],
      });
      const again = await send(server, 'A', ...lines);
      expect(again).toMatchObject({ received: 5, duplicate: 5, applied: 0 });
      expect(await apiOf(server, 'A').getStock('A/hub/HZ')).toMatchObject({ stock: 1, bound: 0 });
      expect(await apiOf(server, 'A').getStock('A/hub/SZ')).toMatchObject({ stock: 0, bound: 1 });
      expect(await apiOf(server, 'A').getStock('A/lane')).toMatchObject({ stock: 1 });
      const { items } = await apiOf(server, 'A').listSources();
      expect(items).toMatchObject([
        { source: 'A', tally: { received: 10, applied: 3, superseded: 1, duplicate: 6 } },
      ]);
    });

    test('P8: the same scans in another order, cut otherwise and repeated, make the same network', async () => {
      const lines = [
        scanOf('p1', { kind: 'accepted', at: at(7) }),
        scanOf('p1', { ...to('A/hub/SZ'), at: at(8) }),
        scanOf('p1', { resource: 'A/hub/SZ', at: at(9) }),
        scanOf('p2', { kind: 'accepted', at: at(7.5) }),
        scanOf('p2', { ...to('A/hub/SZ'), at: at(8) }),
        scanOf('p2', { ...to('A/out'), at: at(8), attributes: { pieces: 3 } }),
        scanOf('p3', { kind: 'delivered', resource: 'A/out', at: at(9.5) }),
        scanOf('p3', { kind: 'out', resource: 'A/out', at: at(9) }),
      ];
      const one = await start();
      await send(one.server, 'A', ...lines);
      const other = await start();
      for (const line of lines.toReversed()) await send(other.server, 'A', line, line);
      expect(await told(other.server, 'A')).toEqual(await told(one.server, 'A'));
    });

    test('T1, T5: what is wrong is quarantined with its line, its code and its field; neighbours are not', async () => {
      const { server } = await start();
      const body = await send(
        server,
        'A',
        scanOf('p1'),
        '{"operator":"A",',
        scanOf('p2', { resource: 'A/nowhere', kind: 'arriving' }),
        scanOf('p3', { at: at(10.2) }),
        scanOf('p4', { at: at(-24 * 20) }),
        scanOf('p5', { colour: 'red' }),
        scanOf('p1', { attributes: { pieces: 2 } }),
        scanOf('p1', { attributes: { pieces: 1 } }),
        scanOf('p6'),
      );
      expect(body).toMatchObject({ received: 9, applied: 2, superseded: 1, quarantined: 6 });
      expect(body.faults.map(({ line, code, field }) => [line, code, field])).toEqual([
        [2, 'malformed', undefined],
        [3, 'unknown-kind', 'kind'],
        [3, 'unknown-resource', 'resource'],
        [4, 'future', 'at'],
        [5, 'out-of-season', 'at'],
        [6, 'unknown-field', undefined],
        [8, 'conflict', undefined],
      ]);
      expect(await apiOf(server, 'A').getStock('A/hub/HZ')).toMatchObject({ stock: 2 });
    });

    test('T5: what was quarantined is driven in again, mended or as it was kept; nobody elsewhere can', async () => {
      const { server, clock } = await start();
      await send(server, 'A', scanOf('p1', { at: at(10.5) }), 'nothing');
      const listed = await apiOf(server, 'A').listQuarantine();
      const items = listed.items.toSorted((a, b) => a.line - b.line);
      expect(items).toMatchObject([
        { reason: 'future', line: 1, source: 'A', scan: { operator: 'A', resource: 'A/hub/HZ' } },
        { reason: 'unparsable', line: 2, source: 'A' },
      ]);
      const [first, second] = items;
      const drive = (...lines: unknown[]) => ask(server, 'A', '/v1/quarantine/redrive', lines);
      const foreign = await ask(server, 'A-HZ', '/v1/quarantine/redrive', [{ id: first.id }]);
      expect(foreign.status).toBe(422);
      expect((await drive({ id: first.id }, { id: first.id })).status).toBe(422);
      expect((await drive({ id: first.id }, { id: '9.999' })).status).toBe(422);
      const api = apiOf(server, 'A');
      expect(await api.redriveScans([{ id: first.id }])).toMatchObject({
        received: 1,
        quarantined: 1,
        faults: [{ line: 1, code: 'future' }],
      });
      clock.now = msOfSlot(11);
      expect(await api.redriveScans([{ id: first.id }])).toMatchObject({ applied: 1, faults: [] });
      const driven = await drive({ id: second.id, ...scanOf('p2') });
      expect(driven.text).toContain('"received":1,"applied":1');
      expect(await api.getStock('A/hub/HZ')).toMatchObject({ stock: 2 });
      expect((await api.listQuarantine()).items).toMatchObject(logs > 1 ? [{ line: 2 }] : []);
      const [source] = (await api.listSources()).items;
      expect(source).toMatchObject({
        tally: { received: 2, quarantined: 2 },
        redriven: { received: 3, applied: 2, quarantined: 1 },
      });
    });

    test('T4, T7: flows by slot and kind; what comes to a closed slot is shown as a correction', async () => {
      const { server, clock } = await start();
      await send(server, 'A', scanOf('p1', { at: at(9.1) }), scanOf('p2', { at: at(9.2) }));
      clock.now = msOfSlot(13);
      await send(server, 'A', scanOf('p3', { at: at(9.3) }), scanOf('p4', { at: at(12.5) }));
      const { slots } = await apiOf(server, 'A').listFlows('A/hub/HZ', { from: at(9), to: at(13) });
      const brief = slots.map((slot) => [
        slot.slotStart,
        slot.closed,
        slot.scans.arrived,
        slot.corrections.arrived,
      ]);
      expect(brief).toEqual([
        [at(9), true, 3, 1],
        [at(10), true, 0, 0],
        [at(11), false, 0, 0],
        [at(12), false, 1, 0],
      ]);
    });

    test('T8: a resource whose source is silent is stale, with its age', async () => {
      const { server, clock } = await start();
      await send(server, 'A', scanOf('p1', { at: at(9.9) }));
      expect(await apiOf(server, 'A').getStock('A/hub/HZ')).toMatchObject({ stale: false });
      clock.now = msOfSlot(11);
      await expect
        .poll(() => apiOf(server, 'A').getStock('A/hub/HZ'))
        .toMatchObject({ stale: true, newestAt: at(9.9) });
      expect((await apiOf(server, 'A').getNetworkState()).totals.stale).toBe(1);
    });

    test('P11: what one operator does is nothing to another: the same answers, byte for byte', async () => {
      const quiet = await start();
      const loud = await start();
      await send(loud.server, 'A', scanOf('p1'), 'nonsense', scanOf('p2', to('A/hub/SZ')));
      const lines = [
        { ...scanOf('p1'), operator: 'B', resource: 'B/hub' },
        scanOf('p1'),
        { ...scanOf('p2'), operator: 'B', resource: 'A/hub/HZ' },
      ];
      const paths = [
        '/v1/sources',
        '/v1/quarantine',
        '/v1/parcels/p1?operator=B',
        '/v1/resources/A%2Fhub%2FHZ/stock',
        '/v1/resources/B%2Fhub/stock',
      ];
      const answers: Asked[][] = [];
      for (const { server } of [quiet, loud]) {
        const asked = [await ask(server, 'B', '/v1/scans', lines)];
        for (const path of paths) asked.push(await ask(server, 'B', path));
        answers.push(asked);
      }
      expect(bare(answers[1])).toEqual(bare(answers[0]));
      expect(answers[0][0].text).toContain(
        '"applied":1,"superseded":0,"duplicate":0,"quarantined":2',
      );
      expect(await apiOf(loud.server, 'A').getStock('A/hub/HZ')).toMatchObject({ stock: 1 });
    });

    test('P11: a foreign resource and one that is not there are answered with the same bytes', async () => {
      const { server } = await start();
      for (const what of ['stock', `flows?from=${at(1)}&to=${at(2)}`]) {
        const foreign = await ask(server, 'B', `/v1/resources/A%2Fout/${what}`);
        const none = await ask(server, 'B', `/v1/resources/nothing/${what}`);
        expect([foreign.status, foreign.text]).toEqual([404, none.text]);
      }
      const other = await ask(server, 'B', '/v1/quarantine?source=A');
      expect(other.text).toBe((await ask(server, 'B', '/v1/quarantine?source=nobody')).text);
      expect(other.status).toBe(404);
    });

    test('P13: a waybill number is in no answer and not in the log', async () => {
      const { server } = await start();
      const canary = 'CANARY773311';
      const lines = [
        scanOf(canary),
        scanOf(canary, { attributes: { pieces: 2 } }),
        scanOf(canary, { at: 'never' }),
        scanOf(`${canary} `, { kind: 'x' }),
        scanOf(canary, { [canary]: 1 }),
        scanOf(canary, { attributes: { [canary]: canary } }),
        `{"parcel":"${canary}"`,
      ];
      const answers = [
        await ask(server, 'A', '/v1/scans', lines),
        await ask(server, 'A', '/v1/quarantine'),
        await ask(server, 'A', '/v1/network/state'),
        await ask(server, 'A', `/v1/parcels/${canary}`),
        await ask(server, 'A', `/v1/parcels/${canary}-else`),
        await ask(server, 'A', '/v1/quarantine/redrive', [{ id: canary, ...scanOf(canary) }]),
        await ask(server, 'A', '/metrics'),
      ];
      for (const { text } of answers) expect(text).not.toContain(canary);
      expect(answers[3].status).toBe(200);
      await expect
        .poll(() => server.log.filter((line) => line.includes('answered')))
        .toHaveLength(7);
      expect(server.log.join('')).not.toContain(canary);
    });
  });
}
