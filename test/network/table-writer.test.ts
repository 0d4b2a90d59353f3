import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Names } from '../../src/network/names.js';
import { NO_INTEGER, writeTable } from '../../src/network/table-writer.js';

const cell = fc.oneof(
  fc.string({
    unit: fc.constantFrom('a', 'β', '仓', ',', '"', '\n', '\r\n', ' ', '😀'),
    minLength: 1,
  }),
  fc.constantFrom('a', 'b'),
);
const row = fc.record({
  text: fc.option(cell, { nil: '' }),
  int: fc.option(fc.integer({ min: -(2 ** 31) + 1, max: 2 ** 31 - 1 }), { nil: NO_INTEGER }),
  slot: fc.integer({ min: -3, max: 3 }),
  uint: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  float: fc.option(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((v) => v + 0),
    { nil: NaN },
  ),
});

test('what is written as CSV and as Parquet reads back the same elsewhere', async () => {
  const connection = await (await DuckDBInstance.create()).connect();
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), async (rows) => {
      await withFolder(async (folder) => {
        const names = new Names();
        const batches = [rows.slice(0, 7), rows.slice(7)].map((part) => batch(names, part));
        const columns = ['text', 'list', 'int', 'slot', 'uint', 'float'];
        const expected = rows.map((r) => [
          r.text || null,
          r.text || null,
          r.int === NO_INTEGER ? null : r.int,
          r.slot,
          r.uint,
          Number.isNaN(r.float) ? null : r.float,
        ]);
        for (const format of ['csv', 'parquet'] as const) {
          const path = join(folder, `t.${format}`);
          expect(await writeTable(path, columns, batches, format)).toBe(rows.length);
          const from =
            format === 'parquet'
              ? `'${path}'`
              : `read_csv('${path}', header=true, auto_detect=false, delim=',', quote='"', escape='"', columns={text:'VARCHAR', list:'VARCHAR', int:'INTEGER', slot:'INTEGER', uint:'UINTEGER', float:'DOUBLE'})`;
          const result = await connection.runAndReadAll(`SELECT * FROM ${from}`);
          expect(result.getRowsJS()).toEqual(expected);
        }
      });
    }),
    { numRuns: 60 },
  );
});

test('a table without rows is its header', async () => {
  await withFolder(async (folder) => {
    await writeTable(join(folder, 't.csv'), ['a', 'b,c'], [], 'csv');
    expect(await readFile(join(folder, 't.csv'), 'utf8')).toBe('a,"b,c"\n');
    await writeTable(join(folder, 't.parquet'), ['a', 'b'], [], 'parquet');
    const connection = await (await DuckDBInstance.create()).connect();
    const result = await connection.runAndReadAll(`SELECT * FROM '${join(folder, 't.parquet')}'`);
    expect(result.columnNames()).toEqual(['a', 'b']);
    expect(result.currentRowCount).toBe(0);
  });
});

function batch(
  names: Names,
  rows: readonly { text: string; int: number; slot: number; uint: number; float: number }[],
) {
  return {
    rows: rows.length,
    columns: {
      text: {
        names,
        index: Int32Array.from(rows, (r) => (r.text === '' ? -1 : names.internText(r.text))),
      },
      list: rows.map((r) => r.text),
      int: Int32Array.from(rows, (r) => r.int),
      slot: Int32Array.from(rows, (r) => r.slot),
      uint: Uint32Array.from(rows, (r) => r.uint),
      float: Float64Array.from(rows, (r) => r.float),
    },
  };
}

async function withFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'cuofeng-'));
  try {
    await run(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
