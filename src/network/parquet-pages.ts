import type { DecodedArray, PageHeader } from 'hyparquet';
import { parquetHeader, readPage } from 'hyparquet/src/column.js';
import { convert } from 'hyparquet/src/convert.js';
import { decompressPage } from 'hyparquet/src/datapage.js';
import { readPlain } from 'hyparquet/src/plain.js';
import type { CellCodes, ParquetValue } from './parquet-cells.js';
import { takeHybrid } from './parquet-encoding.js';

/** Distinct values of a column, each with its code. */
class Dictionary {
  readonly codes: Float64Array;

  constructor(
    readonly values: ArrayLike<ParquetValue>,
    cells: CellCodes,
  ) {
    this.codes = new Float64Array(values.length);
    for (let i = 0; i < values.length; i++) this.codes[i] = cells.code(values[i]);
  }
}

/** Cells of a page: cell i holds value index[i] of the dictionary, or nothing where that is −1. */
export interface Page {
  readonly index: Int32Array;
  readonly dictionary: Dictionary;
}

type HyparquetDecoder = Parameters<typeof readPage>[2];

/** What the metadata say of the column that a chunk belongs to. */
export interface ChunkDecoder extends HyparquetDecoder {
  /** Whether cells may be empty. */
  readonly isNullable: boolean;
}

/**
 * The pages of one column chunk. Pages of dictionary numbers and plain pages, which is nearly all
 * there is, are taken apart here, without an object a cell; the others by hyparquet.
 */
export function* pagesOf(
  chunk: ArrayBuffer,
  decoder: ChunkDecoder,
  cells: CellCodes,
): Generator<Page> {
  const reader = { view: new DataView(chunk), offset: 0 };
  let dictionary = new Dictionary([], cells);
  while (reader.offset < chunk.byteLength) {
    const header = parquetHeader(reader);
    const end = reader.offset + header.compressed_page_size;
    if (end > chunk.byteLength) throw new Error('a page ends beyond its column');
    const bytes = new Uint8Array(chunk, reader.offset, header.compressed_page_size);
    if (header.type === 'DICTIONARY_PAGE') {
      dictionary = new Dictionary(dictionaryValues(bytes, header, decoder), cells);
    } else if (header.type === 'DATA_PAGE' || header.type === 'DATA_PAGE_V2') {
      const page = bodyOf(bytes, header, decoder);
      if (page.encoding === 'PLAIN') {
        yield plainPage(page, decoder, cells);
      } else if (page.encoding.endsWith('_DICTIONARY')) {
        yield { index: indexOf(page), dictionary };
      } else {
        const { data } = readPage(reader, header, decoder, undefined, undefined, 0);
        yield pageOfAll(data ?? [], cells);
      }
    }
    reader.offset = end;
  }
}

/** The inside of a data page: which cells are there, and the bytes of those. */
export interface Body {
  readonly rows: number;
  readonly encoding: string;
  /** 1 where a cell is there; undefined where all are. */
  readonly present: Int32Array | undefined;
  readonly count: number;
  readonly bytes: Uint8Array;
}

export function bodyOf(bytes: Uint8Array, header: PageHeader, decoder: ChunkDecoder): Body {
  const v2 = header.data_page_header_v2;
  const { codec, compressors, isNullable } = decoder;
  if (v2) {
    const levels = v2.repetition_levels_byte_length + v2.definition_levels_byte_length;
    const rest = bytes.subarray(levels);
    const size = header.uncompressed_page_size - levels;
    const values =
      v2.is_compressed === false ? rest : decompressPage(rest, size, codec, compressors);
    const from = v2.repetition_levels_byte_length;
    const present = isNullable ? presence(bytes, from, levels, v2.num_values) : undefined;
    return body(v2.num_values, v2.encoding, present, values);
  }
  const v1 = header.data_page_header;
  if (!v1) throw new Error('a data page has no header');
  const page = decompressPage(bytes, header.uncompressed_page_size, codec, compressors);
  if (!isNullable) return body(v1.num_values, v1.encoding, undefined, page);
  const length = new DataView(page.buffer, page.byteOffset).getUint32(0, true);
  const present = presence(page, 4, 4 + length, v1.num_values);
  return body(v1.num_values, v1.encoding, present, page.subarray(4 + length));
}

function body(
  rows: number,
  encoding: string,
  present: Int32Array | undefined,
  bytes: Uint8Array,
): Body {
  let count = rows;
  if (present) {
    count = 0;
    for (let i = 0; i < rows; i++) count += present[i];
  }
  return { rows, encoding, present: count === rows ? undefined : present, count, bytes };
}

function presence(bytes: Uint8Array, from: number, until: number, rows: number): Int32Array {
  const present = new Int32Array(rows);
  takeHybrid(bytes, from, until, 1, present, rows);
  return present;
}

/** Numbers into the dictionary. */
function indexOf({ bytes, rows, count, present }: Body): Int32Array {
  const index = new Int32Array(rows);
  takeHybrid(bytes, 1, bytes.length, bytes[0], index, count);
  return spread(index, count, present);
}

function plainPage(page: Body, decoder: ChunkDecoder, cells: CellCodes): Page {
  const { bytes, rows, count, present } = page;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { type, element } = decoder;
  const values = readPlain({ view, offset: 0 }, type, count, element.type_length);
  const index = new Int32Array(rows);
  for (let i = 0; i < count; i++) index[i] = i;
  const dictionary = new Dictionary(converted(values, decoder), cells);
  return { index: spread(index, count, present), dictionary };
}

/** Moves the first `count` entries to where cells are present; −1 elsewhere. */
export function spread(
  index: Int32Array,
  count: number,
  present: Int32Array | undefined,
): Int32Array {
  if (!present) return index;
  let from = count;
  for (let i = index.length - 1; i >= 0; i--) index[i] = present[i] === 1 ? index[--from] : -1;
  return index;
}

function pageOfAll(values: ArrayLike<ParquetValue>, cells: CellCodes): Page {
  const index = Int32Array.from({ length: values.length }, (_, i) => i);
  return { index, dictionary: new Dictionary(values, cells) };
}

export function dictionaryValues(
  bytes: Uint8Array,
  header: PageHeader,
  decoder: ChunkDecoder,
): ArrayLike<ParquetValue> {
  const { codec, compressors, type, element } = decoder;
  const page = decompressPage(bytes, header.uncompressed_page_size, codec, compressors);
  const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
  const count = header.dictionary_page_header?.num_values ?? 0;
  return converted(readPlain({ view, offset: 0 }, type, count, element.type_length), decoder);
}

/** Text stays bytes; numbers get their sign and their scale. */
function converted(values: DecodedArray, decoder: ChunkDecoder): ArrayLike<ParquetValue> {
  return decoder.type === 'BYTE_ARRAY' && decoder.element.converted_type !== 'DECIMAL'
    ? values
    : convert(values, decoder);
}
