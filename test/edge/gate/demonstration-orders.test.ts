import { expect, test } from 'vitest';
import { DemonstrationOrders } from '../../../src/edge/gate/demonstration-orders.js';
import type { ItemFault, RequestItem } from '../../../src/edge/gate/gate-service.js';
import { gateSeason } from '../../support/gate-season.js';

const flow = { operator: 'A', origin: 'x', destination: 'y' };
const DEMAND = [
  { ...flow, shipper: 'P1', slot: 1, parcels: 3 },
  { ...flow, shipper: 'P2', slot: 1, parcels: 4 },
  { ...flow, shipper: 'P1', service: 'timed', slot: 1, parcels: 5 },
  { ...flow, shipper: 'P2', slot: 2, parcels: 6 },
];

test('platforms of a demonstration ask for what is ready by now, once, also after a call that failed', async () => {
  const made = gateSeason(DEMAND);
  const { startMs, slotMs } = made.network;
  let slots = 1;
  const season = { ...made, timing: { ...made.timing, now: () => startMs + slots * slotMs } };
  const asked: (RequestItem & { readonly shipper: string })[] = [];
  let isAway = false;
  const gate = {
    decide: async (shipper: string, items: readonly (RequestItem | ItemFault)[]) => {
      if (isAway) throw new Error('away');
      for (const item of items) {
        if ('readyAt' in item) asked.push({ shipper, ...item });
      }
      return items.map(() => '{"status":"refused"}');
    },
    confirm: async () => [],
  };
  const orders = new DemonstrationOrders(gate, season, () => undefined);
  await orders.look();
  expect(asked).toEqual([]);
  slots = 1.4;
  await orders.look();
  expect(asked.length).toBe(2);
  isAway = true;
  slots = 1.9;
  await expect(orders.look()).rejects.toThrow('away');
  isAway = false;
  await orders.look();
  const parcels = asked.map(({ shipper, parcels: n }) => `${shipper} ${n}`);
  expect(parcels.toSorted()).toEqual(['P1 3', 'P1 5', 'P2 4']);
  expect(new Set(asked.map(({ id }) => id)).size).toBe(3);
  for (const { readyAt } of asked) {
    expect(Math.floor((Date.parse(readyAt) - startMs) / slotMs)).toBe(1);
    expect(Date.parse(readyAt)).toBeLessThanOrEqual(startMs + slots * slotMs);
  }
  slots = 2.99;
  await orders.look();
  expect(asked.slice(3).map(({ parcels: n }) => n)).toEqual([6]);
});
