import { access, constants } from 'node:fs/promises';
import { extname } from 'node:path';
import { FaultList, FaultyInput } from '../../../network/fault.js';
import { type FileScan, readCsvScans } from './read-csv-scans.js';
import { readNdjsonScans } from './read-ndjson-scans.js';
import type { CodeList } from './scan-columns.js';

/** Scans of a file by what it is called: .csv, .ndjson. What is wrong with it as a file is listed. */
export function readScanFile(
  path: string,
  codes: CodeList | undefined,
  faults: FaultList,
): AsyncGenerator<FileScan[]> {
  return extname(path) === '.csv'
    ? readCsvScans(path, codes, faults)
    : readNdjsonScans(path, faults);
}

/**
 * Reads files to their ends, so that nothing of any is sent if one is not what it should be.
 *
 * @returns how many scans they have.
 * @throws FaultyInput
 */
export async function checkScanFiles(
  paths: readonly string[],
  codes: CodeList | undefined,
): Promise<number> {
  const faults = new FaultList();
  let scans = 0;
  for (const path of paths) {
    const before = faults.total;
    await checkKind(path, codes, faults);
    if (faults.total > before) continue;
    for await (const batch of readScanFile(path, codes, faults)) scans += batch.length;
  }
  if (faults.total > 0) throw new FaultyInput(faults);
  return scans;
}

async function checkKind(
  path: string,
  codes: CodeList | undefined,
  faults: FaultList,
): Promise<void> {
  const add = (rule: string, text: string, cure: string): void =>
    faults.add({ file: path, line: 0, field: '', rule, text, cure });
  const kind = extname(path);
  if (kind !== '.csv' && kind !== '.ndjson') {
    add('unknown-format', 'the file is neither .csv nor .ndjson', 'Name it by what it is.');
  } else if (kind === '.ndjson' && codes) {
    add('unknown-format', 'lines of NDJSON have kinds, no codes', 'Leave --codes out.');
  }
  await access(path, constants.R_OK).catch(() =>
    add('missing-file', 'the file cannot be read', 'Name a file that is there and may be read.'),
  );
}
