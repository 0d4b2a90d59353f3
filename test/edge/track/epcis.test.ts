import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Organisation } from '../../../src/edge/access/principal.js';
import type { CaptureJob, ErrorBehaviour } from '../../../src/edge/track/epcis/capture.js';
import type { CaptureJobs } from '../../../src/edge/track/epcis/capture-jobs.js';
import { documentFaults, readDocument } from '../../../src/edge/track/epcis/documents.js';
import { EpcisDesk } from '../../../src/edge/track/epcis/epcis-desk.js';
import { BadParameter, type EventQuery } from '../../../src/edge/track/epcis/event-query.js';
import type { EventFault } from '../../../src/edge/track/epcis/read-events.js';
import type { ToldEvent } from '../../../src/edge/track/epcis/tell-event.js';
import { parcelUri, resourceUri } from '../../../src/edge/track/epcis/uris.js';
import { sightOf } from '../../../src/edge/track/sight.js';
import { scopeOfSender } from '../../../src/edge/track/track-season.js';
import { encodeBatch } from '../../../src/track/batch-codec.js';
import { msOfSlot, type TestClock, testTrackSeason } from '../../support/fake-tracking.js';
import { asEpcis, eventOf, type SomeScan, scansOf } from '../../support/formatted-scans.js';
import { LoggedTracking } from '../../support/memory-event-log.js';
import { TRACKERS } from '../../support/track-server.js';

const NOW = msOfSlot(10);
const SCAN: SomeScan = {
  operator: 'A',
  parcel: 'YT1',
  kind: 'arrived',
  resource: 'A/hub/HZ',
  at: NOW - 60_000,
};
const someScan = scansOf('A', ['A/hub/HZ', 'A/hub/SZ', 'A/out'], [NOW - 3_600_000, NOW]);

function organisation(id: string): Organisation {
  const found = TRACKERS.find((each) => each.id === id);
  if (!found) throw new Error(`there is no ${id}`);
  return found;
}

/** A season with a desk. */
class Drill {
  readonly clock: TestClock = { now: NOW };
  readonly tracking = new LoggedTracking(testTrackSeason(this.clock));
  readonly jobs = new Map<string, CaptureJob>();
  readonly desk = new EpcisDesk(this.tracking, this.#rows(), this.tracking);

  async capture(
    events: readonly object[],
    behaviour: ErrorBehaviour = 'rollback',
    sender = 'A',
  ): Promise<CaptureJob | EventFault[]> {
    const document = readDocument(JSON.parse(JSON.stringify(asEpcis(events))));
    if ('faults' in document) throw new Error(JSON.stringify(document.faults));
    const { season } = this.tracking;
    const principal = { organisation: organisation(sender), actor: 'x', role: 'manager' } as const;
    const names = { ...season.names, scope: scopeOfSender(season, principal) };
    const source = await this.tracking.sourceOf(sender);
    const by = { source, operator: principal.organisation.operator ?? '', names };
    return this.desk.capture(sender, by, document.events, behaviour);
  }

  /** All pages. */
  async events(query: EventQuery = {}, viewer = 'A', perPage = 1000): Promise<ToldEvent[]> {
    const told: ToldEvent[] = [];
    const who = organisation(viewer);
    const sight = sightOf(this.tracking.season, who);
    for (let token: string | undefined, pages = 0; ; pages++) {
      expect(pages).toBeLessThan(1000);
      const page = { perPage, ...(token !== undefined && { token }) };
      const found = await this.desk.events(who, sight, query, page);
      expect(found.events.length).toBeLessThanOrEqual(perPage);
      told.push(...found.events);
      if (found.token === undefined) return told;
      token = found.token;
    }
  }

  /** How events of scans are told, by the parcel's hash. */
  hashed(scan: SomeScan): string {
    const parcel = this.tracking.season.keys.parcel(0, scan.parcel);
    return parcelUri(parcel ?? []);
  }

  #rows(): CaptureJobs {
    return {
      add: async (_, job) => void this.jobs.set(job.captureID, job),
      find: async (_, id) => this.jobs.get(id),
    };
  }
}

function jobOf(captured: CaptureJob | EventFault[]): CaptureJob {
  if ('captureID' in captured) return captured;
  throw new Error(JSON.stringify(captured));
}

