import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { closedBefore, dayOf } from '../../../../src/edge/track/archive/archive-log.js';
import { KINDS } from '../../../../src/track/scans.js';
import { arbitraryBatches } from '../../../support/arbitrary-batches.js';
import { counted, entriesOf, recountedScans } from '../../../support/recounted-scans.js';
import {
  archived,
  duckRows,
  EMPTY_ARCHIVE,
  hyparquetRows,
} from '../../../support/scan-archives.js';
import { withFolder } from '../../../support/scenario-folder.js';
import { msOf, scansOf, wordsOf } from '../../../support/track-world.js';

const HOUR = 3_600_000;

/** Received at 10:00, at 23:30 and at 0:30 of the next day where the season is. */
const BATCHES = [
  scansOf(1, 2, [
    { parcel: 5, at: 1.5, kind: 'departed', resource: 0, to: 1, attributes: '{"weightGrams":900}' },
    { unparsable: true },
    { operator: -1, parcel: 6, at: 1 },
    { parcel: 7, kind: 'departed', to: -2, at: 1 },
    { parcel: 8, at: 7 },
  ]),
  scansOf(2, 15.5, [{ parcel: 5, at: 3, kind: 'arrived', resource: 1, operator: 1 }], 2, [4]),
  scansOf(3, 16.5, [], 1),
  scansOf(4, 16.6, [{ parcel: 9, at: 16, kind: 'accepted', resource: 3 }], 1),
];

test('an archive has a file a day, which DuckDB and hyparquet read as it was meant', async () => {
  await withFolder(async (folder) => {
    const { files } = await archived(folder, entriesOf(BATCHES));
    expect(
      files.map(({ file, day, rows, firstSeq, lastSeq }) => [file, day, rows, firstSeq, lastSeq]),
    ).toEqual([
      ['scans-2020-10-01-log0-000.parquet', '2020-10-01', 6, 1, 2],
      ['scans-2020-10-02-log0-000.parquet', '2020-10-02', 1, 3, 4],
    ]);
    const rows = await duckRows(
      `SELECT * REPLACE (hex(parcel) AS parcel) FROM '${join(folder, '*.parquet')}' ORDER BY seq, line`,
    );
    expect(rows[0]).toEqual({
      operator: 'O0',
      parcel: Buffer.from(Int32Array.from(wordsOf(5)).buffer)
        .swap32()
        .toString('hex')
        .toUpperCase(),
      kind: 'departed',
      resource: 'h0',
      to: 'h1',
      at: '2020-10-01 01:30:00',
      received_at: '2020-10-01 02:00:00',
      source: 'O0',
      log: 0,
      seq: '1',
      line: 0,
      reason_at_receipt: null,
      origin: null,
      attributes: '{"weightGrams":900}',
    });
    const unparsable = {
      parcel: null,
      operator: null,
      kind: null,
      resource: null,
      to: null,
      at: null,
    };
    expect(rows[1]).toMatchObject({ ...unparsable, reason_at_receipt: 'unparsable', line: 1 });
    expect(rows.map((row) => row.reason_at_receipt)).toEqual([
      null,
      'unparsable',
      'unknown-operator',
      'unknown-resource',
      'future',
      null,
      null,
    ]);
    expect(rows[5]).toMatchObject({ origin: 4, source: '快递', seq: '2', operator: 'O1' });
    const [first] = await hyparquetRows(folder, files[0].file);
    expect(first).toMatchObject({ operator: 'O0', seq: 1n, line: 0, at: new Date(msOf(1.5)) });
    expect(first.parcel).toHaveLength(16);
  });
});

test('P8: the recount of random sets from the archive and the log is what was counted live', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryBatches, fc.nat(60), async (batches, cut) => {
      await withFolder(async (folder) => {
        const entries = entriesOf(batches);
        const kept = Math.min(cut, entries.length);
        const manifest = await archived(folder, entries.slice(0, kept), undefined, { rowsMost: 7 });
        const { recount, findings } = await recountedScans(
          entries.slice(kept),
          counted(batches).picture,
          { folder, manifest },
        );
        expect(findings.first).toEqual([]);
        expect(recount.archived).toBe(manifest.files.reduce((sum, { rows }) => sum + rows, 0));
        expect(recount.scans).toBe(batches.reduce((sum, { count }) => sum + count, 0));
      });
    }),
    { numRuns: 60 },
  );
});

