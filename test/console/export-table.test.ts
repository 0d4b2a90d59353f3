import * as fc from 'fast-check';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { type Cell, csvText } from '../../console/src/frame/export-table.js';

const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^[=+\-@＝＋－＠\t\r][^\0]{0,8}$/),
  fc.constantFrom('a,b', 'say "so"', 'two\r\nlines', ''),
);
const cells: fc.Arbitrary<Cell> = fc.oneof(
  texts,
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constant(undefined),
);
const columns = fc.integer({ min: 2, max: 4 });

test('a table that is saved as CSV reads back cell by cell, and no text of it is a formula', () => {
  const tables = columns.chain((n) => {
    const row = fc.array(cells, { minLength: n, maxLength: n });
    return fc.record({
      head: fc.array(texts, { minLength: n, maxLength: n }),
      rows: fc.array(row, { maxLength: 4 }),
    });
  });
  fc.assert(
    fc.property(tables, ({ head, rows }) => {
      const text = csvText({ name: 'table', head, rows });
      expect(text.startsWith('\uFEFF')).toBe(true);
      const { data } = Papa.parse<string[]>(text.slice(1, -2), { delimiter: ',', newline: '\r\n' });
      expect(data).toEqual([head, ...rows].map((row) => row.map(kept)));
    }),
  );
});

/** As a reader finds it. */
function kept(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  return /^[=+\-@＝＋－＠\t\r]/.test(cell) ? `'${cell}` : cell;
}