test('T1, P13: what is captured is told as the same events, each parcel by its hash', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(someScan, { selector: identityOf, maxLength: 12 }),
      async (scans) => {
        const drill = new Drill();
        const job = jobOf(await drill.capture(scans.map((scan) => eventOf([scan]))));
        expect(job).toMatchObject({ running: false, success: true, errors: [] });
        expect(job['cuofeng:scans'].received).toBe(scans.length);
        const told = await drill.events({}, 'A', 5);
        const expected = scans.map((scan) => ({
          ...eventOf([scan]),
          epcList: [drill.hashed(scan)],
        }));
        const plain = told.map(withoutRecord);
        expect(JSON.parse(JSON.stringify(plain.toReversed()))).toEqual(expected);
        expect(documentFaults(queryDocument(told), 'EPCISQueryDocument')).toEqual([]);
      },
    ),
    { numRuns: 100 },
  );
});

/** As it was sent: what we add is known when it is received. */
function withoutRecord({ eventID, recordTime, ...event }: ToldEvent): object {
  expect([eventID, recordTime].join()).toMatch(/^urn:cuofeng:event:[0-9a-f]{64},2021-/);
  return event;
}

function identityOf({ parcel, kind, resource, at }: SomeScan): string {
  return JSON.stringify([parcel, kind, resource, at]);
}

function queryDocument(eventList: readonly ToldEvent[]): object {
  const { epcisBody: _, ...envelope } = JSON.parse(JSON.stringify(asEpcis([])));
  const epcisBody = { queryResults: { queryName: 'q', resultsBody: { eventList } } };
  return JSON.parse(JSON.stringify({ ...envelope, type: 'EPCISQueryDocument', epcisBody }));
}

test('what is asked for is what a search of everything finds, whatever is asked and however it is paged', async () => {
  const moment = fc
    .integer({ min: -70, max: 5 })
    .map((minutes) => new Date(NOW + 60_000 * minutes).toISOString());
  const asked = fc.record(
    {
      GE_eventTime: moment,
      LT_eventTime: moment,
      GE_recordTime: moment,
      LT_recordTime: moment,
      EQ_bizStep: fc.constantFrom('arriving', 'departing,holding', 'unpacking'),
      EQ_disposition: fc.constantFrom('in_progress', 'in_transit', 'damaged,unknown'),
      EQ_action: fc.constantFrom('ADD', 'OBSERVE'),
      EQ_readPoint: fc.constantFrom(
        resourceUri('A/hub/HZ'),
        `${resourceUri('A/out')},${resourceUri('A/hub/SZ')}`,
      ),
      EQ_bizLocation: fc.constantFrom(resourceUri('A/hub/HZ'), resourceUri('B/hub')),
      eventType: fc.constantFrom('ObjectEvent', 'AggregationEvent', 'AggregationEvent,ObjectEvent'),
    },
    { requiredKeys: [] },
  );
  const batches = fc.array(fc.array(someScan, { minLength: 1, maxLength: 4 }), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(
      batches,
      asked,
      fc.integer({ min: 1, max: 9 }),
      async (sent, query, perPage) => {
        const drill = new Drill();
        for (const scans of sent) {
          await drill.capture(
            scans.map((scan) => eventOf([scan])),
            'proceed',
          );
          drill.clock.now += 60_000;
        }
        const all = await drill.events();
        const found = all.filter((event) => isMeant(event, query));
        expect(new Set(await drill.events(query, 'A', perPage))).toEqual(new Set(found));
      },
    ),
    { numRuns: 200 },
  );
});

/** The standard's words for the parameters, plainly. */
function isMeant(event: ToldEvent, query: EventQuery): boolean {
  return (
    among(event.type, query.eventType) &&
    among(event.action, query.EQ_action) &&
    among(event.bizStep, query.EQ_bizStep) &&
    among(event.disposition, query.EQ_disposition) &&
    among(event.readPoint.id, query.EQ_readPoint) &&
    among(event.bizLocation?.id, query.EQ_bizLocation) &&
    within(event.eventTime, query.GE_eventTime, query.LT_eventTime) &&
    within(event.recordTime, query.GE_recordTime, query.LT_recordTime)
  );
}

function among(value: string | undefined, list: string | undefined): boolean {
  return list === undefined || (value !== undefined && list.split(',').includes(value));
}

function within(
  time: string,
  from = '1970-01-01T00:00:00Z',
  until = '9999-01-01T00:00:00Z',
): boolean {
  return Date.parse(time) >= Date.parse(from) && Date.parse(time) < Date.parse(until);
}

