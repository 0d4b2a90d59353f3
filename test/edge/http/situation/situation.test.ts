import { expect, test } from 'vitest';
import { startSituation } from '../../../support/situation-world.js';
import { at, scanOf } from '../../../support/track-conformance.js';
import { ask } from '../../../support/track-server.js';

const HZ = 'A/hub/HZ';
const SZ = 'A/hub/SZ';

test('each sees the places that its role gives, and lanes between them with their capacity', async () => {
  const { network } = await startSituation();
  const seen = async (key: string) => (await network(key)).places.map(({ id }) => id);
  expect(await seen('SPB')).toEqual([HZ, SZ, 'B/hub']);
  expect(await seen('A')).toEqual([HZ, SZ]);
  expect(await seen('A-HZ')).toEqual([HZ]);
  expect(await seen('mall')).toEqual([HZ, SZ, 'B/hub']);
  expect(await seen('box')).toEqual(['box/1']);
  const lane = { from: 0, to: 1, operator: 'A', capacity: 100 };
  expect((await network('A')).lanes).toEqual([lane]);
  expect((await network('A-HZ')).lanes).toEqual([]);
  expect((await network('mall')).lanes).toEqual([]);
  expect((await network('A')).places[0]).toMatchObject({ floor: 50, capacity: 100, lat: null });
});

test('a past slot is as counted at its end, however late it is told; a coming one as planned', async () => {
  const { send, slot, network } = await startSituation([{ slot: 12, parcels: 70 }]);
  await send(
    'A',
    scanOf('p1', { at: at(6.5) }),
    scanOf('p1', { at: at(8.5), kind: 'departed', to: SZ }),
    scanOf('p2', { at: at(8.2) }),
    scanOf('p3', { at: at(9.5), resource: SZ }),
  );
  // Told last: p3 stood in Hangzhou in slots 7 and 8, and left in slot 8.
  await send(
    'A',
    scanOf('p3', { at: at(7.5) }),
    scanOf('p3', { at: at(8.9), kind: 'departed', to: SZ }),
  );
  expect((await network('A')).slots).toEqual({ from: 6, until: expect.any(Number) });
  const stocks = await Promise.all([6, 7, 8, 9].map((n) => slot('A', n)));
  expect(stocks.map(({ basis, stock, lanes }) => [basis, ...stock, ...lanes])).toEqual([
    ['counted', 10, 0, 0],
    ['counted', 20, 0, 0],
    ['counted', 10, 0, 20],
    ['counted', 10, 10, 0],
  ]);
  expect(stocks.map(({ load }) => load)).toEqual([
    [0.1, 0],
    [0.1, 0],
    [0.1, 0],
    [0, 0.1],
  ]);
  expect(await slot('A', 12)).toEqual({
    slot: 12,
    basis: 'planned',
    stock: [0, 70],
    load: [0.7, 0.7],
    lanes: [70],
  });
});

test('slots that are not known are not there; what has not changed is not told again', async () => {
  const { send, server } = await startSituation();
  await send('A', scanOf('p1', { at: at(8) }));
  const get = (n: number) => ask(server, 'A', `/v1/situation/slots/${n}`);
  expect((await get(7)).status).toBe(404);
  expect((await get(11)).status).toBe(404);
  const first = await get(8);
  const again = await fetch(`${server.url}/v1/situation/slots/8`, {
    headers: { authorization: 'Bearer A', 'if-none-match': first.headers.get('etag') ?? '' },
  });
  expect([first.status, again.status, await again.text()]).toEqual([200, 304, '']);
});

