import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { RowSorter } from '../../src/network/sort-rows.js';

/** Few and many rows, near and far keys: insertion, and counting of one byte and of several. */
const rows = fc
  .integer({ min: 1, max: 100_000 })
  .chain((spread) =>
    fc.array(
      fc.tuple(
        fc.integer({ min: -Math.min(spread, 32767), max: Math.min(spread, 32766) }),
        fc.nat(spread),
        fc.nat(2 ** 32 - 1),
      ),
      { maxLength: 200 },
    ),
  );

test('runs of rows are sorted by (slot, shipper), stably, and rows outside are left alone', () => {
  fc.assert(
    fc.property(rows, rows, (first, second) => {
      const all = [...first, ...second];
      const columns = {
        slot: Int16Array.from(all, (row) => row[0]),
        shipper: Int32Array.from(all, (row) => row[1]),
        parcels: Uint32Array.from(all, (row) => row[2]),
      };
      const now = () =>
        all.map((_, i) => [columns.slot[i], columns.shipper[i], columns.parcels[i]]);
      const sorter = new RowSorter(columns);
      const sorted = (part: typeof first) => part.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
      sorter.sort(first.length, all.length);
      expect(now()).toEqual([...first, ...sorted(second)]);
      sorter.sort(0, first.length);
      expect(now()).toEqual([...sorted(first), ...sorted(second)]);
    }),
  );
});