test('a page reads no more of the log than what can be meant', async () => {
  const drill = new Drill();
  for (let n = 0; n < 400; n++) {
    const at = drill.clock.now;
    await drill.capture([eventOf([{ ...SCAN, parcel: `P${n}`, at }])]);
    drill.clock.now += 60_000;
  }
  const readFor = async (query: EventQuery, perPage: number) => {
    drill.tracking.read = 0;
    const who = organisation('A');
    const sight = sightOf(drill.tracking.season, who);
    const { events } = await drill.desk.events(who, sight, query, { perPage });
    return [events.length, drill.tracking.read];
  };
  expect(await readFor({}, 5)).toEqual([5, 6]);
  const lately = new Date(drill.clock.now - 5 * 60_000).toISOString();
  expect((await readFor({ GE_recordTime: lately }, 100))[1]).toBeLessThan(15);
  expect((await readFor({ GE_eventTime: lately }, 100))[1]).toBeLessThan(25);
  const long = new Date(NOW + 100 * 60_000).toISOString();
  expect((await readFor({ LT_recordTime: long }, 5))[1]).toBeLessThan(20);
  expect(await readFor({ MATCH_epc: 'urn:cuofeng:waybill:P7' }, 100)).toEqual([1, 1]);
  expect(await readFor({ MATCH_epc: drill.hashed({ ...SCAN, parcel: 'P8' }) }, 100)).toEqual([
    1, 1,
  ]);
});

test('P11: events are seen by the operator’s offices and by administrations, in their regions only', async () => {
  const drill = new Drill();
  await drill.capture([
    eventOf([{ ...SCAN, parcel: 'h' }]),
    eventOf([{ ...SCAN, parcel: 's', resource: 'A/hub/SZ' }]),
  ]);
  await drill.capture([eventOf([{ ...SCAN, parcel: 'b', resource: 'B/hub' }])], 'rollback', 'B');
  const seen = async (viewer: string, query: EventQuery = {}) =>
    (await drill.events(query, viewer))
      .map(({ readPoint }) => decodeURIComponent(readPoint.id.slice(21)))
      .toSorted();
  expect(await seen('A')).toEqual(['A/hub/HZ', 'A/hub/SZ']);
  expect(await seen('A-HZ')).toEqual(['A/hub/HZ']);
  expect(await seen('B')).toEqual(['B/hub']);
  expect(await seen('SPB')).toEqual(['A/hub/HZ', 'A/hub/SZ', 'B/hub']);
  expect(await seen('HZPA')).toEqual(['A/hub/HZ', 'B/hub']);
  const ofA = drill.hashed({ ...SCAN, parcel: 's' });
  expect(await seen('B', { MATCH_epc: ofA })).toEqual([]);
  expect(await seen('A-HZ', { MATCH_epc: ofA })).toEqual([]);
  expect(await seen('A', { MATCH_epc: ofA })).toEqual(['A/hub/SZ']);
  await expect(seen('SPB', { MATCH_epc: 'urn:cuofeng:waybill:s' })).rejects.toThrow(BadParameter);
});

test('T5: with rollback nothing of a document is taken that has a fault; with proceed it is quarantined, not guessed', async () => {
  const drill = new Drill();
  const good = eventOf([SCAN]);
  const spoilt: [object, string][] = [
    [{ ...good, bizStep: 'collecting' }, '1 unknown-code bizStep'],
    [{ ...good, bizStep: 'packing' }, '1 not-a-scan bizStep'],
    [{ ...good, disposition: undefined }, '1 unknown-code bizStep'],
    [{ ...good, action: 'ADD' }, '1 unknown-code action'],
    [
      { ...good, readPoint: { id: 'urn:cuofeng:resource:B%2Fhub' } },
      '1 unknown-resource readPoint',
    ],
    [{ ...good, readPoint: { id: 'urn:other:1' } }, '1 invalid-field readPoint'],
    [{ ...good, readPoint: undefined }, '1 missing-field readPoint'],
    [{ ...good, epcList: ['urn:other:1'] }, '1 invalid-field epc'],
    [{ ...good, epcList: [] }, '1 missing-field epcList'],
    [{ ...good, eventTime: '2021-11-01T00:00:00.1234+08:00' }, '1 invalid-field eventTime'],
    [{ ...good, eventTime: '2021-12-01T00:00:00+08:00' }, '1 future eventTime'],
    [{ ...good, eventTime: '2001-12-01T00:00:00+08:00' }, '1 out-of-season eventTime'],
    [
      { ...good, 'cuofeng:attributes': { weightGrams: -1 } },
      '1 invalid-field cuofeng:attributes.weightGrams',
    ],
    [{ ...good, 'example:receiver': 'Zhang' }, '1 unknown-field'],
    [
      { ...good, errorDeclaration: { declarationTime: '2021-11-01T00:00:00Z' } },
      '1 unsupported errorDeclaration',
    ],
  ];
  for (const [event, expected] of spoilt) {
    const faults = await drill.capture([good, event]);
    if ('captureID' in faults) throw new Error(expected);
    expect(faults.map((f) => [f.event, f.code, f.field].join(' ').trim())).toEqual([expected]);
  }
  expect(drill.tracking.batches.length + drill.jobs.size).toBe(0);
  for (const [event] of spoilt) {
    const job = jobOf(await drill.capture([good, event], 'proceed'));
    expect(job).toMatchObject({ success: false, 'cuofeng:scans': { received: 2, quarantined: 1 } });
    expect(job.errors).toHaveLength(1);
  }
  expect(await drill.events()).toHaveLength(1);
});

