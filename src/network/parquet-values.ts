import type { SchemaElement } from 'hyparquet';
import { parquetHeader, readPage } from 'hyparquet/src/column.js';
import { takeHybrid } from './parquet-encoding.js';
import type { ParquetFile } from './parquet-file.js';
import { bodyOf, type ChunkDecoder, dictionaryValues, pagesOf, spread } from './parquet-pages.js';

/**
 * Whole columns of a row group as typed arrays, without a check of what may stand there: for tables that we wrote ourselves, and
 * whoever rewrote them with another program.
 */
export class ParquetGroup {
  constructor(
    private readonly file: ParquetFile,
    private readonly group: number,
  ) {}

  get rows(): number {
    return this.file.groupRows[this.group];
  }

  /** Numbers and instants (milliseconds since 1970); NaN where a cell is empty. */
  async numbers(name: string): Promise<Float64Array> {
    const { bytes, decoder } = await this.file.readChunk(this.group, this.#element(name));
    const out = new Float64Array(this.rows);
    if (decoder.type === 'INT64') return int64Cells(bytes, decoder, out);
    const cells = { code: numberOf, wrong: () => undefined };
    let at = 0;
    for (const { index, dictionary } of pagesOf(bytes, decoder, cells)) {
      for (const number of index) out[at++] = number < 0 ? Number.NaN : dictionary.codes[number];
    }
    return whole(out, at, name);
  }

  /** Text, each cell as the number that `code` gives it by its bytes; −1 where it is empty. */
  async codes(name: string, code: (bytes: Uint8Array) => number): Promise<Int32Array> {
    const { bytes, decoder } = await this.file.readChunk(this.group, this.#element(name));
    const out = new Int32Array(this.rows);
    const cells = {
      code: (value: unknown) => (value instanceof Uint8Array ? code(value) : -1),
      wrong: () => undefined,
    };
    let at = 0;
    for (const { index, dictionary } of pagesOf(bytes, decoder, cells)) {
      for (const number of index) out[at++] = number < 0 ? -1 : dictionary.codes[number];
    }
    return whole(out, at, name);
  }

  /** Bytes of fixed width, one cell behind the other; zeros where one is empty. */
  async fixed(name: string, width: number): Promise<Uint8Array> {
    const { bytes, decoder } = await this.file.readChunk(this.group, this.#element(name));
    const out = new Uint8Array(this.rows * width);
    let at = 0;
    const cells = { code: () => 0, wrong: () => undefined };
    for (const { index, dictionary } of pagesOf(bytes, decoder, cells)) {
      for (const number of index) {
        const cell = number < 0 ? undefined : dictionary.values[number];
        if (cell instanceof Uint8Array) {
          if (cell.length !== width)
            throw new Error(`a cell of ${name} has other than ${width} bytes`);
          out.set(cell, at * width);
        }
        at += 1;
      }
    }
    whole(out, at * width, name);
    return out;
  }

  #element(name: string): SchemaElement {
    const element = this.file.columns.find((column) => column.name === name);
    if (!element) throw new Error(`there is no column ${name}`);
    return element;
  }
}

function numberOf(value: unknown): number {
  return value === undefined || value === null ? Number.NaN : Number(value);
}

function whole<T extends { readonly length: number }>(out: T, at: number, name: string): T {
  if (at !== out.length) throw new Error(`the column ${name} has other rows than its group`);
  return out;
}

/** Eight bytes a cell, as numbers: no object a cell, of which there are hundreds of millions. */
function int64Cells(chunk: ArrayBuffer, decoder: ChunkDecoder, out: Float64Array): Float64Array {
  const reader = { view: new DataView(chunk), offset: 0 };
  let dictionary: Float64Array = new Float64Array(0);
  let at = 0;
  while (reader.offset < chunk.byteLength) {
    const header = parquetHeader(reader);
    const end = reader.offset + header.compressed_page_size;
    if (end > chunk.byteLength) throw new Error('a page ends beyond its column');
    const bytes = new Uint8Array(chunk, reader.offset, header.compressed_page_size);
    if (header.type === 'DICTIONARY_PAGE') {
      dictionary = Float64Array.from(dictionaryValues(bytes, header, decoder), numberOf);
    } else {
      const page = bodyOf(bytes, header, decoder);
      const index = new Int32Array(page.rows);
      let values = dictionary;
      if (page.encoding.endsWith('_DICTIONARY')) {
        takeHybrid(page.bytes, 1, page.bytes.length, page.bytes[0], index, page.count);
      } else if (page.encoding === 'PLAIN') {
        values = plainInt64(page.bytes, page.count, decoder.element);
        for (let i = 0; i < page.count; i++) index[i] = i;
      } else {
        const { data = [] } = readPage(reader, header, decoder, undefined, undefined, 0);
        for (let i = 0; i < data.length; i++) out[at++] = numberOf(data[i]);
        reader.offset = end;
        continue;
      }
      for (const n of spread(index, page.count, page.present)) {
        out[at++] = n < 0 ? Number.NaN : values[n];
      }
    }
    reader.offset = end;
  }
  return whole(out, at, decoder.element.name);
}

/** Whole numbers, and instants in milliseconds, whatever the unit that a program wrote them in. */
function plainInt64(bytes: Uint8Array, count: number, element: SchemaElement): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    values[i] = view.getUint32(8 * i, true) + view.getInt32(8 * i + 4, true) * 2 ** 32;
  }
  const isInMicros =
    element.converted_type === 'TIMESTAMP_MICROS' ||
    (element.logical_type?.type === 'TIMESTAMP' && element.logical_type.unit === 'MICROS');
  return isInMicros ? values.map((micros) => Math.floor(micros / 1000)) : values;
}
