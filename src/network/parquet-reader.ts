import type { SchemaElement } from 'hyparquet';
import { BATCH_ROWS, type Column, newBatch, type RowBatch } from './columns.js';
import type { FaultList } from './fault.js';
import { columnFaults } from './header.js';
import { type CellCodes, cellCodes } from './parquet-cells.js';
import { ParquetFile } from './parquet-file.js';
import { type Page, pagesOf } from './parquet-pages.js';
import type { TableFile } from './table-files.js';

/**
 * Reads a table from a Parquet file of any writer, row group by row group. Each distinct text of a
 * row group is looked up once, in its dictionary; rows are then only numbers. Memory: the compressed
 * columns of one row group, and a page of each.
 */
export async function* readParquet(
  source: TableFile,
  columns: readonly Column[],
  faults: FaultList,
): AsyncGenerator<RowBatch> {
  const file = await attempt(ParquetFile.open(source.path), source, faults);
  if (!file) return;
  try {
    const cursors = cursorsOf(file.columns, source.file, columns, faults);
    const batch = newBatch(source.file, columns);
    let row = 0;
    for (const [group, rows] of file.groupRows.entries()) {
      const isRead = await attempt(openGroup(file, group, cursors), source, faults);
      if (!isRead) return;
      for (let left = cursors.length > 0 ? rows : 0; left > 0; ) {
        const count = Math.min(left, BATCH_ROWS - batch.rows);
        for (let r = 0; r < count; r++) batch.line[batch.rows + r] = ++row;
        try {
          cursors.forEach((cursor, c) => cursor.take(batch, c, count, faults));
        } catch (error) {
          addUnreadable(error, source, faults);
          return;
        }
        left -= count;
        batch.rows += count;
        if (batch.rows < BATCH_ROWS) continue;
        yield batch;
        batch.rows = 0;
      }
    }
    if (batch.rows > 0) yield batch;
  } finally {
    await file.close();
  }
}

async function openGroup(
  file: ParquetFile,
  group: number,
  cursors: readonly ColumnCursor[],
): Promise<boolean> {
  for (const cursor of cursors) {
    const { bytes, decoder } = await file.readChunk(group, cursor.element);
    cursor.open(pagesOf(bytes, decoder, cursor.cells));
  }
  return true;
}

/** What the promise gives; undefined, and a fault, where the file cannot be read. */
async function attempt<T>(
  promise: Promise<T>,
  source: TableFile,
  faults: FaultList,
): Promise<T | undefined> {
  try {
    return await promise;
  } catch (error) {
    addUnreadable(error, source, faults);
    return undefined;
  }
}

function addUnreadable(error: unknown, { file }: TableFile, faults: FaultList): void {
  const text = error instanceof Error ? error.message : String(error);
  const cure = 'Write the file again: it is not Parquet, or it was cut or damaged.';
  faults.add({ file, line: 0, field: '', rule: 'unreadable-file', text, cure });
}

/** A cursor for each column; none, and faults, where one is missing or of a wrong type. */
function cursorsOf(
  elements: readonly SchemaElement[],
  file: string,
  columns: readonly Column[],
  faults: FaultList,
): ColumnCursor[] {
  const names = elements.map((element) => element.name);
  if (columnFaults(file, 0, names, columns, faults) > 0) return [];
  const cursors = columns.flatMap((column) => {
    const element = elements.find(({ name }) => name === column.name);
    if (element && isOfType(element, column)) return [new ColumnCursor(column, element)];
    const isId = column.kind === 'identifier' || column.kind === 'reference';
    const type = element?.converted_type ?? element?.type ?? 'a group';
    const text = `the column is of type ${type}`;
    const cure = isId ? 'Store identifiers as strings or integers.' : 'Store it as numbers.';
    faults.add({ file, line: 0, field: column.name, rule: 'wrong-type', text, cure });
    return [];
  });
  return cursors.length === columns.length ? cursors : [];
}

/** Types that are neither text nor a number, though stored as one. */
const NO_NUMBER = /^(DATE|TIME.*|INTERVAL|BSON|JSON)$/;

