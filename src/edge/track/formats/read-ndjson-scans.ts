import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import type { FaultList } from '../../../network/fault.js';
import type { FileScan } from './read-csv-scans.js';
import { ROWS_MOST } from './scan-table.js';

/** Bytes of a line: a scan's are some hundred, and a server takes no longer ones. */
const LINE_BYTES_MOST = 8192;
const NEWLINE = 10;
const FIELDS = new Set(['operator', 'parcel', 'kind', 'resource', 'to', 'at', 'attributes']);

/** Reads scans from a file of NDJSON, a batch at a time, and lists lines that are none: then nothing of it should be sent. */
export async function* readNdjsonScans(
  path: string,
  faults: FaultList,
): AsyncGenerator<FileScan[]> {
  let scans: FileScan[] = [];
  let line = 0;
  for await (const bytes of linesOf(path)) {
    line += 1;
    const wrong = faultOf(bytes);
    if (wrong) faults.add({ file: path, line, ...wrong });
    else scans.push({ line, json: bytes.toString() });
    if (scans.length < ROWS_MOST) continue;
    yield scans;
    scans = [];
  }
  if (line === 0) faults.add({ file: path, line, ...EMPTY });
  if (scans.length > 0) yield scans;
}

type LineFault = Readonly<Record<'rule' | 'field' | 'text' | 'cure', string>>;

function fault(rule: string, text: string, cure: string): LineFault {
  return { rule, field: '', text, cure };
}

function faultOf(bytes: Buffer): LineFault | undefined {
  if (bytes.length > LINE_BYTES_MOST)
    return fault(
      'too-long',
      `a line has at most ${LINE_BYTES_MOST} bytes`,
      'Write one scan a line.',
    );
  if (!isUtf8(bytes)) return fault('not-utf8', 'the line is not UTF-8', 'Save the file as UTF-8.');
  const value = parsed(bytes);
  if (value === undefined)
    return fault(
      'not-json',
      'the line is not a JSON object',
      'Write one scan a line, as an object.',
    );
  if (Object.keys(value).every((name) => FIELDS.has(name))) return undefined;
  return fault(
    'unknown-field',
    'a scan has no such field',
    `Leave it out, so that nothing of people goes further; fields are ${[...FIELDS].join(', ')}.`,
  );
}

function parsed(bytes: Buffer): object | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const EMPTY = fault('empty-file', 'the file is empty', 'Write one scan a line.');

/** Lines of a file without their ends; of a line that is too long, so much as shows it. */
async function* linesOf(path: string): AsyncGenerator<Buffer> {
  let begun: Buffer = Buffer.alloc(0);
  const stream: AsyncIterable<Buffer> = createReadStream(path, { highWaterMark: 1 << 20 });
  for await (const chunk of stream) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      yield withoutReturn(joined(begun, chunk.subarray(from, end)));
      begun = Buffer.alloc(0);
      from = end + 1;
    }
    begun = joined(begun, chunk.subarray(from));
  }
  if (begun.length > 0) yield begun;
}

function joined(begun: Buffer, more: Buffer): Buffer {
  if (begun.length === 0) return more;
  return begun.length > LINE_BYTES_MOST ? begun : Buffer.concat([begun, more]);
}

function withoutReturn(line: Buffer): Buffer {
  return line.at(-1) === 13 ? line.subarray(0, -1) : line;
}
