import type { Column, RowBatch } from './columns.js';
import { readCsv } from './csv-reader.js';
import type { FaultList } from './fault.js';
import { readParquet } from './parquet-reader.js';
import type { TableFile } from './table-files.js';

/**
 * The rows of a table, file after file, in batches whose arrays are used again. Faults of files, rows
 * and cells go to `faults`; what they do not spoil is handed over. Bounded memory, whatever the size.
 */
export async function* readTable(
  files: readonly TableFile[],
  columns: readonly Column[],
  faults: FaultList,
): AsyncGenerator<RowBatch> {
  for (const file of files) {
    yield* file.format === 'csv'
      ? readCsv(file, columns, faults)
      : readParquet(file, columns, faults);
  }
}
