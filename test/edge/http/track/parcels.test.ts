import { expect, onTestFinished, test } from 'vitest';
import { Api, type OwnParcel } from '../../../../src/client/api.js';
import { addOrganisation } from '../../../../src/edge/access/organisations.js';
import type { Principal } from '../../../../src/edge/access/principal.js';
import type { RequestView, TicketView } from '../../../../src/edge/gate/gate-service.js';
import { FakeTracking, msOfSlot, testTrackSeason } from '../../../support/fake-tracking.js';
import { writeSeason } from '../../../support/own-parcel-season.js';
import { testDatabase } from '../../../support/postgres.js';
import { at, scanOf } from '../../../support/track-conformance.js';
import { ask, startTrackServer } from '../../../support/track-server.js';

/** Tickets of the mall: of 3 parcels with A, of 2 that lapsed; the bazaar has none. */
const TICKETS: Readonly<Record<string, Partial<TicketView>>> = {
  'T0-1': { operator: 'A', parcels: 3, state: 'confirmed' },
  'T0-2': { operator: 'A', parcels: 2, state: 'lapsed' },
};

async function findTicket(
  { organisation }: Principal,
  id: string,
): Promise<RequestView | undefined> {
  const found = organisation.id === 'mall' ? TICKETS[id] : undefined;
  if (!found) return undefined;
  const where = {
    readyStart: at(1),
    slotStart: at(1),
    slotEnd: at(2),
    route: 'A/1',
    origin: '',
    destination: '',
  };
  const ticket: TicketView = {
    ticket: id,
    id: 'order',
    shipper: 'mall',
    service: 's',
    operator: '',
    parcels: 0,
    state: 'issued',
    ...where,
    ...found,
  };
  return { result: {}, tickets: [ticket], routes: [] };
}

async function start() {
  const { database, admin } = await testDatabase();
  const nation = { level: 'nation', region: '000000' } as const;
  for (const id of ['mall', 'bazaar']) {
    await addOrganisation(database, 'command-line', { id, kind: 'platform', ...nation }, 0);
  }
  await writeSeason(database);
  const clock = { now: msOfSlot(10) };
  const service = new FakeTracking(testTrackSeason(clock));
  const tickets = { find: findTicket };
  const server = await startTrackServer(service, {}, { database, tickets });
  onTestFinished(() => server.stop());
  const apiOf = (key: string) => new Api({ url: server.url, key, attempts: 1 });
  const send = (...lines: object[]) => ask(server, 'A', '/v1/scans', lines);
  return {
    admin,
    database,
    clock,
    server,
    send,
    mall: apiOf('mall'),
    bazaar: apiOf('bazaar'),
    apiOf,
  };
}

const mine = (parcel: string, more: Partial<OwnParcel> = {}): OwnParcel => ({
  operator: 'A',
  parcel,
  ticket: 'T0-1',
  ...more,
});

test('a platform declares its parcels under tickets of its own, once, as many as a ticket has', async () => {
  const { server, mall, bazaar } = await start();
  const lines = [
    mine('p1'),
    mine('p1'),
    mine('p2', { operator: 'B' }),
    mine('p3', { ticket: 'T0-2' }),
  ];
  const first = await mall.declareParcels([...lines, mine('p 4'), mine('p5', { operator: 'C' })]);
  expect(first).toMatchObject({ received: 6, declared: 1, duplicate: 1, refused: 4 });
  expect(first.parcels.map(({ line }) => line)).toEqual([1, 2]);
  expect(first.faults.map(({ line, code }) => [line, code])).toEqual([
    [3, 'unknown-ticket'],
    [4, 'unknown-ticket'],
    [5, 'invalid-field'],
    [6, 'unknown-operator'],
  ]);
  const more = await mall.declareParcels(['p1', 'p2', 'p3', 'p4'].map((parcel) => mine(parcel)));
  expect(more).toMatchObject({ declared: 2, duplicate: 1, refused: 1 });
  expect(more.faults).toMatchObject([{ line: 4, code: 'ticket-full' }]);
  expect(await bazaar.declareParcels([mine('p1')])).toMatchObject({ declared: 0, refused: 1 });
  const odd = await ask(server, 'mall', '/v1/parcels', ['{', { ...mine('p1'), phone: 1 }, 7]);
  expect(odd.text).toContain('"received":3,"declared":0,"duplicate":0,"refused":3');
});

