import {
  type Column,
  emptyCell,
  parseNumber,
  quote,
  type RowBatch,
  type Rule,
  UNKNOWN,
} from './columns.js';
import type { FaultList } from './fault.js';
import { Names } from './names.js';

const IDENTIFIER = 0;
const REFERENCE = 1;
const INTEGER = 2;
const NUMBER = 3;
const KINDS = { identifier: IDENTIFIER, reference: REFERENCE, integer: INTEGER, number: NUMBER };
/** No integer of so many digits loses one in a double. */
const EXACT_DIGITS = 15;

/** Turns the bytes of cells into the numbers of a batch, and lists the faults. One shape for all kinds. */
export class CsvCell {
  readonly #kind: number;
  readonly #names: Names;
  readonly #least: number;
  readonly #most: number;
  readonly #ids: Int32Array;
  readonly #values: Float64Array;

  /** The identifier last seen: in a sorted file it is most often the next one, too. */
  #last = -1;

  constructor(
    private readonly column: Column,
    private readonly batch: RowBatch,
    c: number,
    private readonly faults: FaultList,
  ) {
    this.#kind = KINDS[column.kind];
    this.#names = 'names' in column ? column.names : new Names();
    this.#least = 'least' in column ? column.least : 0;
    this.#most = 'most' in column ? column.most : 0;
    this.#ids = batch.ids[c];
    this.#values = batch.values[c];
  }

  /** Takes bytes[from, until) as the cell of this column in a row of the batch. */
  set(row: number, bytes: Uint8Array, from: number, until: number): void {
    if (this.#kind <= REFERENCE) this.#setId(row, bytes, from, until);
    else if (this.#kind === INTEGER) this.#setInteger(row, bytes, from, until);
    else this.#setNumber(row, bytes, from, until);
  }

  #setId(row: number, bytes: Uint8Array, from: number, until: number): void {
    if (from === until) {
      this.#ids[row] = this.#checked(row, emptyCell(this.column), -1);
    } else if (this.#names.is(this.#last, bytes, from, until)) {
      this.#ids[row] = this.#last;
    } else if (this.#kind === IDENTIFIER) {
      this.#last = this.#names.intern(bytes, from, until);
      this.#ids[row] = this.#last;
    } else {
      this.#last = this.#names.find(bytes, from, until);
      this.#ids[row] = this.#last < 0 ? UNKNOWN : this.#last;
      if (this.#last < 0) this.#addUnknown(row, decoder.decode(bytes.subarray(from, until)));
    }
  }

  #setInteger(row: number, bytes: Uint8Array, from: number, until: number): void {
    const isNegative = bytes[from] === 45;
    const first = isNegative ? from + 1 : from;
    let value = 0;
    let i = first;
    for (; i < until; i++) {
      const digit = bytes[i] - 48;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    if (isNegative) value = -value;
    const isPlain = i === until && i > first && i - first <= EXACT_DIGITS;
    if (isPlain && value >= this.#least && value <= this.#most) this.#values[row] = value + 0;
    else this.#setNumber(row, bytes, from, until);
  }

  #setNumber(row: number, bytes: Uint8Array, from: number, until: number): void {
    if (!('least' in this.column)) return;
    const text = decoder.decode(bytes.subarray(from, until));
    this.#values[row] = this.#checked(row, parseNumber(this.column, text), Number.NaN);
  }

  #addUnknown(row: number, id: string): void {
    const unknown = 'unknown' in this.column ? this.column.unknown : undefined;
    if (unknown) this.#checked(row, { ...unknown, text: `${quote(id)} is not known` }, UNKNOWN);
  }

  /** The value; or what stands for a cell at fault, once the fault is listed. */
  #checked(row: number, value: number | (Rule & { text: string }), instead: number): number {
    if (typeof value === 'number') return value;
    const { file, line } = this.batch;
    this.faults.add({ file, line: line[row], field: this.column.name, ...value });
    return instead;
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