test('P11: what operator B does changes no byte that A is answered, nor what is told of a hub that is not theirs', async () => {
  const paths = ['', '/slots/9', '/slots/10', '/figures', '/figures?operator=B'];
  const answers = async (isBusy: boolean) => {
    const { send, text } = await startSituation([{ slot: 9, parcels: 5 }]);
    await send('A', scanOf('p1'), scanOf('p2', { kind: 'departed', to: SZ }));
    if (isBusy) {
      for (let i = 0; i < 30; i++) {
        await send('B', scanOf(`b${i}`, { operator: 'B', resource: 'B/hub', at: at(3 + i / 10) }));
      }
    }
    const told = paths.map((path) => text('A', `/v1/situation${path}`));
    const hubs = [HZ, 'B/hub', 'C/hub'].map((id) =>
      text('A', `/v1/hubs/${encodeURIComponent(id)}`),
    );
    return (await Promise.all([...told, ...hubs])).map((body) => body.replace(/"ageMs":\d+/, ''));
  };
  const quiet = await answers(false);
  expect(await answers(true)).toEqual(quiet);
  const [foreign, missing] = quiet.slice(-2);
  expect(foreign).toBe(missing);
});

test('a hub by slot: counted, planned, its capacity by declarations, tickets, what is held, its price', async () => {
  const { send, hub } = await startSituation([{ slot: 12, parcels: 70 }], {
    declared: async (id) => new Map(id === HZ ? [[12, 60]] : []),
    loads: {
      loads: async () => ({ from: 0, ticketed: Array(50).fill(4), open: Array(50).fill(3) }),
    },
  });
  await send(
    'A',
    scanOf('p1', { at: at(9.2) }),
    scanOf('p1', { at: at(9.8), kind: 'departed', to: SZ }),
  );
  const told = await hub('A', HZ);
  expect(told).toMatchObject({ stock: 0, bound: 0, stale: true, warnings: [], named: [] });
  const { from, now, until } = told.slots;
  expect([from, now]).toEqual([9, 10]);
  for (const column of [told.counted.stock, told.planned.arrivals, told.capacity, told.price]) {
    expect(column).toHaveLength(until - from);
  }
  expect(told.counted.arrived.slice(0, 3)).toEqual([10, 0, null]);
  expect(told.counted.departed.slice(0, 2)).toEqual([10, 0]);
  expect(told.counted.stock.slice(0, 2)).toEqual([0, 0]);
  expect(told.planned.arrivals.slice(0, 5)).toEqual([0, 0, 0, 70, 0]);
  expect(told.capacity.slice(2, 5)).toEqual([100, 60, 100]);
  expect([told.ticketed[3], told.atShippers[3], told.price[3], told.price[2]]).toEqual([
    4, 3, 2.5, 0,
  ]);
  expect((await hub('A', SZ)).bound).toBe(10);
});

test('a platform is told how full hubs are and were, and nothing of what flows or is planned', async () => {
  const { send, hub, slot, figures } = await startSituation([{ slot: 12, parcels: 70 }], {
    loads: { loads: async () => ({ from: 0, ticketed: [1], open: [1] }) },
  });
  await send('A', scanOf('p1', { at: at(9.2) }), scanOf('p2', { at: at(9.3) }));
  const { counted, planned, bound, stock, ...told } = await hub('mall', HZ);
  expect([stock, bound, counted.stock[0]]).toEqual([20, null, 20]);
  const columns = [counted.arrived, counted.departed, planned.stock, planned.arrivals];
  for (const column of [...columns, told.capacity, told.ticketed, told.atShippers, told.price]) {
    expect(column.every((n) => n === null)).toBe(true);
  }
  const past = await slot('mall', 9);
  expect([past.stock, past.load, past.lanes]).toEqual([[20, 0, 0], [null, null, null], []]);
  expect((await slot('mall', 12)).stock).toEqual([null, null, null]);
  const { stopped, smooth, steady, pickedUp, inNetwork, delivered, safe, operators } =
    await figures('mall');
  expect([stopped, smooth, steady].map(({ value }) => value)).toEqual([null, null, null]);
  expect([pickedUp, inNetwork, delivered]).toEqual(
    Array.from({ length: 3 }, () => ({ seen: null, planned: null })),
  );
  expect(safe).toEqual({ value: 1, of: 3, worst: [] });
  expect(operators.map(({ key, stopped: n }) => [key, n])).toEqual([
    ['A', null],
    ['B', null],
  ]);
});