function isOfType(element: SchemaElement, { kind }: Column): boolean {
  const { type, converted_type: converted, logical_type: logical } = element;
  if (!type || element.repetition_type === 'REPEATED') return false;
  if (NO_NUMBER.test(converted ?? '') || NO_NUMBER.test(logical?.type ?? '')) return false;
  if (converted === 'DECIMAL') return kind === 'integer' || kind === 'number';
  if (type === 'INT32' || type === 'INT64' || type === 'BYTE_ARRAY') return true;
  return (type === 'FLOAT' || type === 'DOUBLE') && (kind === 'integer' || kind === 'number');
}

/** Where a column of the row group being read has come to. */
class ColumnCursor {
  readonly cells: CellCodes;
  readonly #isId: boolean;
  readonly #empty: number;
  #pages: Iterator<Page> | undefined;
  #page: Page | undefined;
  #at = 0;

  constructor(
    private readonly column: Column,
    readonly element: SchemaElement,
  ) {
    this.cells = cellCodes(column);
    this.#isId = column.kind === 'identifier' || column.kind === 'reference';
    this.#empty = this.#isId ? -1 : Number.NaN;
  }

  open(pages: Iterator<Page>): void {
    this.#pages = pages;
    this.#page = undefined;
    this.#at = 0;
  }

  /** Takes `count` cells into column c of the batch, behind its rows. */
  take(batch: RowBatch, c: number, count: number, faults: FaultList): void {
    for (let taken = 0; taken < count; ) {
      const page = this.#nextPage();
      const n = Math.min(count - taken, page.index.length - this.#at);
      const from = batch.rows + taken;
      const isFine = this.#isId
        ? takeIds(batch.ids[c], from, page, this.#at, n)
        : takeValues(batch.values[c], from, page, this.#at, n);
      if (!isFine) this.#addFaults(batch, from, page, n, faults);
      taken += n;
      this.#at += n;
    }
  }

  /** The page with the next cell. */
  #nextPage(): Page {
    while (!this.#page || this.#at >= this.#page.index.length) {
      const next = this.#pages?.next();
      if (!next || next.done) throw new Error(`the column ${this.column.name} lacks rows`);
      this.#page = next.value;
      this.#at = 0;
    }
    return this.#page;
  }

  #addFaults(batch: RowBatch, from: number, page: Page, n: number, faults: FaultList): void {
    for (let i = 0; i < n; i++) {
      const number = page.index[this.#at + i];
      const code = number < 0 ? this.#empty : page.dictionary.codes[number];
      if (this.#isId ? code >= 0 : !Number.isNaN(code)) continue;
      const wrong = this.cells.wrong(number < 0 ? undefined : page.dictionary.values[number]);
      if (!wrong) continue;
      const { file, line } = batch;
      faults.add({ file, line: line[from + i], field: this.column.name, ...wrong });
    }
  }
}

const BEYOND = 'a cell points beyond its dictionary';

/** Whether all cells were identifiers. */
function takeIds(out: Int32Array, to: number, page: Page, from: number, count: number): boolean {
  const { codes } = page.dictionary;
  const { index } = page;
  let least = 0;
  for (let i = 0; i < count; i++) {
    const number = index[from + i];
    if (number >= codes.length) throw new Error(BEYOND);
    const id = number < 0 ? -1 : codes[number];
    out[to + i] = id;
    if (id < least) least = id;
  }
  return least >= 0;
}

/** Whether all cells were numbers. */
function takeValues(
  out: Float64Array,
  to: number,
  page: Page,
  from: number,
  count: number,
): boolean {
  const { codes } = page.dictionary;
  const { index } = page;
  let isFine = true;
  for (let i = 0; i < count; i++) {
    const number = index[from + i];
    if (number >= codes.length) throw new Error(BEYOND);
    const value = number < 0 ? Number.NaN : codes[number];
    out[to + i] = value;
    if (Number.isNaN(value)) isFine = false;
  }
  return isFine;
}