test('T2, T3, T4: the SQL of the specification counts from an archive what was counted live', async () => {
  const [, sql] = /^```sql\n(.*?)^```$/ms.exec(readFileSync('docs/spec/tracking.md', 'utf8')) ?? [];
  const statements = sql.split(/;$/m);
  await fc.assert(
    fc.asyncProperty(arbitraryBatches, async (batches) => {
      await withFolder(async (folder) => {
        await archived(folder, entriesOf([...batches, scansOf(0, 900, [])]));
        const [stock, flows] = await Promise.all(
          statements.slice(0, 2).map((one) => duckRows(one.replace(/scans\/\*/, folder))),
        );
        const { tracking } = counted(batches);
        const state = tracking.state();
        const hubs = [0, 1, 2, 3].filter((r) => state.stock[r] > 0);
        expect(
          stock.map((row) => `${String(row.resource)} ${String(row.stock)}`).toSorted(),
        ).toEqual(hubs.map((r) => `h${r} ${state.stock[r]}`));
        const told = flows.map((row) => {
          const slot = (Date.parse(`${String(row.hour)}Z`) - msOf(0)) / HOUR;
          const [kind, resource] = [KINDS.findIndex((k) => k === row.kind), String(row.resource)];
          expect(tracking.flow(Number(resource.slice(1)), kind + 1, slot)).toBe(Number(row.scans));
          return Number(row.scans);
        });
        expect(told.reduce((sum, scans) => sum + scans, 0)).toBe(state.scans);
      });
    }),
    { numRuns: 20 },
  );
});

test('an archive goes on where it ended, in files of its own, and has nothing else in its folder', async () => {
  await withFolder(async (folder) => {
    const entries = entriesOf(BATCHES);
    const once = await archived(folder, entries, msOf(3));
    expect(once.files.map(({ lastSeq }) => lastSeq)).toEqual([1]);
    const again = await archived(folder, entries, undefined, { manifest: once });
    expect(again.files.map(({ file, firstSeq }) => [file, firstSeq])).toEqual([
      ['scans-2020-10-01-log0-000.parquet', 1],
      ['scans-2020-10-01-log0-001.parquet', 2],
      ['scans-2020-10-02-log0-000.parquet', 3],
    ]);
    const names = ['archive.json', ...again.files.map(({ file }) => file)];
    expect((await readdir(folder)).toSorted()).toEqual(names);
    expect(await archived(folder, entries, undefined, { manifest: again })).toEqual(again);
  });
});

test('P15: a damaged log ends the archive with its entry, and files before it stay', async () => {
  await withFolder(async (folder) => {
    const entries = entriesOf(BATCHES);
    const bytes = Uint8Array.from(entries[3].bytes, (byte, i) => (i === 60 ? byte ^ 1 : byte));
    const damaged = [...entries.slice(0, 3), { ...entries[3], bytes }];
    await expect(archived(folder, damaged)).rejects.toThrow(
      'log 0, entry 4: its hash does not fit',
    );
    expect(await readdir(folder)).toEqual(['scans-2020-10-01-log0-000.parquet']);
    const gap = entries.filter(({ seq }) => seq !== 2);
    await expect(archived(folder, gap)).rejects.toThrow('log 0, entry 3: entry 2 is missing');
    const hole = { ...EMPTY_ARCHIVE, files: (await archived(folder, entries)).files.slice(1) };
    await expect(archived(folder, entries, undefined, { manifest: hole })).rejects.toThrow(
      'does not begin with entry 1',
    );
  });
});

test('a day is closed when it is over where the season is, and the margin too', () => {
  const [offset, margin] = [8 * HOUR, HOUR / 2];
  const midnight = Date.UTC(2020, 10, 11) - offset;
  expect(closedBefore(midnight + margin, offset, margin)).toBe(midnight);
  expect(closedBefore(midnight + margin - 1, offset, margin)).toBe(midnight - 24 * HOUR);
  expect(dayOf(midnight + offset)).toBe('2020-11-11');
});
