import type { Names } from './names.js';

export type TableFormat = 'csv' | 'parquet';

/**
 * The cells of one column in one batch; only the first `rows` entries count, and arrays may be used
 * again once the next batch is asked for. Empty cells: index −1, `NO_INTEGER`, NaN, ''. A Uint32Array
 * has none.
 */
export type ColumnValues =
  | { readonly names: Names; readonly index: Int32Array }
  | Int32Array
  | Uint32Array
  | Float64Array
  | readonly string[];

/**
 * A run of rows of a table. All batches of a table have the same columns of the same types, and a
 * column of identifiers keeps one table of names throughout.
 */
export interface ColumnBatch {
  readonly rows: number;
  readonly columns: Readonly<Record<string, ColumnValues>>;
}

export type ColumnBatches = Iterable<ColumnBatch> | AsyncIterable<ColumnBatch>;

/** The empty cell of an Int32Array column. */
export const NO_INTEGER = -(2 ** 31);