test('T1: a scan that was captured twice is told by one id, and a conflict is told by the job of what lost', async () => {
  const drill = new Drill();
  const event = eventOf([SCAN]);
  jobOf(await drill.capture([event]));
  const again = jobOf(await drill.capture([event]));
  expect(again['cuofeng:scans']).toMatchObject({ duplicate: 1 });
  expect(await drill.events()).toHaveLength(1);
  const other = { ...event, 'cuofeng:attributes': { weightGrams: 5 } };
  expect(jobOf(await drill.capture([other], 'proceed'))).toMatchObject({ success: true });
  const least = { ...event, 'cuofeng:attributes': { weightGrams: 4 } };
  const lost = jobOf(await drill.capture([event, least], 'proceed'));
  expect(lost['cuofeng:scans']).toMatchObject({ received: 2, duplicate: 1, quarantined: 1 });
  expect(lost.errors).toMatchObject([
    { title: 'conflict', instance: '#/epcisBody/eventList/1/epc/0' },
  ]);
});

test('P13: nothing that an event says beside a scan is kept, answered or told', async () => {
  const canary = '13812345678';
  const anything = fc.constantFrom<unknown>(
    canary,
    [canary],
    { [canary]: canary },
    `urn:x:${canary}`,
  );
  const field = fc.constantFrom(
    ...Object.keys(eventOf([SCAN])),
    'eventID',
    'parentID',
    'bizTransactionList',
    'ilmd',
    'example:phone',
    canary,
    'destinationList',
    'cuofeng:attributes',
  );
  const behaviour = fc.constantFrom<ErrorBehaviour>('rollback', 'proceed');
  await fc.assert(
    fc.asyncProperty(field, anything, behaviour, async (name, value, how) => {
      const drill = new Drill();
      const document: unknown = JSON.parse(
        JSON.stringify(asEpcis([{ ...eventOf([SCAN]), [name]: value }])),
      );
      const read = readDocument(document);
      expect(JSON.stringify('faults' in read ? read : []).includes(canary)).toBe(false);
      if ('faults' in read) return;
      const answer = await drill.capture([{ ...eventOf([SCAN]), [name]: value }], how);
      const kept = drill.tracking.batches.map((batch) =>
        Buffer.from(encodeBatch(batch)).toString('latin1'),
      );
      const said = JSON.stringify([answer, await drill.events(), [...drill.jobs.values()]]);
      expect(`${kept.join('')}${said}`.includes(canary)).toBe(false);
    }),
    { numRuns: 300 },
  );
});

test('P9: 500 spoilt documents: each is refused whole or taken whole, with a fault that says where', async () => {
  const whole = JSON.stringify(asEpcis([eventOf([SCAN]), eventOf([{ ...SCAN, kind: 'out' }])]));
  const part = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    '"',
    ':',
    '1',
    'null',
    '"x"',
    '\\',
    'ObjectEvent',
    '\u0000',
    '',
  );
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length), fc.nat(9), part, async (at, cut, put) => {
      const text = whole.slice(0, at) + put + whole.slice(at + cut);
      let value: unknown;
      try {
        value = JSON.parse(text);
      } catch {
        refused += 1;
        return;
      }
      const read = readDocument(value);
      if ('faults' in read) {
        refused += 1;
        expect(read.faults.length).toBeGreaterThan(0);
        return;
      }
      const drill = new Drill();
      const job = await drill.capture(read.events);
      const taken = drill.tracking.batches.reduce((sum, { count }) => sum + count, 0);
      expect(taken).toBe('captureID' in job ? job['cuofeng:scans'].received : 0);
      if (!('captureID' in job)) expect(job.length).toBeGreaterThan(0);
    }),
    { numRuns: 500 },
  );
  expect(refused).toBeGreaterThan(100);
});
