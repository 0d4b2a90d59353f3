import type { RequestItem } from '../../../../src/client/api.ts';

/** What a cell of a file holds; times of spreadsheets have no zone, and are kept as if they were UTC. */
export type FileCell = string | number | boolean | Date | null;

/** A file as rows of cells, from its first row on. */
export interface FileRows {
  readonly rows: readonly (readonly FileCell[])[];
  readonly faults: readonly OrderFault[];
}

/** What an order says, by column. */
export const FIELDS = [
  'id',
  'operator',
  'service',
  'origin',
  'destination',
  'readyAt',
  'parcels',
  'notAfter',
  'divisible',
] as const;
export type Field = (typeof FIELDS)[number];

export const OPTIONAL: ReadonlySet<Field> = new Set(['id', 'notAfter', 'divisible']);

/** What may be wrong with a file; each has its rule and its cure in words.ts. */
export const RULES = [
  'tooLarge',
  'unreadable',
  'quotes',
  'empty',
  'tooManyRows',
  'tooManyColumns',
  'missingColumn',
  'twiceColumn',
  'personalColumn',
  'needed',
  'tooLong',
  'control',
  'personal',
  'idTwice',
  'noOperator',
  'noService',
  'noPlace',
  'severalPlaces',
  'time',
  'order',
  'parcels',
  'yesNo',
] as const;
export type Rule = (typeof RULES)[number];

/** A fault in its place. */
export interface OrderFault {
  /** As spreadsheets number rows, from 1; 0: the file as a whole. */
  readonly row: number;
  /** The column's title, or its letters where it has none; empty: the row as a whole. */
  readonly column: string;
  readonly rule: Rule;
  /** What stands there, cut short; never what may be about a person. */
  readonly found: string;
}

/** A request for tickets, and the row that it was made of. */
export interface Order {
  readonly row: number;
  readonly request: RequestItem;
}

/** A file that was checked whole. Orders are there only where nothing is wrong. */
export interface CheckedFile {
  readonly orders: readonly Order[];
  /** The first of them. */
  readonly faults: readonly OrderFault[];
  readonly faultCount: number;
  /** Columns that nobody asked for: they are not read. */
  readonly ignored: readonly string[];
}

/** A file is read in the browser: more makes it slow. */
export const BYTES_MOST = 8 * 2 ** 20;
export const ROWS_MOST = 50_000;
export const COLUMNS_MOST = 64;
/** As long as a name may be at the gate. */
export const CHARACTERS_MOST = 200;
export const ID_CHARACTERS_MOST = 64;
export const PARCELS_MOST = 0x7fffffff;
/** Faults told one by one. */
export const FAULTS_MOST = 500;
