import { join } from 'node:path';
import { expect, test } from 'vitest';
import { archivedBatches } from '../../../../src/edge/track/archive/archived-batches.js';
import { encodeBatch } from '../../../../src/track/batch-codec.js';
import type { ScanBatch } from '../../../../src/track/scans.js';
import { entriesOf, NAMES } from '../../../support/recounted-scans.js';
import { archived, duckRows } from '../../../support/scan-archives.js';
import { withFolder } from '../../../support/scenario-folder.js';
import { type Seen, scansOf } from '../../../support/track-world.js';

/** Scans of all sorts, so many that a program that writes small row groups cuts entries in two. */
function batchOf(seq: number): ScanBatch {
  const seen = Array.from({ length: seq === 3 ? 0 : 700 }, (_, i): Seen => {
    const scan = { operator: i % 2, parcel: i + seq, resource: i % 4, at: seq + i / 1000 };
    if (i % 9 === 1) return { ...scan, kind: 'departed', to: i % 18 === 1 ? 2 : -2 };
    if (i % 9 === 2) return { ...scan, attributes: `{"weightGrams":${i}}` };
    if (i % 9 === 3) return { ...scan, operator: -1 };
    return i % 9 === 4 ? { ...scan, kind: 'unknown' } : scan;
  });
  return scansOf(seq, 20 + seq, seen, seq % 3, seq === 4 ? seen.map((_, i) => i) : undefined);
}

const BATCHES = [1, 2, 3, 4, 5, 6, 7, 8].map(batchOf);

async function read(folder: string, file: string, from: number): Promise<ScanBatch[]> {
  const { files } = await archived(folder, entriesOf(BATCHES), undefined, { rowsMost: 10_000 });
  const batches: ScanBatch[] = [];
  const listed = files.map((each) => ({ ...each, file }));
  for await (const batch of archivedBatches(folder, listed, NAMES, from)) batches.push(batch);
  return batches;
}

function bytesOf(batches: readonly ScanBatch[]): string[] {
  return batches.map((batch) => Buffer.from(encodeBatch(batch)).toString('base64'));
}

test('P15: batches come out of an archive as they went in, those without scans in their places', async () => {
  await withFolder(async (folder) => {
    const name = 'scans-2020-10-02-log0-000.parquet';
    await archived(folder, entriesOf(BATCHES), undefined, { rowsMost: 10_000 });
    const one = await read(folder, name, 1);
    const expected = BATCHES.map((batch) =>
      batch.count === 0 ? { ...batch, source: 2, receivedAt: BATCHES[1].receivedAt } : batch,
    );
    expect(one.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(bytesOf(one)).toEqual(bytesOf(expected));
    for (const options of [
      'CODEC zstd',
      'CODEC snappy, PARQUET_VERSION v2',
      'CODEC uncompressed',
    ]) {
      await duckRows(
        `COPY (SELECT * FROM '${join(folder, name)}' ORDER BY seq, line)
         TO '${join(folder, 'other.parquet')}' (FORMAT parquet, ROW_GROUP_SIZE 2048, ${options})`,
      );
      expect(bytesOf(await read(folder, 'other.parquet', 2))).toEqual(bytesOf(expected).slice(1));
    }
  });
});
