import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import type { Column } from '../../src/network/columns.js';
import { FaultList } from '../../src/network/fault.js';
import { Names } from '../../src/network/names.js';
import { readTable } from '../../src/network/read-table.js';
import { amount, atLeastZero } from '../../src/network/rules.js';
import { withFolder } from '../support/scenario-folder.js';

const ROWS = 5000;
/** What each writer below stores in its own way: texts few and many, integers, decimals, empty cells. */
const TABLE = `SELECT
    'id-' || (i * 7919 % ${ROWS}) AS id,
    CASE WHEN i % 11 = 0 THEN NULL ELSE 'k' || (i % 3) END AS kind,
    (i * i % 100000)::INTEGER AS parcels,
    CASE WHEN i % 5 = 0 THEN NULL ELSE (i % 997) / 8 END AS cost
  FROM range(${ROWS}) AS t(i) ORDER BY i`;

async function read(file: string, strict = true): Promise<{ rows: string[]; faults: FaultList }> {
  const id = new Names();
  const kind = new Names();
  const columns: Column[] = [
    { name: 'id', kind: 'identifier', names: id },
    { name: 'kind', kind: 'identifier', names: kind, mayBeEmpty: true },
    { name: 'parcels', ...amount },
    { name: 'cost', ...atLeastZero, mayBeEmpty: true },
  ];
  const faults = new FaultList();
  const rows: string[] = [];
  for await (const batch of readTable([{ file, path: file, format: 'parquet' }], columns, faults)) {
    for (let r = 0; r < batch.rows; r++) {
      const k = batch.ids[1][r];
      const cells = [id.get(batch.ids[0][r]), k < 0 ? '' : kind.get(k), batch.values[2][r]];
      rows.push([batch.line[r], ...cells, batch.values[3][r]].join('|'));
    }
  }
  if (strict) expect(faults.first).toEqual([]);
  return { rows, faults };
}

const expected = Array.from({ length: ROWS }, (_, i) =>
  [
    i + 1,
    `id-${(i * 7919) % ROWS}`,
    i % 11 === 0 ? '' : `k${i % 3}`,
    (i * i) % 100000,
    i % 5 === 0 ? Number.NaN : (i % 997) / 8,
  ].join('|'),
);

/** Options of COPY, and how the columns are cast. */
const writers: [string, string, string][] = [
  ['snappy', 'CODEC snappy', '*'],
  ['zstd', 'CODEC zstd', '*'],
  ['gzip', 'CODEC gzip', '*'],
  ['brotli', 'CODEC brotli', '*'],
  ['lz4', 'CODEC lz4_raw', '*'],
  ['no compression, many row groups', 'CODEC uncompressed, ROW_GROUP_SIZE 2048', '*'],
  ['pages of the second version', "PARQUET_VERSION 'V2'", '*'],
  ['plain pages', 'DICTIONARY_SIZE_LIMIT 1', '*'],
  ['64-bit integers', '', '* REPLACE (parcels::BIGINT AS parcels)'],
  ['unsigned integers', '', '* REPLACE (parcels::UINTEGER AS parcels)'],
  ['64-bit unsigned integers', '', '* REPLACE (parcels::UBIGINT AS parcels)'],
  ['decimals', '', '* REPLACE (cost::DECIMAL(9, 3) AS cost)'],
  ['floats', '', '* REPLACE (cost::FLOAT AS cost, parcels::DOUBLE AS parcels)'],
  ['numbers as text', '', '* REPLACE (parcels::VARCHAR AS parcels, cost::VARCHAR AS cost)'],
  ['enumerated text', '', "* REPLACE (kind::ENUM('k0', 'k1', 'k2') AS kind)"],
  ['binary text', '', '* REPLACE (id::BLOB AS id)'],
  ['other columns and orders', '', 'cost, [1, 2] AS list, {a: 1} AS struct, parcels, kind, id'],
];

test.each(writers)('reads what others write: %s', async (_, options, select) => {
  await withFolder(async (folder) => {
    const file = join(folder, 't.parquet');
    const connection = await (await DuckDBInstance.create()).connect();
    const copied = options === '' ? '' : `, ${options}`;
    await connection.run(
      `COPY (SELECT ${select} FROM (${TABLE})) TO '${file}' (FORMAT parquet${copied})`,
    );
    expect((await read(file)).rows).toEqual(expected);
  });
});

test('identifiers may be stored as integers', async () => {
  await withFolder(async (folder) => {
    const file = join(folder, 't.parquet');
    const connection = await (await DuckDBInstance.create()).connect();
    await connection.run(
      `COPY (SELECT 330100::BIGINT AS id, 7 AS kind, 1 AS parcels, 0.5 AS cost) TO '${file}'`,
    );
    expect((await read(file)).rows).toEqual(['1|330100|7|1|0.5']);
  });
});

test('a column of a wrong type, or within another, is a fault', async () => {
  await withFolder(async (folder) => {
    const file = join(folder, 't.parquet');
    const connection = await (await DuckDBInstance.create()).connect();
    await connection.run(
      `COPY (SELECT 1.5::DOUBLE AS id, {kind: 1} AS kind, DATE '2021-11-11' AS parcels, [1] AS cost) TO '${file}'`,
    );
    const { faults } = await read(file, false);
    expect(faults.first.map((f) => `${f.field}:${f.rule}`)).toEqual([
      'id:wrong-type',
      'kind:wrong-type',
      'parcels:wrong-type',
      'cost:wrong-type',
    ]);
  });
});

test('a damaged file is a fault, wherever it is damaged, and never more', async () => {
  await withFolder(async (folder) => {
    const file = join(folder, 't.parquet');
    const connection = await (await DuckDBInstance.create()).connect();
    await connection.run(`COPY (${TABLE}) TO '${file}' (FORMAT parquet)`);
    const whole = await readFile(file);
    const broken = join(folder, 'broken.parquet');
    for (let cut = 0; cut < whole.length; cut += 997) {
      await writeFile(broken, whole.subarray(0, cut));
      const { faults } = await read(broken, false);
      expect(faults.first.map((f) => f.rule)).toEqual(['unreadable-file']);
    }
    for (let at = 4; at < whole.length; at += 1013) {
      await copyFile(file, broken);
      const bytes = Buffer.from(whole);
      bytes.fill(0xff, at, at + 8);
      await writeFile(broken, bytes);
      await read(broken, false); // what is read may be wrong, but nothing is thrown and it ends
    }
  });
});
