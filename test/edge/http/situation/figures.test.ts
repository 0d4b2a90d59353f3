import { expect, test } from 'vitest';
import { startSituation } from '../../../support/situation-world.js';
import { at, scanOf } from '../../../support/track-conformance.js';

const HZ = 'A/hub/HZ';
const SZ = 'A/hub/SZ';

const many = (n: number, prefix: string, more: object) =>
  Array.from({ length: n }, (_, i) => scanOf(`${prefix}${i}`, more));

/** Three came in slot 7, one of them left in slot 8, and one came a moment ago; Shenzhen is empty. */
async function standing() {
  const world = await startSituation();
  await world.send(
    'A',
    ...many(3, 'p', { at: at(7.5) }),
    scanOf('p0', { at: at(8.5), kind: 'departed', to: SZ }),
    scanOf('q', { at: at(10.45) }),
  );
  return world;
}

test('不瘫痪: a place heard from that holds parcels and lets none go for an hour has stopped', async () => {
  const { figures } = await standing();
  const hub = { id: HZ, kind: 'hub', operator: 'A', region: '330100' };
  // Nothing left since slot 8 ended, an hour and a half ago.
  const worst = [{ resource: hub, value: 1.5 }];
  expect((await figures('A')).stopped).toEqual({ value: 1, of: 1, worst });
});

test('不瘫痪: whoever lets one parcel go has not stopped, and of whom nothing is heard it is not known', async () => {
  const moving = await standing();
  await moving.send('A', scanOf('p1', { at: at(10.47), kind: 'departed', to: SZ }));
  expect((await moving.figures('A')).stopped).toEqual({ value: 0, of: 1, worst: [] });
  const silent = await standing();
  silent.clock.now += 8 * 3_600_000;
  expect((await silent.figures('A')).stopped).toEqual({ value: 0, of: 0, worst: [] });
});

test('不爆仓, 保安全: important hubs above their floor; the share of places at most nine tenths full', async () => {
  const { send, figures } = await startSituation();
  // Six tracked parcels stand for 60 on a floor of 50; four for 40 on 40.
  await send('A', ...many(6, 'p', {}), ...many(4, 'q', { resource: SZ }));
  const { overflowing, safe, regions, operators } = await figures('SPB');
  expect(overflowing.worst.map(({ resource, value }) => [resource.id, value])).toEqual([
    [HZ, 1.2],
    ['B/hub', 0],
  ]);
  expect([overflowing.value, overflowing.of]).toEqual([1, 2]);
  expect([safe.value, safe.of]).toEqual([0.3333, 3]);
  expect(regions.map(({ key, places, stock, overflowing: n }) => [key, places, stock, n])).toEqual([
    ['330000', 2, 60, 1],
    ['440000', 1, 40, 0],
  ]);
  expect(operators.map(({ key, floorShare }) => [key, floorShare])).toEqual([
    ['A', 1.1111],
    ['B', 0],
  ]);
  const zhejiang = await figures('SPB', '?region=330000');
  expect(zhejiang.regions.map(({ key }) => key)).toEqual(['330100']);
  expect((await figures('A', '?region=110000')).safe).toEqual({ value: null, of: 0, worst: [] });
});

test('保平稳, progress: pick-ups of the busiest hour over the average one; what the plan has until now', async () => {
  const { send, figures } = await startSituation([
    { slot: 4, parcels: 100 },
    { slot: 10, parcels: 40 },
  ]);
  await send('A', ...accepted(1, 'a', 7.5), ...accepted(4, 'b', 8.5), ...accepted(1, 'c', 9.5));
  await send('A', scanOf('a0', { kind: 'departed', to: SZ, at: at(9.6) }));
  await send('A', scanOf('a0', { kind: 'delivered', resource: 'A/out', at: at(9.9) }));
  const { steady, pickedUp, inNetwork, delivered } = await figures('A');
  expect([steady.value, steady.of]).toEqual([2, 60]);
  // 100 came in slot 4 and were at the end of their way two hours later; of the 40 of slot 10 half came by now.
  expect(pickedUp).toEqual({ seen: 60, planned: 120 });
  expect(delivered).toEqual({ seen: 10, planned: 100 });
  expect(inNetwork).toEqual({ seen: 50, planned: 20 });
});

test('保畅通: hours at places and on the way to them, over what routes give for it', async () => {
  const { send, figures } = await startSituation([{ slot: 4, parcels: 100 }]);
  // Routes give no time to Shenzhen and two hours there: one parcel takes its time, another twice of it.
  await send('A', scanOf('quick', { resource: SZ, at: at(4.5) }));
  await send('A', scanOf('quick', { resource: SZ, at: at(6.5), kind: 'delivered' }));
  expect((await figures('A', '?region=440000')).smooth).toMatchObject({ value: 1, of: 10 });
  const slow = await startSituation([{ slot: 4, parcels: 100 }]);
  await slow.send('A', scanOf('slow', { resource: SZ, at: at(4.5) }));
  await slow.send('A', scanOf('slow', { resource: SZ, at: at(8.5), kind: 'delivered' }));
  expect((await slow.figures('A', '?region=440000')).smooth).toMatchObject({ value: 2, of: 10 });
});

function accepted(n: number, prefix: string, slot: number) {
  return many(n, prefix, { kind: 'accepted', at: at(slot) });
}
