import { expect, onTestFinished, test } from 'vitest';
import { documentFaults } from '../../../../src/edge/track/epcis/documents.js';
import { msOfSlot } from '../../../support/fake-tracking.js';
import { asEpcis, eventOf, type SomeScan } from '../../../support/formatted-scans.js';
import { LoggedTracking } from '../../../support/memory-event-log.js';
import { startTrackServer, type TrackServer } from '../../../support/track-server.js';

const SCAN: SomeScan = {
  operator: 'A',
  parcel: 'YT1',
  kind: 'departed',
  resource: 'A/hub/HZ',
  to: 'A/hub/SZ',
  at: msOfSlot(10),
};

async function serve(): Promise<TrackServer & { readonly tracking: LoggedTracking }> {
  const tracking = new LoggedTracking();
  const server = await startTrackServer(tracking);
  onTestFinished(() => server.stop());
  return { ...server, tracking };
}

interface Told {
  readonly status: number;
  readonly headers: Headers;
  /** What JSON it is, whatever it is. */
  readonly body: ReturnType<typeof JSON.parse>;
}

async function tell(
  { url }: TrackServer,
  path: string,
  init: { key?: string; document?: unknown; headers?: Record<string, string> } = {},
): Promise<Told> {
  const { key = 'A', document, headers = {} } = init;
  const response = await fetch(new URL(`/epcis/v2/${path}`, url), {
    method: document === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      ...(document !== undefined && { 'content-type': 'application/ld+json' }),
      ...headers,
    },
    ...(document !== undefined && {
      body: typeof document === 'string' ? document : JSON.stringify(document),
    }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text && JSON.parse(text) };
}

test('T6: a document is answered when it is durable, with a job that says what became of it', async () => {
  const server = await serve();
  const taken = await tell(server, 'capture', { document: asEpcis([eventOf([SCAN])]) });
  expect([taken.status, taken.body]).toEqual([202, '']);
  expect(taken.headers.get('gs1-epcis-version')).toBe('2.0.0');
  const location = taken.headers.get('location') ?? '';
  const job = await tell(server, location.slice('/epcis/v2/'.length));
  expect(job.body).toMatchObject({ running: false, success: true, errors: [] });
  expect(job.body['cuofeng:scans']).toMatchObject({ received: 1, applied: 1 });
  const foreign = await tell(server, location.slice('/epcis/v2/'.length), { key: 'B' });
  expect([foreign.status, foreign.body.type]).toEqual([
    404,
    'epcisException:NoSuchResourceException',
  ]);
});

test('events are answered page by page as a query document of the standard', async () => {
  const server = await serve();
  const events = Array.from({ length: 5 }, (_, n) => eventOf([{ ...SCAN, parcel: `P${n}` }]));
  await tell(server, 'capture', { document: asEpcis(events) });
  const ids = new Set<string>();
  let path: string | undefined = 'events?perPage=2&EQ_bizStep=departing';
  for (let pages = 0; path !== undefined; pages++) {
    expect(pages).toBeLessThan(5);
    const page: Told = await tell(server, path);
    expect(documentFaults(page.body, 'EPCISQueryDocument')).toEqual([]);
    const { eventList } = page.body.epcisBody.queryResults.resultsBody;
    for (const { eventID } of eventList) ids.add(eventID);
    path = /^<\/epcis\/v2\/(.*)>; rel="next"$/.exec(page.headers.get('link') ?? '')?.[1];
  }
  expect(ids.size).toBe(5);
});

test('errors are problems of the standard’s types', async () => {
  const server = await serve();
  const whole = asEpcis([eventOf([SCAN])]);
  const xml = { 'content-type': 'application/xml' };
  const many = eventOf(Array.from({ length: 10_001 }, (_, n) => ({ ...SCAN, parcel: `P${n}` })));
  const cases: [Promise<Told>, string][] = [
    [tell(server, 'capture', { document: '{' }), '400 ValidationException'],
    [tell(server, 'capture', { document: { ...whole, epcisBody: {} } }), '400 ValidationException'],
    [
      tell(server, 'capture', { document: { ...whole, '@context': 'https://example.com/' } }),
      '400 ValidationException',
    ],
    [
      tell(server, 'capture', { document: asEpcis([{ ...eventOf([SCAN]), bizStep: 'other' }]) }),
      '400 ValidationException',
    ],
    [
      tell(server, 'capture', { document: whole, headers: { 'gs1-capture-error-behaviour': 'x' } }),
      '400 ValidationException',
    ],
    [
      tell(server, 'capture', { document: '<x/>', headers: xml }),
      '415 UnsupportedMediaTypeException',
    ],
    [tell(server, 'capture', { document: asEpcis([many]) }), '413 CaptureLimitExceededException'],
    [tell(server, 'capture', { document: whole, key: 'SPB' }), '403 SecurityException'],
    [tell(server, 'events', { key: 'nobody' }), '401 SecurityException'],
    [tell(server, 'events', { key: 'mall' }), '403 SecurityException'],
    [tell(server, 'events?GE_eventTime=yesterday'), '400 QueryParameterException'],
    [tell(server, 'events?EQ_color=red'), '400 QueryParameterException'],
    [tell(server, 'events?nextPageToken=x'), '400 QueryParameterException'],
    [tell(server, 'events?perPage=0'), '400 QueryParameterException'],
    [tell(server, 'events', { headers: { accept: 'text/html' } }), '406 NotAcceptableException'],
    [
      tell(server, 'events', { headers: { 'gs1-epcis-min': '3.0.0' } }),
      '406 NotAcceptableException',
    ],
  ];
  for (const [asked, expected] of cases) {
    const { status, headers, body } = await asked;
    expect(`${status} ${String(body.type).replace('epcisException:', '')}`).toBe(expected);
    expect(headers.get('content-type')).toContain('application/problem+json');
  }
  expect(server.tracking.batches).toEqual([]);
});

test('P13: nothing of a waybill that is asked for is answered or logged', async () => {
  const server = await serve();
  const canary = 'SF13812345678';
  await tell(server, 'capture', { document: asEpcis([eventOf([{ ...SCAN, parcel: canary }])]) });
  const found = await tell(server, `events?MATCH_epc=urn:cuofeng:waybill:${canary}`);
  expect(found.body.epcisBody.queryResults.resultsBody.eventList).toHaveLength(1);
  const bad = await tell(server, `events?MATCH_epc=${canary}*`);
  const text = JSON.stringify([found.body, bad.body, bad.status, [...found.headers]]);
  expect(`${text}${server.log.join('')}`.includes(canary)).toBe(false);
});
