import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ScanBatch } from '../../../src/track/scans.js';
import { TALLIES } from '../../../src/track/sources.js';
import { arbitraryBatches } from '../../support/arbitrary-batches.js';
import { counted, entriesOf, recountedScans } from '../../support/recounted-scans.js';
import { scansOf } from '../../support/track-world.js';

test('P8: the recount of 400 random sets is what was counted live, to the last figure', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryBatches, async (batches) => {
      const { tracking, picture } = counted(batches);
      const { recount, findings } = await recountedScans(entriesOf(batches), picture);
      expect(findings.first).toEqual([]);
      expect(recount.scans).toBe(batches.reduce((sum, { count }) => sum + count, 0));
      // A picture has totals; the recount knows them by source, and of those driven in again.
      for (const [source, { tally, redriven }] of tracking.sources.list.entries()) {
        const found = recount.figures.sources[source];
        for (const name of TALLIES) {
          expect(found?.tally[name] ?? 0).toBe(tally[name]);
          expect(found?.redriven[name] ?? 0).toBe(redriven[name]);
        }
      }
    }),
    { numRuns: 400 },
  );
});

test('P8: as of the picture, whatever came after it', async () => {
  const first = [scansOf(1, 2, [{ parcel: 1, at: 1 }]), scansOf(2, 3, [{ parcel: 2, at: 2 }])];
  const later = scansOf(3, 5, [{ parcel: 1, at: 4, kind: 'delivered' }]);
  const { recount, findings } = await recountedScans(
    entriesOf([...first, later]),
    counted(first).picture,
  );
  expect(findings.first).toEqual([]);
  expect([recount.seq, recount.after, recount.figures.stock[0]]).toEqual([2, 1, 2]);
});

test('P8: by hand: a repeat, a late scan, a lost content, a lane and a delivery', async () => {
  const batches: ScanBatch[] = [
    scansOf(1, 4, [
      { parcel: 1, at: 1, kind: 'departed', resource: 0, to: 1 },
      { parcel: 2, at: 2, kind: 'departed', resource: 0, to: 2 },
      { parcel: 2, at: 2, kind: 'departed', resource: 0, to: 1 },
    ]),
    scansOf(2, 5, [
      { parcel: 1, at: 1, kind: 'departed', resource: 0, to: 1 },
      { parcel: 1, at: 0, kind: 'accepted', resource: 0 },
      { parcel: 3, at: 4, kind: 'delivered', resource: 3 },
      { parcel: 3, at: 9, kind: 'arrived', resource: 3 },
    ]),
  ];
  const { recount } = await recountedScans(entriesOf(batches), undefined);
  const { stock, bound, scans, conflicts, parcels, departed } = recount.figures;
  expect([...stock]).toEqual([0, 0, 0, 0, 1, 0]);
  expect([...bound]).toEqual([0, 1, 1, 0, 0, 0]);
  expect({ scans, conflicts, parcels, departed }).toEqual({
    scans: 4,
    conflicts: 1,
    parcels: 2,
    departed: 2,
  });
  expect(recount.figures.total()).toEqual({
    received: 7,
    applied: 3,
    superseded: 1,
    duplicate: 1,
    quarantined: 2,
  });
});
