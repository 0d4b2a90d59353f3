import type { FileSink } from './file-sink.js';
import { type ColumnBuffer, FixedColumn, NumberColumn, TextColumn } from './parquet-column.js';
import type { ParquetBatch, ParquetValues } from './table.js';
import { type ThriftStruct, type ThriftValue, thriftBytes } from './thrift.js';

/**
 * Rows of a row group. More would need more memory (some 16 bytes a column and row); fewer would
 * write the dictionaries of identifiers more often.
 */
const GROUP_ROWS = 1 << 19;

const MAGIC = new TextEncoder().encode('PAR1');

/** Codes of parquet.thrift (github.com/apache/parquet-format). */
const PLAIN = 0;
const RLE = 3;
const RLE_DICTIONARY = 8;
const OPTIONAL = 1;
const UNCOMPRESSED = 0;
const DATA_PAGE = 0;
const DICTIONARY_PAGE = 2;

/**
 * Writes rows as Parquet, one data page a column and row group, uncompressed: identifiers arrive as
 * numbers into a table of names and leave as numbers into a dictionary, and no string is made.
 */
export class ParquetWriter {
  #buffers: ColumnBuffer[] = [];
  #buffered = 0;
  #rows = 0;
  readonly #groups: ThriftValue[] = [];

  constructor(
    private readonly sink: FileSink,
    private readonly columns: readonly string[],
  ) {
    sink.bytes.set(MAGIC);
    sink.at = MAGIC.length;
  }

  async append(batch: ParquetBatch): Promise<void> {
    if (this.#buffers.length === 0) {
      this.#buffers = this.columns.map((name) => bufferFor(batch.columns[name]));
    }
    for (let from = 0; from < batch.rows; ) {
      const until = Math.min(batch.rows, from + GROUP_ROWS - this.#buffered);
      this.columns.forEach((name, c) => this.#buffers[c].add(batch.columns[name], from, until));
      this.#buffered += until - from;
      from = until;
      if (this.#buffered === GROUP_ROWS) await this.#flushGroup();
    }
  }

  async finish(): Promise<void> {
    if (this.#buffers.length === 0) this.#buffers = this.columns.map(() => new TextColumn());
    if (this.#buffered > 0) await this.#flushGroup();
    const footer = thriftBytes(this.#fileMetaData());
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, footer.length, true);
    await this.sink.write(footer);
    await this.sink.write(length);
    await this.sink.write(MAGIC);
  }

  async #flushGroup(): Promise<void> {
    const from = this.sink.position;
    const chunks: ThriftValue[] = [];
    for (let c = 0; c < this.columns.length; c++) chunks.push(await this.#writeChunk(c));
    this.#groups.push({
      struct: [
        [1, { list: chunks }],
        [2, { i64: this.sink.position - from }],
        [3, { i64: this.#buffered }],
      ],
    });
    this.#rows += this.#buffered;
    this.#buffered = 0;
  }

  /** Writes one column of the row group; returns its ColumnChunk. */
  async #writeChunk(c: number): Promise<ThriftValue> {
    const { dictionary, dictionaryValues, page } = this.#buffers[c].encode();
    const from = this.sink.position;
    const hasDictionary = dictionaryValues > 0;
    if (hasDictionary) {
      await this.sink.write(
        pageHeader(DICTIONARY_PAGE, dictionary.length, dictionaryValues, PLAIN),
      );
      await this.sink.write(dictionary);
    }
    const pageFrom = this.sink.position;
    const encoding = hasDictionary ? RLE_DICTIONARY : PLAIN;
    await this.sink.write(pageHeader(DATA_PAGE, page.length, this.#buffered, encoding));
    await this.sink.write(page);
    const size = this.sink.position - from;
    const metaData: ThriftStruct = [
      [1, { i32: this.#buffers[c].type.physical }],
      [2, { list: [{ i32: PLAIN }, { i32: RLE }, { i32: RLE_DICTIONARY }] }],
      [3, { list: [{ text: this.columns[c] }] }],
      [4, { i32: UNCOMPRESSED }],
      [5, { i64: this.#buffered }],
      [6, { i64: size }],
      [7, { i64: size }],
      [9, { i64: pageFrom }],
      ...(hasDictionary ? [[11, { i64: from }] as const] : []),
    ];
    return {
      struct: [
        [2, { i64: from }],
        [3, { struct: metaData }],
      ],
    };
  }

  #fileMetaData(): ThriftStruct {
    const root: ThriftStruct = [
      [4, { text: 'schema' }],
      [5, { i32: this.columns.length }],
    ];
    const leaves = this.columns.map((name, c): ThriftStruct => {
      const { physical, converted, width } = this.#buffers[c].type;
      return [
        [1, { i32: physical }],
        ...(width === undefined ? [] : [[2, { i32: width }] as const]),
        [3, { i32: OPTIONAL }],
        [4, { text: name }],
        ...(converted === undefined ? [] : [[6, { i32: converted }] as const]),
      ];
    });
    return [
      [1, { i32: 1 }],
      [2, { list: [root, ...leaves].map((struct) => ({ struct })) }],
      [3, { i64: this.#rows }],
      [4, { list: this.#groups }],
      [6, { text: 'cuofeng' }],
    ];
  }
}

function bufferFor(values: ParquetValues): ColumnBuffer {
  if (values instanceof Int32Array) return new NumberColumn({ physical: 1 });
  if (values instanceof Uint32Array) return new NumberColumn({ physical: 1, converted: 13 });
  if (values instanceof Float64Array) return new NumberColumn({ physical: 5 });
  if ('int64' in values) {
    return new NumberColumn({ physical: 2, ...(values.instants && { converted: 9 }) });
  }
  if ('fixed' in values) return new FixedColumn(values.width);
  return new TextColumn();
}

function pageHeader(type: number, size: number, values: number, encoding: number): Uint8Array {
  const ofPage: ThriftStruct =
    type === DATA_PAGE
      ? [
          [1, { i32: values }],
          [2, { i32: encoding }],
          [3, { i32: RLE }],
          [4, { i32: RLE }],
        ]
      : [
          [1, { i32: values }],
          [2, { i32: encoding }],
        ];
  return thriftBytes([
    [1, { i32: type }],
    [2, { i32: size }],
    [3, { i32: size }],
    [type === DATA_PAGE ? 5 : 7, { struct: ofPage }],
  ]);
}
