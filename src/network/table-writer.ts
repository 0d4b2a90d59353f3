import { CsvWriter } from './csv-writer.js';
import { FileSink } from './file-sink.js';
import { ParquetWriter } from './parquet-writer.js';
import type { ColumnBatches, TableFormat } from './table.js';

export { type ColumnBatches, NO_INTEGER, type TableFormat } from './table.js';

/**
 * Writes one new table file, its columns in the order of `columns`, and returns its rows once they
 * are on disk (fsync). CSV: RFC 4180 with LF, quotes where a cell needs them, shortest round-trip
 * decimals. Parquet: columns typed as their arrays (strings, INT32, UINT_32, DOUBLE), all nullable,
 * dictionaries where values recur. Memory: some 16 bytes a column for each row of a row group.
 * Errors: those of the file system (EEXIST, ENOSPC …) and `signal`'s reason; the file is then left
 * behind incomplete, for the caller who owns its folder to remove.
 */
export async function writeTable(
  path: string,
  columns: readonly string[],
  batches: ColumnBatches,
  format: TableFormat,
  signal?: AbortSignal,
): Promise<number> {
  const sink = await FileSink.create(path);
  try {
    const writer =
      format === 'csv' ? new CsvWriter(sink, columns) : new ParquetWriter(sink, columns);
    let rows = 0;
    for await (const batch of batches) {
      signal?.throwIfAborted();
      if (batch.rows > 0) await writer.append(batch);
      rows += batch.rows;
    }
    await writer.finish();
    await sink.close();
    return rows;
  } catch (error) {
    await sink.abandon();
    throw error;
  }
}
