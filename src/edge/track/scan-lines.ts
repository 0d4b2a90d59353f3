import { isUtf8 } from 'node:buffer';
import type { BatchBuilder } from './batch-builder.js';

const NEWLINE = 0x0a;

/** Adds the scans of NDJSON, one a line, the last with or without a newline. An empty line is a bad one, so that lines keep their numbers. */
export function addLines(body: Buffer, builder: BatchBuilder): void {
  for (let start = 0; start < body.length; ) {
    const found = body.indexOf(NEWLINE, start);
    const end = found < 0 ? body.length : found;
    if (!builder.addPlain(body, start, end)) addLine(body.subarray(start, end), builder);
    start = end + 1;
  }
}

function addLine(line: Buffer, builder: BatchBuilder): void {
  if (!isUtf8(line)) return builder.addUnparsable('malformed', 'This is not UTF-8.');
  let item: unknown;
  try {
    item = JSON.parse(line.toString());
  } catch {
    return builder.addUnparsable('malformed', 'This is not JSON.');
  }
  builder.add(item);
}
