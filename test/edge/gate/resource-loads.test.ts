import { expect, test } from 'vitest';
import { gateSeason, localShards } from '../../support/gate-season.js';

test('what tickets load of a resource and what is open of the plan stand side by side, by slot', async () => {
  const season = gateSeason();
  const shards = await localShards(season);
  const desk = shards.deskOf(0);
  if (!desk) throw new Error('no desk');
  // The plan lets shipper 0 send 5 of pair 0 in slot 1, over A/hub.
  const before = await desk.loads(0);
  expect(before).toEqual({ from: 0, ticketed: [0, 0, 0, 0, 0, 0], open: [0, 5, 0, 0, 0, 0] });
  const item = { service: 'standard', operator: 'A', origin: 'x', destination: 'y' };
  const asked = { ...item, readyAt: season.names.slotStart(1), parcels: 3 };
  await desk.decide('0', [{ ...asked, id: 'r1' }], [0]);
  // The clock of this season stands still: what was told is told again.
  expect(await desk.loads(0)).toEqual(before);
  const again = await localShards(season);
  const fresh = again.deskOf(0);
  await fresh?.decide('0', [{ ...asked, id: 'r1' }], [0]);
  expect(await fresh?.loads(0)).toEqual({
    from: 0,
    ticketed: [0, 3, 0, 0, 0, 0],
    open: [0, 2, 0, 0, 0, 0],
  });
  expect(await fresh?.loads(2)).toEqual({
    from: 0,
    ticketed: [0, 0, 0, 0, 0, 0],
    open: [0, 0, 0, 0, 0, 0],
  });
});
