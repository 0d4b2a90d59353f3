import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { ROW_BYTES_MAX, wholeLines } from '../../../network/csv-reader.js';
import type { FaultList } from '../../../network/fault.js';
import { type CodeList, scanColumns } from './scan-columns.js';
import { type CodeDoubt, codeTable, RowReader } from './scan-row.js';
import { ScanTable } from './scan-table.js';

/** A scan of a file, as a line of NDJSON. */
export interface FileScan {
  readonly line: number;
  readonly json: string;
  readonly doubt?: CodeDoubt;
}

/**
 * Reads scans from a CSV file of a scan's columns, a batch at a time, and lists what is wrong with it as a file: then
 * nothing of it should be sent.
 *
 * @param codes rows have codes of this list instead of kinds.
 */
export async function* readCsvScans(
  path: string,
  codes: CodeList | undefined,
  faults: FaultList,
): AsyncGenerator<FileScan[]> {
  const columns = scanColumns(codes);
  const table = new ScanTable(path, columns, faults);
  const list = codes && codeTable(codes);
  let reader: RowReader | undefined;
  for await (const rows of readRows(path, table)) {
    reader ??= new RowReader(table.header ?? [], columns, list);
    const own = reader;
    yield rows.map(({ line, cells }) => {
      const { scan, doubt } = own.read(cells);
      return { line, json: JSON.stringify(scan), ...(doubt && { doubt }) };
    });
  }
}

async function* readRows(path: string, table: ScanTable): AsyncGenerator<ScanTable['taken']> {
  const file = await open(path);
  try {
    for await (const { bytes, until, isLast } of wholeLines(file, table)) {
      if (!isUtf8(bytes.subarray(table.at, until))) {
        addNotUtf8(table);
        return;
      }
      while (table.take(bytes, until)) if (table.isFull) yield emptied(table);
      if (table.isHopeless) return;
      if (table.rows.isOpen && (isLast || until - table.at > ROW_BYTES_MAX)) {
        addUnclosed(table);
        return;
      }
    }
    if (!table.header) addNoHeader(table);
    if (table.taken.length > 0) yield emptied(table);
  } finally {
    await file.close();
  }
}

function emptied(table: ScanTable): ScanTable['taken'] {
  const { taken } = table;
  table.taken = [];
  return taken;
}

function addNotUtf8(table: ScanTable): void {
  const cure = 'Save the file as UTF-8 (iconv -f gb18030 -t utf-8 does it for GBK and GB 18030).';
  table.add(table.rows.line, '', 'not-utf8', 'the text from here on is not UTF-8', cure);
}

function addUnclosed(table: ScanTable): void {
  const cure = 'Close it, double quotes inside a cell, or write the file again if it was cut.';
  table.add(table.rows.line, '', 'unclosed-quote', 'a quote that opens here is never closed', cure);
}

function addNoHeader(table: ScanTable): void {
  table.add(0, '', 'empty-file', 'the file is empty', 'Begin it with a line of column names.');
}
