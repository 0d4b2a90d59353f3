import type { FileSink } from './file-sink.js';
import type { Names } from './names.js';
import { type ColumnBatch, type ColumnValues, NO_INTEGER } from './table.js';

const COMMA = 44;
const LINE_FEED = 10;
const QUOTE = 34;
/** No number is longer: −1.7976931348623157e+308 has 24 characters. */
const NUMBER_BYTES = 25;

/** Writes rows as CSV, moving the bytes of identifiers without making strings of them. */
export class CsvWriter {
  readonly #cells = new Map<Names, CsvCells>();

  constructor(
    private readonly sink: FileSink,
    private readonly columns: readonly string[],
  ) {
    const header = `${columns.map(quoted).join(',')}\n`;
    sink.at = encoder.encodeInto(header, sink.bytes).written;
  }

  async append(batch: ColumnBatch): Promise<void> {
    const columns = this.columns.map((name) => this.#column(batch.columns[name], batch.rows));
    const rowBytes = columns.reduce((sum, column) => sum + column.cellBytes + 1, 0);
    let row = 0;
    while (row < batch.rows) {
      if (this.sink.at + rowBytes > this.sink.bytes.length) await this.sink.flush(rowBytes);
      row = writeRows(this.sink, columns, row, batch.rows, rowBytes);
    }
  }

  /** Nothing follows the rows of a CSV file. */
  async finish(): Promise<void> {}

  #column(values: ColumnValues, rows: number): Column {
    if (values instanceof Int32Array) return new Column(1, NUMBER_BYTES, values);
    if (values instanceof Uint32Array) return new Column(2, NUMBER_BYTES, undefined, values);
    if (values instanceof Float64Array) {
      return new Column(3, NUMBER_BYTES, undefined, undefined, values);
    }
    if ('names' in values) {
      const cells = this.#cellsOf(values.names);
      return new Column(0, cells.longest, values.index, undefined, undefined, cells);
    }
    const cells = new CsvCells();
    for (let i = 0; i < rows; i++) cells.push(encoder.encode(values[i]));
    const index = Int32Array.from({ length: rows }, (_, i) => i);
    return new Column(0, cells.longest, index, undefined, undefined, cells);
  }

  #cellsOf(names: Names): CsvCells {
    const cells = this.#cells.get(names) ?? new CsvCells();
    this.#cells.set(names, cells);
    for (let i = cells.size; i < names.size; i++) {
      cells.push(names.bytes.subarray(names.offset[i], names.offset[i + 1]));
    }
    return cells;
  }
}

/** One shape for all kinds, so that the loop over columns stays monomorphic. */
class Column {
  constructor(
    /** 0 text, 1 Int32, 2 Uint32, 3 Float64. */
    readonly kind: 0 | 1 | 2 | 3,
    /** The longest a cell can be. */
    readonly cellBytes: number,
    readonly int: Int32Array = new Int32Array(0),
    readonly uint: Uint32Array = new Uint32Array(0),
    readonly float: Float64Array = new Float64Array(0),
    readonly cells: CsvCells = new CsvCells(),
  ) {}
}

/** Writes rows from `row` on while the buffer has room; returns the first row not written. */
function writeRows(
  sink: FileSink,
  columns: readonly Column[],
  row: number,
  rows: number,
  rowBytes: number,
): number {
  const out = sink.bytes;
  const limit = out.length - rowBytes;
  let at = sink.at;
  for (; row < rows && at <= limit; row++) {
    for (let c = 0; c < columns.length; c++) {
      const column = columns[c];
      if (column.kind === 0) {
        at = writeText(out, at, column.cells, column.int[row]);
      } else if (column.kind === 1) {
        const value = column.int[row];
        if (value !== NO_INTEGER) at = writeInteger(out, at, value);
      } else if (column.kind === 2) {
        at = writeInteger(out, at, column.uint[row]);
      } else {
        at = writeFloat(out, at, column.float[row]);
      }
      out[at++] = COMMA;
    }
    out[at - 1] = LINE_FEED;
  }
  sink.at = at;
  return row;
}

function writeText(out: Uint8Array, at: number, cells: CsvCells, i: number): number {
  if (i < 0) return at;
  const pool = cells.bytes;
  const until = cells.offset[i + 1];
  for (let from = cells.offset[i]; from < until; from++) out[at++] = pool[from];
  return at;
}

/** |value| < 2^53. */
function writeInteger(out: Uint8Array, at: number, value: number): number {
  if (value < 0) {
    out[at++] = 45;
    value = -value;
  }
  let end = at + 1;
  for (let bound = 10; value >= bound; bound *= 10) end += 1;
  let i = end;
  while (value > 0x7fffffff) {
    const tenth = Math.floor(value / 10);
    out[--i] = 48 + (value - tenth * 10);
    value = tenth;
  }
  let small = value | 0;
  do {
    const tenth = (small / 10) | 0;
    out[--i] = 48 + (small - tenth * 10);
    small = tenth;
  } while (i > at);
  return end;
}

/** The shortest decimals that read back the same; nothing for NaN. */
function writeFloat(out: Uint8Array, at: number, value: number): number {
  if (Number.isSafeInteger(value)) return writeInteger(out, at, value);
  if (Number.isNaN(value)) return at;
  const text = String(value);
  for (let i = 0; i < text.length; i++) out[at++] = text.charCodeAt(i);
  return at;
}

/** Identifiers as they stand in a CSV file, end to end in one pool. */
class CsvCells {
  bytes = new Uint8Array(256);
  offset = new Float64Array(16);
  size = 0;
  longest = 0;

  push(text: Uint8Array): void {
    const cell = quotedBytes(text);
    const from = this.offset[this.size];
    if (from + cell.length > this.bytes.length) {
      this.bytes = grown(this.bytes, Math.max(from + cell.length, from * 2), Uint8Array);
    }
    if (this.size + 2 > this.offset.length) {
      this.offset = grown(this.offset, this.offset.length * 2, Float64Array);
    }
    this.bytes.set(cell, from);
    this.size += 1;
    this.offset[this.size] = from + cell.length;
    this.longest = Math.max(this.longest, cell.length);
  }
}

function grown<A extends Uint8Array | Float64Array>(
  old: A,
  length: number,
  make: new (length: number) => A,
): A {
  const larger = new make(length);
  larger.set(old);
  return larger;
}

/** The cell as RFC 4180 wants it: in quotes if it has a comma, a quote or a line break. */
function quotedBytes(text: Uint8Array): Uint8Array {
  return text.some(needsQuotes) ? encoder.encode(quoted(decoder.decode(text))) : text;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function needsQuotes(byte: number): boolean {
  return byte === COMMA || byte === QUOTE || byte === LINE_FEED || byte === 13;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
