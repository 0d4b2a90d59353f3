import { isUtf8 } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import type { Column, RowBatch } from './columns.js';
import { CsvTable } from './csv-table.js';
import type { FaultList } from './fault.js';
import type { TableFile } from './table-files.js';

/** Bytes read at once: few calls to the system, and small beside everything else. */
const CHUNK_BYTES = 1 << 20;
/** A longer row is a quote that was never closed; without the limit it would be read into memory. */
export const ROW_BYTES_MAX = 1 << 24;
const LINE_FEED = 10;

/**
 * Reads a table from a CSV file, 1 MiB at a time. Rows with other than the header's number of cells
 * are listed as faults and left out; rows with cells at fault are handed over, marked as `RowBatch`
 * says.
 */
export async function* readCsv(
  source: TableFile,
  columns: readonly Column[],
  faults: FaultList,
): AsyncGenerator<RowBatch> {
  const table = new CsvTable(source.file, columns, faults);
  const file = await open(source.path);
  try {
    for await (const { bytes, until, isLast } of wholeLines(file, table)) {
      if (!isUtf8(bytes.subarray(table.at, until))) {
        table.addNotUtf8(bytes, until);
        return;
      }
      while (table.take(bytes, until)) {
        if (table.isFull) {
          yield table.batch;
          table.batch.rows = 0;
        }
      }
      if (table.isHopeless) return;
      if (table.rows.isOpen && (isLast || until - table.at > ROW_BYTES_MAX)) {
        table.addUnclosed();
        return;
      }
    }
    if (table.isFresh) table.addNoHeader();
    if (table.batch.rows > 0) yield table.batch;
  } finally {
    await file.close();
  }
}

/** What takes the lines of a file. */
export interface TakesLines {
  readonly rows: { readonly isOpen: boolean };
  /** Position of the first byte not taken. */
  at: number;
  /** The file ends within its last line. */
  lacksLastLineBreak: boolean;
}

interface Lines {
  readonly bytes: Uint8Array;
  /** Whole lines end here. */
  readonly until: number;
  readonly isLast: boolean;
}

/** Whole lines of the file, from the first that the table has not taken. bytes[until] exists. */
export async function* wholeLines(file: FileHandle, table: TakesLines): AsyncGenerator<Lines> {
  const chunk = Math.min(CHUNK_BYTES, (await file.stat()).size + 1);
  let bytes = new Uint8Array(2 * chunk + 2);
  let end = 0;
  for (let isFirst = true, isLast = false; !isLast; isFirst = false) {
    bytes.copyWithin(0, table.at, end);
    end -= table.at;
    table.at = 0;
    if (end + chunk + 2 > bytes.length) {
      const larger = new Uint8Array(2 * bytes.length);
      larger.set(bytes.subarray(0, end));
      bytes = larger;
    }
    const { bytesRead } = await file.read(bytes, end, chunk);
    end += bytesRead;
    isLast = bytesRead === 0;
    if (isFirst && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) table.at = 3;
    if (isLast && end > table.at) {
      if (bytes[end - 1] !== LINE_FEED) table.lacksLastLineBreak = true;
      else if (!table.rows.isOpen) continue;
      if (table.lacksLastLineBreak) bytes[end++] = LINE_FEED;
    }
    const until = bytes.subarray(0, end).lastIndexOf(LINE_FEED) + 1;
    if (until > table.at) yield { bytes, until, isLast };
  }
}
