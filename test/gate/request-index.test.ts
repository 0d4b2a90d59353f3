import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { RequestIndex } from '../../src/gate/request-index.js';

/** All rows under a mark. */
function rowsUnder(index: RequestIndex, shelf: number, mark: number): number[] {
  const rows: number[] = [];
  let place = index.first(shelf, mark);
  for (; place >= 0; place = index.next(shelf, mark, place)) rows.push(index.row(shelf, place));
  return rows.toSorted((a, b) => a - b);
}

// Marks crowd at both ends and in few places, so that keys are shifted far, also past a shelf's last place.
const mark = fc.oneof(
  fc.integer(),
  fc.integer({ min: -40, max: 40 }),
  fc.nat(9).map((i) => i * 0x1999_9999),
);

test('G2: the index finds every row under its mark and no other, while its shelves grow', () => {
  const keys = fc.array(fc.tuple(fc.constantFrom(0, 7, 255), mark), {
    minLength: 1,
    maxLength: 600,
    size: 'max',
  });
  fc.assert(
    fc.property(keys, (added) => {
      const index = new RequestIndex();
      const expected = new Map<string, number[]>();
      added.forEach(([shelf, m], row) => {
        const name = `${shelf}/${m}`;
        expect(rowsUnder(index, shelf << 24, m)).toEqual(expected.get(name) ?? []);
        index.add(shelf << 24, m, row);
        expected.set(name, [...(expected.get(name) ?? []), row]);
      });
      for (const [shelf, m] of added) {
        expect(rowsUnder(index, shelf << 24, m)).toEqual(expected.get(`${shelf}/${m}`));
      }
    }),
    { numRuns: 60 },
  );
});

test('the index takes 12 bytes a row or fewer once it is large', () => {
  const index = new RequestIndex();
  for (let row = 0; row < 200_000; row++) {
    index.add(Math.imul(row, 0x9e3779b1), Math.imul(row, 0x85ebca6b) ^ (row << 13), row);
  }
  expect(index.bytes / 200_000).toBeLessThan(12.5);
});