test('P11, P13: a parcel is shown to those whose it is, and to others as one that is not there', async () => {
  const { server, send, mall } = await start();
  await send(
    scanOf('p1', { attributes: { realName: true } }),
    scanOf('p1', { kind: 'departed', to: 'A/hub/SZ', at: at(9.5) }),
    scanOf('p2', { resource: 'A/out', kind: 'delivered' }),
  );
  await mall.declareParcels([mine('p1')]);
  const get = (key: string, parcel: string, query = '') =>
    ask(server, key, `/v1/parcels/${parcel}${query}`);
  const whole = await get('A', 'p1');
  expect(JSON.parse(whole.text)).toMatchObject({
    operator: 'A',
    state: { kind: 'departed', resource: 'A/hub/HZ', to: 'A/hub/SZ', at: at(9.5) },
    scans: [{ kind: 'departed' }, { kind: 'arrived', attributes: { realName: true } }],
  });
  expect((await get('A-HZ', 'p1')).text).toBe(whole.text);
  const platform = await get('mall', 'p1', '?operator=A');
  expect(platform.status).toBe(200);
  expect(platform.text).not.toContain('attributes');
  const none = await get('mall', 'p9', '?operator=A');
  expect(none.status).toBe(404);
  for (const [key, parcel, query] of [
    ['mall', 'p2', '?operator=A'],
    ['bazaar', 'p1', '?operator=A'],
    ['mall', 'p1', '?operator=B'],
    ['mall', 'p1', ''],
    ['A-HZ', 'p2', ''],
    ['B', 'p1', ''],
    ['B', 'p1', '?operator=A'],
  ]) {
    const answer = await get(key, parcel, query);
    expect([answer.status, answer.text], `${key} ${parcel}`).toEqual([404, none.text]);
  }
  for (const key of ['SPB', 'box']) expect((await get(key, 'p1', '?operator=A')).status).toBe(403);
});

test("a platform's progress: counts by state, the longest without news first, page by page", async () => {
  const { send, mall, bazaar, clock } = await start();
  const declared = await mall.declareParcels([mine('p1'), mine('p2'), mine('p3')]);
  const handle = (line: number) => declared.parcels[line - 1].parcel;
  await send(
    scanOf('p1', { resource: 'A/out', kind: 'delivered' }),
    scanOf('p2', { at: at(9.9) }),
    scanOf('px', { at: at(9) }),
  );
  clock.now = msOfSlot(34);
  const whole = await mall.listParcels();
  expect(whole).toMatchObject({ late: 1, counts: { declared: 1, arrived: 1, delivered: 1 } });
  expect(whole.items).toMatchObject([
    { parcel: handle(2), state: 'arrived', since: at(9.9), resource: 'A/hub/HZ', late: true },
    { parcel: handle(3), state: 'declared', since: at(10), ticket: 'T0-1', late: false },
  ]);
  const first = await mall.listParcels({ limit: 1 });
  const rest = await mall.listParcels({ limit: 1, cursor: first.next ?? '' });
  expect([...first.items, ...rest.items]).toEqual(whole.items);
  expect(rest.next).toBeUndefined();
  expect(await bazaar.listParcels()).toMatchObject({ items: [], counts: { declared: 0 } });
  await expect(mall.listParcels({ cursor: 'x' })).rejects.toMatchObject({ status: 422 });
});

test('P11, P13: rows are of their organisation, have no number of a waybill, and leave by age', async () => {
  const { admin, database, mall, clock } = await start();
  await mall.declareParcels([mine('CANARY1'), mine('CANARY2')]);
  const nobody = database.transact({ as: 'member', organisation: 'mall' }, async (client) => {
    await client.query('RESET ROLE');
    return client.query('SELECT FROM track_parcel');
  });
  expect((await nobody).rowCount).toBe(0);
  const { rows } = await admin.query<{ all: string }>(
    'SELECT track_parcel::text AS all FROM track_parcel',
  );
  expect(rows).toHaveLength(2);
  expect(rows.map(({ all }) => Buffer.from(all).toString('latin1')).join()).not.toContain('CANARY');
  const count = (id: string) =>
    database.transact({ as: 'member', organisation: id }, async (client) => {
      const { rowCount } = await client.query('SELECT FROM track_parcel');
      return rowCount;
    });
  expect([await count('mall'), await count('bazaar')]).toEqual([2, 0]);
  const foreign = database.transact({ as: 'member', organisation: 'bazaar' }, (client) =>
    client.query(`INSERT INTO track_parcel VALUES ('mall', 'season', 'A', $1, 'T0-1', now())`, [
      Buffer.alloc(16),
    ]),
  );
  await expect(foreign).rejects.toThrow('row-level security');
  clock.now += 15 * 86_400_000;
  await mall.declareParcels([mine('CANARY3')]);
  expect((await mall.listParcels()).counts.declared).toBe(1);
});
