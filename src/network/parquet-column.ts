import { Names } from './names.js';
import { Block, bitWidth, putHybrid } from './parquet-encoding.js';
import { NO_INTEGER, type ParquetValues } from './table.js';

/** A column chunk ready for the file: pages without their headers. */
export interface EncodedColumn {
  /** Empty where the column is not dictionary-encoded. */
  readonly dictionary: Uint8Array;
  readonly dictionaryValues: number;
  readonly page: Uint8Array;
}

/** How a column is declared in the schema, by the codes of parquet.thrift. */
export interface ColumnType {
  /** INT32 1, INT64 2, DOUBLE 5, BYTE_ARRAY 6, FIXED_LEN_BYTE_ARRAY 7. */
  readonly physical: 1 | 2 | 5 | 6 | 7;
  /** UTF8 0, TIMESTAMP_MILLIS 9, UINT_32 13. */
  readonly converted?: 0 | 9 | 13;
  /** Bytes of each cell where they are fixed. */
  readonly width?: number;
}

/** The cells of one column of a row group, collected batch by batch and then encoded at once. */
export interface ColumnBuffer {
  readonly type: ColumnType;
  /** Takes values[from, until). */
  add(values: ParquetValues, from: number, until: number): void;
  /** Encodes the cells taken so far and forgets them. */
  encode(): EncodedColumn;
}

/** Identifiers: a dictionary of those that the row group uses, and their numbers in it. */
export class TextColumn implements ColumnBuffer {
  readonly type: ColumnType = { physical: 6, converted: 0 };
  #names: Names | undefined;
  #index: Int32Array = new Int32Array(1024);
  #rows = 0;
  /** Number in the dictionary of the row group, by index in `names`; −1 where not in it. */
  #local = new Int32Array(0);

  /** Interns cells that do not come as numbers into a table, of one row group: the texts of a whole file may be too many. */
  #own = new Names();

  add(values: ParquetValues, from: number, until: number): void {
    if (this.#rows + until - from > this.#index.length) {
      this.#index = larger(this.#index, this.#rows + until - from);
    }
    if ('names' in values) {
      if (this.#names !== undefined && this.#names !== values.names) {
        throw new TypeError('a column keeps one table of names');
      }
      this.#names = values.names;
      this.#index.set(values.index.subarray(from, until), this.#rows);
    } else if ('pool' in values) {
      const { pool, start } = values;
      for (let i = from; i < until; i++) {
        this.#index[this.#rows + i - from] =
          start[i] === start[i + 1] ? -1 : this.#own.intern(pool, start[i], start[i + 1]);
      }
    } else {
      if (ArrayBuffer.isView(values) || !('length' in values)) throw new TypeError('no text');
      for (let i = from; i < until; i++) {
        const text = values[i];
        this.#index[this.#rows + i - from] = text === '' ? -1 : this.#own.internText(text);
      }
    }
    this.#rows += until - from;
  }

