import { expect, test } from 'vitest';
import type { Organisation } from '../../../src/edge/access/principal.js';
import type { PostgresDatabase } from '../../../src/edge/postgres/connect.js';
import { readDocument } from '../../../src/edge/track/epcis/documents.js';
import { EpcisDesk } from '../../../src/edge/track/epcis/epcis-desk.js';
import type { EventQuery } from '../../../src/edge/track/epcis/event-query.js';
import type { ToldEvent } from '../../../src/edge/track/epcis/tell-event.js';
import { sightOf } from '../../../src/edge/track/sight.js';
import { scopeOfSender } from '../../../src/edge/track/track-season.js';
import { TRACK_WORLD } from '../../support/fake-tracking.js';
import { asEpcis, eventOf, type SomeScan } from '../../support/formatted-scans.js';
import { type TestTracking, testTracking } from '../../support/open-track.js';
import { testDatabase } from '../../support/postgres.js';
import { scenarioFrom } from '../../support/scenario-from.js';

const A: Organisation = {
  id: 'A',
  kind: 'operator',
  operator: 'A',
  level: 'nation',
  region: '000000',
};

async function open(logs: number): Promise<{
  readonly database: PostgresDatabase;
  readonly tracking: TestTracking;
  readonly desk: EpcisDesk;
}> {
  const { database } = await testDatabase();
  for (const id of ['A', 'B']) {
    await database.transact({ as: 'keeper' }, (client) =>
      client.query(
        `INSERT INTO organisation (id, kind, level, region, operator) VALUES ($1, 'operator', 'nation', '000000', $1)`,
        [id],
      ),
    );
  }
  const tracking = await testTracking(database, scenarioFrom(TRACK_WORLD), { logs });
  return { database, tracking, desk: EpcisDesk.of(database, tracking.service) };
}

test('T1, P11: with several logs, what was captured is told once, newest first, page by page; jobs are seen by whose they are', async () => {
  const { tracking, desk } = await open(4);
  const { season, service } = tracking;
  const scope = scopeOfSender(season, { organisation: A, actor: 'x', role: 'manager' });
  const sender = {
    source: await service.sourceOf('A'),
    operator: 'A',
    names: { ...season.names, scope },
  };
  const scans = Array.from(
    { length: 60 },
    (_, n): SomeScan => ({
      operator: 'A',
      parcel: `P${n % 20}`,
      kind: 'arrived',
      resource: n % 2 === 0 ? 'A/hub/HZ' : 'A/hub/SZ',
      at: season.timing.now() - 1000 + n,
    }),
  );
  for (let n = 0; n < 60; n += 6) {
    const document = readDocument(asEpcis(scans.slice(n, n + 6).map((scan) => eventOf([scan]))));
    if ('faults' in document) throw new Error(JSON.stringify(document.faults));
    const job = await desk.capture('A', sender, document.events, 'rollback');
    if (!('captureID' in job)) throw new Error(JSON.stringify(job));
    expect(await desk.findJob('A', job.captureID)).toEqual(job);
    expect(await desk.findJob('B', job.captureID)).toBeUndefined();
  }
  const tell = async (query: EventQuery, perPage: number): Promise<ToldEvent[]> => {
    const told: ToldEvent[] = [];
    for (let token: string | undefined; ; ) {
      const page = { perPage, ...(token !== undefined && { token }) };
      const found = await desk.events(A, sightOf(season, A), query, page);
      told.push(...found.events);
      if (found.token === undefined) return told;
      token = found.token;
    }
  };
  const all = await tell({}, 7);
  expect(all).toHaveLength(60);
  expect(new Set(all.map(({ eventID }) => eventID)).size).toBe(60);
  const received = all.map(({ recordTime }) => Date.parse(recordTime));
  expect(received).toEqual(received.toSorted((a, b) => b - a));
  const ofOne = await tell({ MATCH_epc: 'urn:cuofeng:waybill:P3' }, 2);
  expect(ofOne).toEqual(all.filter(({ epcList }) => epcList[0] === ofOne[0].epcList[0]));
  expect(ofOne).toHaveLength(3);
  const [latest] = all;
  const since = await tell({ GE_recordTime: latest.recordTime }, 100);
  expect(since).toEqual(all.filter(({ recordTime }) => recordTime === latest.recordTime));
  const before = await tell({ LT_recordTime: latest.recordTime }, 100);
  expect([...since, ...before]).toEqual(all);
});
