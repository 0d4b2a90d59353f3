import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CountedBoard } from '../../../src/edge/situation/counted-board.js';
import { sendToService } from '../../../src/edge/track/replay/send-to-service.js';
import { FakeTracking, msOfSlot, testTrackSeason } from '../../support/fake-tracking.js';

const HUBS = ['A/hub/HZ', 'A/hub/SZ', 'A/out'];

/** Scans of few parcels in no order of their own; no two of one at the same moment. */
const scans = fc.uniqueArray(
  fc.record({
    parcel: fc.nat(3),
    kind: fc.constantFrom('accepted', 'arrived', 'departed', 'departed', 'out', 'delivered'),
    hub: fc.nat(2),
    to: fc.nat(2),
    quarter: fc.integer({ min: -40, max: 41 }),
  }),
  { maxLength: 30, selector: ({ parcel, quarter }) => `${parcel} ${quarter}` },
);

test('stock and what is bound at the end of every slot are as one recounts them, whenever scans came', async () => {
  await fc.assert(
    fc.asyncProperty(scans, fc.nat(30), async (list, cut) => {
      const service = new FakeTracking(testTrackSeason({ now: msOfSlot(10.5) }));
      const board = new CountedBoard(service);
      await send(service, list.slice(0, cut));
      await board.counted();
      await send(service, list.slice(cut));
      // Another board: this one looks again in a second.
      const counted = await new CountedBoard(service).counted();
      const { ids } = service.season.scenario.resources;
      for (let slot = counted.from; slot <= counted.now; slot++) {
        const last = new Map<number, (typeof list)[number]>();
        for (const scan of list.toSorted((a, b) => a.quarter - b.quarter)) {
          if (scan.quarter < 4 * (slot + 1)) last.set(scan.parcel, scan);
        }
        const states = [...last.values()];
        for (const [h, hub] of HUBS.entries()) {
          const cell = ids.findText(hub) * counted.width + slot - counted.from;
          const there = states.filter((s) => s.hub === h && isThere(s.kind)).length;
          const bound = states.filter((s) => s.to === h && s.kind === 'departed').length;
          expect([counted.stock[cell], counted.bound[cell]]).toEqual([there, bound]);
        }
      }
    }),
    { numRuns: 60 },
  );
});

function isThere(kind: string): boolean {
  return kind !== 'departed' && kind !== 'delivered';
}

async function send(
  service: FakeTracking,
  list: readonly { parcel: number; kind: string; hub: number; to: number; quarter: number }[],
): Promise<void> {
  if (list.length === 0) return;
  const lines = list.map(({ parcel, kind, hub, to, quarter }) => {
    const scan = { operator: 'A', parcel: `P${parcel}`, kind, resource: HUBS[hub] };
    const at = msOfSlot(quarter / 4);
    return JSON.stringify({ ...scan, at, ...(kind === 'departed' && { to: HUBS[to] }) });
  });
  await sendToService(service)('A', Buffer.from(`${lines.join('\n')}\n`));
}
