import { isUtf8 } from 'node:buffer';
import {
  type Column,
  emptyCell,
  type NumberColumn,
  parseNumber,
  quote,
  type Rule,
  UNKNOWN,
  withinRange,
} from './columns.js';

type Wrong = Rule & { readonly text: string };

/** What stands in a cell of a Parquet file: bytes of text, a number, or nothing. */
export type ParquetValue = Uint8Array | number | bigint | undefined | null;

/** Turns what stands in the cells of a column into the numbers of a batch, and says what is wrong. */
export interface CellCodes {
  /** The identifier's number, or the number itself; below 0 or NaN as `RowBatch` says. */
  code(value: ParquetValue): number;
  /** What is wrong with a value that has such a code; undefined if it may stand there. */
  wrong(value: ParquetValue): Wrong | undefined;
}

export function cellCodes(column: Column): CellCodes {
  return column.kind === 'identifier' || column.kind === 'reference'
    ? new IdCodes(column)
    : new NumberCodes(column);
}

const NOT_UTF8: Wrong = {
  rule: 'not-utf8',
  text: 'the text is not UTF-8',
  cure: 'Store identifiers as UTF-8 strings.',
};

class IdCodes implements CellCodes {
  constructor(private readonly column: Extract<Column, { names: unknown }>) {}

  code(value: ParquetValue): number {
    const bytes = bytesOf(value);
    if (bytes.length === 0) return -1;
    if (!isUtf8(bytes)) return UNKNOWN;
    const { names, kind } = this.column;
    if (kind === 'identifier') return names.intern(bytes, 0, bytes.length);
    const id = names.find(bytes, 0, bytes.length);
    return id < 0 ? UNKNOWN : id;
  }

  wrong(value: ParquetValue): Wrong | undefined {
    const bytes = bytesOf(value);
    if (bytes.length === 0) {
      const empty = emptyCell(this.column);
      return typeof empty === 'number' ? undefined : empty;
    }
    if (!isUtf8(bytes)) return NOT_UTF8;
    if (this.column.kind === 'identifier' || !this.column.unknown) return undefined;
    return { ...this.column.unknown, text: `${quote(decoder.decode(bytes))} is not known` };
  }
}

class NumberCodes implements CellCodes {
  constructor(private readonly column: NumberColumn) {}

  code(value: ParquetValue): number {
    const { least, most, kind } = this.column;
    if (typeof value === 'number' && value >= least && value <= most) {
      if (kind === 'number' || Number.isInteger(value)) return value + 0;
    }
    const checked = this.#checked(value);
    return typeof checked === 'number' ? checked : Number.NaN;
  }

  wrong(value: ParquetValue): Wrong | undefined {
    const checked = this.#checked(value);
    return typeof checked === 'number' ? undefined : checked;
  }

  #checked(value: ParquetValue): number | Wrong {
    if (value instanceof Uint8Array) return parseNumber(this.column, decoder.decode(value));
    const isEmpty = value === undefined || value === null || Number.isNaN(Number(value));
    return isEmpty ? emptyCell(this.column) : withinRange(this.column, Number(value));
  }
}

/** Text as it is; whole numbers, which some writers make of identifiers, in digits. */
function bytesOf(value: ParquetValue): Uint8Array {
  if (value instanceof Uint8Array) return value;
  return encoder.encode(value === undefined || value === null ? '' : String(value));
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
