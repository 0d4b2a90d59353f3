import { expect, test } from 'vitest';
import { BatchBuilder } from '../../../src/edge/track/batch-builder.js';
import { routeParcelsOf } from '../../../src/edge/warn/plan-releases.js';
import { Sighting } from '../../../src/edge/warn/see.js';
import { gateNetwork } from '../../../src/gate/gate-network.js';
import type { Releases, SlotNumbers } from '../../../src/warn/seen.js';
import { FakeTracking, msOfSlot, testTrackSeason } from '../../support/fake-tracking.js';
import { planOf, type Share } from '../../support/gate-world.js';

const HZ = 'A/hub/HZ';

/** A season at the start of slot 10, its tracking, and what sends scans to it. */
function world(scale = 1) {
  const clock = { now: msOfSlot(10) };
  const season = testTrackSeason(clock);
  const service = new FakeTracking(season);
  const network = gateNetwork(season.scenario);
  let parcels = 0;
  const scan = async (kind: string, resource: string, slot: number, parcel?: string) => {
    const builder = new BatchBuilder(season.names, season.keys);
    const to = kind === 'departed' ? { to: 'A/hub/SZ' } : {};
    parcels += 1;
    builder.add({
      operator: 'A',
      parcel: parcel ?? `p${parcels}`,
      kind,
      resource,
      at: msOfSlot(slot),
      ...to,
    });
    await service.take(builder.finish(0, clock.now));
  };
  const plan = (shares: readonly Share[]) => planOf(network, 1, { slots: 48 }, () => 100, shares);
  const number = (id: string) => season.scenario.resources.ids.findText(id);
  const row = ({ slots, values }: SlotNumbers, id: string) => [
    ...values.subarray(number(id) * slots, (number(id) + 1) * slots),
  ];
  return {
    clock,
    service,
    network,
    scan,
    plan,
    number,
    row,
    sighting: new Sighting(service, network, scale),
  };
}

function listOf({ route, slot, parcels }: Releases): number[][] {
  return Array.from(route, (r, i) => [r, slot[i], parcels[i]]);
}

test('stock, what is bound, flows of the slots that ended, and what was let go as far as it was accepted', async () => {
  const { service, network, scan, plan, number, row, sighting, clock } = world(10);
  await scan('accepted', HZ, 8, 'one');
  await scan('accepted', HZ, 9);
  await scan('accepted', HZ, 9);
  await scan('departed', HZ, 9.5, 'one');
  const asked = plan([
    [0, 0, 9, 0, 40],
    [1, 0, 9, 0, 2],
    [0, 0, 12, 0, 5],
    [0, 0, 10, 0, 7],
  ]);
  const routeParcels = routeParcelsOf(network, asked);
  expect(routeParcels[0]).toBe(54);
  const seen = await sighting.see({ plan: asked, routeParcels });
  expect(seen.slot).toBe(10);
  // Each tracked parcel stands for ten.
  expect(seen.stock[number(HZ)]).toBe(20);
  expect(seen.bound[number('A/hub/SZ')]).toBe(10);
  expect(row(seen.arrived, HZ).slice(-3)).toEqual([0, 10, 20]);
  expect(row(seen.departed, HZ).slice(-3)).toEqual([0, 0, 10]);
  expect(listOf(seen.released)).toEqual([
    [0, 8, 10],
    [0, 9, 20],
  ]);
  expect(listOf(seen.planned)).toEqual([
    [0, 9, 42],
    [0, 10, 7],
    [0, 12, 5],
  ]);
  // An hour later slots have moved back by one; a scan that came late for slot 9 counts, too.
  clock.now = msOfSlot(11);
  await scan('accepted', HZ, 10);
  await scan('accepted', HZ, 9.2);
  const later = await sighting.see({ plan: asked, routeParcels });
  expect(row(later.arrived, HZ).slice(-4)).toEqual([0, 10, 30, 10]);
  const fresh = await new Sighting(service, network, 10).see({ plan: asked, routeParcels });
  expect({ ...later, ageHours: [] }).toEqual({ ...fresh, ageHours: [] });
});

test('without a plan nothing is to enter, and what came went by the routes that are usual', async () => {
  const { network, scan, sighting } = world();
  await scan('accepted', HZ, 9);
  const routeParcels = new Float64Array(network.routes.pair.length).fill(1);
  const { planned, released } = await sighting.see({ plan: undefined, routeParcels });
  expect(listOf(planned)).toEqual([]);
  expect(listOf(released)).toEqual([[0, 9, 1]]);
});