  encode(): EncodedColumn {
    const names = this.#names ?? this.#own;
    const rows = this.#rows;
    this.#rows = 0;
    if (!this.#names) this.#own = new Names();
    if (this.#local.length < names.size) this.#local = new Int32Array(names.size).fill(-1);
    const used: number[] = [];
    for (let i = 0; i < rows; i++) {
      const name = this.#index[i];
      if (name >= 0) {
        if (this.#local[name] < 0) this.#local[name] = used.push(name) - 1;
        this.#index[i] = this.#local[name];
      }
    }
    for (const name of used) this.#local[name] = -1;
    return {
      dictionary: textDictionary(names, used),
      dictionaryValues: used.length,
      page: indexPage(this.#index, rows, used.length),
    };
  }
}

function textDictionary(names: Names, used: readonly number[]): Uint8Array {
  const out = new Block();
  for (const name of used) {
    const from = names.offset[name];
    const until = names.offset[name + 1];
    out.putInteger(until - from, 4);
    out.put(names.bytes.subarray(from, until));
  }
  return out.view();
}

/** Numbers: a dictionary where a row group has few distinct integers, else plain. */
export class NumberColumn implements ColumnBuffer {
  readonly #bytesEach: 4 | 8;
  #values: Float64Array = new Float64Array(1024);
  #rows = 0;

  constructor(readonly type: ColumnType) {
    this.#bytesEach = type.physical === 1 ? 4 : 8;
  }

  add(values: ParquetValues, from: number, until: number): void {
    const numbers = 'int64' in values ? values.int64 : values;
    if (!ArrayBuffer.isView(numbers)) throw new TypeError('text among numbers');
    if (this.#rows + until - from > this.#values.length) {
      this.#values = larger(this.#values, this.#rows + until - from);
    }
    if (numbers instanceof Int32Array) this.#addIntegers(numbers, from, until);
    else this.#values.set(numbers.subarray(from, until), this.#rows);
    this.#rows += until - from;
  }

  #addIntegers(values: Int32Array, from: number, until: number): void {
    for (let i = from; i < until; i++) {
      this.#values[this.#rows + i - from] = values[i] === NO_INTEGER ? NaN : values[i];
    }
  }

  encode(): EncodedColumn {
    const rows = this.#rows;
    this.#rows = 0;
    const range = integerRange(this.#values, rows);
    return range === undefined ? this.#plain(rows) : this.#dictionary(rows, range);
  }

  #plain(rows: number): EncodedColumn {
    const present = new Int32Array(rows);
    const cells = new Uint8Array(rows * this.#bytesEach);
    const view = new DataView(cells.buffer);
    let count = 0;
    for (let i = 0; i < rows; i++) {
      const value = this.#values[i];
      if (Number.isNaN(value)) continue;
      present[i] = 1;
      if (this.#bytesEach === 4) view.setInt32(4 * count++, value, true);
      else if (this.type.physical === 5) view.setFloat64(8 * count++, value, true);
      else setInt64(view, 8 * count++, value);
    }
    const page = new Block();
    putLevels(page, present, rows);
    page.put(cells.subarray(0, count * this.#bytesEach));
    return { dictionary: new Uint8Array(0), dictionaryValues: 0, page: page.view() };
  }

  #dictionary(rows: number, [least, greatest]: readonly [number, number]): EncodedColumn {
    const local = new Int32Array(greatest - least + 1).fill(-1);
    const used: number[] = [];
    const index = new Int32Array(rows);
    for (let i = 0; i < rows; i++) {
      const at = this.#values[i] - least;
      if (Number.isNaN(at)) {
        index[i] = -1;
      } else {
        if (local[at] < 0) local[at] = used.push(this.#values[i]) - 1;
        index[i] = local[at];
      }
    }
    return {
      dictionary: this.#exact(used),
      dictionaryValues: used.length,
      page: indexPage(index, rows, used.length),
    };
  }

  #exact(used: readonly number[]): Uint8Array {
    const { physical } = this.type;
    const bytes = new Uint8Array(used.length * this.#bytesEach);
    const view = new DataView(bytes.buffer);
    for (const [i, value] of used.entries()) {
      if (physical === 1) view.setInt32(4 * i, value, true);
      else if (physical === 5) view.setFloat64(8 * i, value, true);
      else setInt64(view, 8 * i, value);
    }
    return bytes;
  }
}

/** Cells of so many bytes each, as they are. */
export class FixedColumn implements ColumnBuffer {
  readonly type: ColumnType;
  #cells = new Uint8Array(0);
  #present: Int32Array = new Int32Array(1024);
  #rows = 0;
  #count = 0;

  constructor(readonly width: number) {
    this.type = { physical: 7, width };
  }

  add(values: ParquetValues, from: number, until: number): void {
    if (!('fixed' in values)) throw new TypeError('no bytes of fixed width');
    const { width } = this;
    const { fixed, empty } = values;
    const rows = this.#rows + until - from;
    if (rows > this.#present.length) this.#present = larger(this.#present, rows);
    const bytes = (this.#count + until - from) * width;
    if (bytes > this.#cells.length) {
      const cells = new Uint8Array(Math.max(bytes, this.#cells.length * 2));
      cells.set(this.#cells);
      this.#cells = cells;
    }
    for (let i = from; i < until; i++) {
      const isThere = empty[i] !== 1;
      this.#present[this.#rows++] = isThere ? 1 : 0;
      if (!isThere) continue;
      const to = this.#count * width;
      for (let b = 0; b < width; b++) this.#cells[to + b] = fixed[i * width + b];
      this.#count += 1;
    }
  }

  encode(): EncodedColumn {
    const page = new Block();
    putLevels(page, this.#present, this.#rows);
    page.put(this.#cells.subarray(0, this.#count * this.width));
    this.#rows = 0;
    this.#count = 0;
    return { dictionary: new Uint8Array(0), dictionaryValues: 0, page: page.view() };
  }
}

/** A whole number below 2^53 either way, in eight bytes, little-endian. */
function setInt64(view: DataView, at: number, value: number): void {
  view.setUint32(at, value % 2 ** 32, true);
  view.setInt32(at + 4, Math.floor(value / 2 ** 32), true);
}

/** Least and greatest of integers within 2^16 of each other; undefined for other numbers. */
function integerRange(values: Float64Array, rows: number): [number, number] | undefined {
  let least = Infinity;
  let greatest = -Infinity;
  for (let i = 0; i < rows; i++) {
    const value = values[i];
    if (Number.isNaN(value)) continue;
    if (!Number.isSafeInteger(value)) return undefined;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return greatest >= least && greatest - least < 1 << 16 ? [least, greatest] : undefined;
}

/** A data page of numbers into a dictionary; −1 stands for an empty cell. Overwrites `index`. */
function indexPage(index: Int32Array, rows: number, distinct: number): Uint8Array {
  const present = new Int32Array(rows);
  let count = 0;
  for (let i = 0; i < rows; i++) {
    if (index[i] < 0) continue;
    present[i] = 1;
    index[count++] = index[i];
  }
  const page = new Block();
  putLevels(page, present, rows);
  if (distinct > 0) {
    const width = bitWidth(distinct);
    page.putInteger(width, 1);
    putHybrid(page, index, count, width);
  }
  return page.view();
}

/** Definition levels: 1 where the cell is there, behind their length. */
function putLevels(page: Block, present: Int32Array, rows: number): void {
  page.putInteger(0, 4);
  const from = page.at;
  putHybrid(page, present, rows, 1);
  new DataView(page.bytes.buffer).setUint32(from - 4, page.at - from, true);
}

function larger(old: Int32Array, least: number): Int32Array;
function larger(old: Float64Array, least: number): Float64Array;
function larger(old: Int32Array | Float64Array, least: number): Int32Array | Float64Array {
  const length = Math.max(least, old.length * 2);
  const copy = old instanceof Int32Array ? new Int32Array(length) : new Float64Array(length);
  copy.set(old);
  return copy;
}
