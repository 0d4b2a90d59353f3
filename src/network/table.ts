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

/**
 * Cells that only Parquet has. `int64`: whole numbers below 2^53, NaN for an empty cell; with `instants` milliseconds since 1970.
 * `pool`: cell i is the text pool[start[i]] … pool[start[i + 1] − 1], empty if there is none. `fixed`: cell i is the `width`
 * bytes from width · i on; empty where `empty` has a 1.
 */
export type ParquetValues =
  | ColumnValues
  | { readonly int64: Float64Array; readonly instants?: boolean }
  | { readonly pool: Uint8Array; readonly start: Uint32Array }
  | { readonly fixed: Uint8Array; readonly width: number; readonly empty: Uint8Array };

export interface ParquetBatch {
  readonly rows: number;
  readonly columns: Readonly<Record<string, ParquetValues>>;
}

export type ColumnBatches = Iterable<ColumnBatch> | AsyncIterable<ColumnBatch>;

/** The empty cell of an Int32Array column. */
export const NO_INTEGER = -(2 ** 31);
