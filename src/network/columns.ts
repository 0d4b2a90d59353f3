import type { Names } from './names.js';

/** How a fault is named and mended. */
export interface Rule {
  readonly rule: string;
  readonly cure: string;
}

interface Common {
  readonly name: string;
  /** Whether a cell may be empty: −1 among identifiers, NaN among numbers. */
  readonly mayBeEmpty?: boolean;
}

/** An identifier; a new one is added to `names`. */
interface IdentifierColumn extends Common {
  readonly kind: 'identifier';
  readonly names: Names;
}

/** An identifier that must be in `names`; without `unknown`, one that is not passes in silence. */
interface ReferenceColumn extends Common {
  readonly kind: 'reference';
  readonly names: Names;
  readonly unknown?: Rule;
}

/** A number, whole or with decimals, in [least, most]. */
export interface NumberColumn extends Common {
  readonly kind: 'integer' | 'number';
  readonly least: number;
  readonly most: number;
  readonly below: Rule;
  readonly above: Rule;
}

/** What a reader looks for in a table. */
export type Column = IdentifierColumn | ReferenceColumn | NumberColumn;

/**
 * A run of rows as read. `ids[c]` or `values[c]` hold the cells of column c, by its kind. An empty
 * cell is −1 or NaN; so is one at fault, which is then listed, but an unknown identifier is `UNKNOWN`.
 * Arrays are used again for the next batch.
 */
export interface RowBatch {
  readonly file: string;
  rows: number;
  /** Line (CSV) or row (Parquet) of each row, for faults found later. */
  readonly line: Float64Array;
  readonly ids: readonly Int32Array[];
  readonly values: readonly Float64Array[];
}

/** Stands for an identifier that is not in the table of names it refers to. */
export const UNKNOWN = -2;

/** Rows of a batch: enough to forget the cost of handing it over, few enough to stay in the cache. */
export const BATCH_ROWS = 1 << 13;

export function newBatch(file: string, columns: readonly Column[]): RowBatch {
  const isId = (column: Column) => column.kind === 'identifier' || column.kind === 'reference';
  return {
    file,
    rows: 0,
    line: new Float64Array(BATCH_ROWS),
    ids: columns.map((c) => new Int32Array(isId(c) ? BATCH_ROWS : 0)),
    values: columns.map((c) => new Float64Array(isId(c) ? 0 : BATCH_ROWS)),
  };
}

const INTEGER_CURE = 'Write a whole number in digits only: 100, not 100.0, 1e2 or 1,00.';

/**
 * The value of a number cell, or what is wrong with it. Strict: an integer is an optional minus and
 * digits; a number is what JSON allows.
 */
export function parseNumber(
  column: NumberColumn,
  text: string,
): number | (Rule & { text: string }) {
  if (text === '') return emptyCell(column);
  const isNumber = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text);
  const value = isNumber ? Number(text) : Number.NaN;
  if (column.kind === 'number' && !isNumber) {
    const cure = 'Write a number such as 0.5, with a point and without separators.';
    return { rule: 'not-a-number', text: `${quote(text)} is not a number`, cure };
  }
  if (column.kind === 'integer' && !/^-?\d+$/.test(text)) {
    return isNumber && !Number.isInteger(value)
      ? { rule: 'fractional', text: `${text} is not whole`, cure: INTEGER_CURE }
      : { rule: 'not-an-integer', text: `${quote(text)} is not an integer`, cure: INTEGER_CURE };
  }
  return withinRange(column, value);
}

/** The value if the column allows it, or what is wrong with it. */
export function withinRange(
  column: NumberColumn,
  value: number,
): number | (Rule & { text: string }) {
  if (column.kind === 'integer' && !Number.isInteger(value)) {
    return { rule: 'fractional', text: `${value} is not whole`, cure: INTEGER_CURE };
  }
  if (value < column.least) return { ...column.below, text: `${value} is below ${column.least}` };
  if (value > column.most) return { ...column.above, text: `${value} is above ${column.most}` };
  return value + 0; // −0 becomes 0
}

export function emptyCell(column: Column): number | (Rule & { text: string }) {
  const isNumber = column.kind === 'integer' || column.kind === 'number';
  if (column.mayBeEmpty) return isNumber ? Number.NaN : -1;
  const text = 'the cell is empty';
  return isNumber
    ? { rule: 'empty-cell', text, cure: `Give ${quote(column.name)} a value in every row.` }
    : {
        rule: 'empty-identifier',
        text,
        cure: `Give every row an identifier in ${quote(column.name)}.`,
      };
}

/** The text in quotes, cut to what a person still reads. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}…` : text);
}
