import {
  type Column,
  emptyCell,
  type NumberColumn,
  parseNumber,
  quote,
  type RowBatch,
  type Rule,
  UNKNOWN,
  withinRange,
} from './columns.js';
import type { FaultList } from './fault.js';

/** Turns the cells of one column of a Parquet file into the numbers of a batch. */
export interface ParquetCells {
  /** Whether cells come as numbers into a dictionary of texts, −1 being empty, or as numbers, NaN being empty. */
  readonly isText: boolean;
  /** The next text of the dictionary. */
  addText(text: string): void;
  /** Takes `count` cells into column c of the batch, behind its rows. */
  take(
    cells: ArrayLike<number>,
    count: number,
    batch: RowBatch,
    c: number,
    faults: FaultList,
  ): void;
}

const NUMBERS = /^(U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL.*)$/;
const TEXTS = /^(VARCHAR|ENUM.*)$/;
const IDENTIFIERS = /^(VARCHAR|ENUM.*|U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|UUID)$/;

/** How to take a column of this type; undefined, and a fault, where it cannot hold what is wanted. */
export function parquetCells(
  column: Column,
  type: string,
  file: string,
  faults: FaultList,
): ParquetCells | undefined {
  if (column.kind === 'identifier' || column.kind === 'reference') {
    if (IDENTIFIERS.test(type)) return new IdCells(column);
  } else {
    if (NUMBERS.test(type)) return new NumberCells(column);
    if (TEXTS.test(type)) return new NumberTextCells(column);
  }
  const isId = column.kind === 'identifier' || column.kind === 'reference';
  faults.add({
    file,
    line: 0,
    field: column.name,
    rule: 'wrong-type',
    text: `the column is of type ${type}`,
    cure: isId ? 'Store identifiers as strings or integers.' : 'Store the column as numbers.',
  });
  return undefined;
}

type Wrong = Rule & { readonly text: string };

function report(
  batch: RowBatch,
  row: number,
  column: Column,
  wrong: Wrong,
  faults: FaultList,
): void {
  faults.add({ file: batch.file, line: batch.line[row], field: column.name, ...wrong });
}

class IdCells implements ParquetCells {
  readonly isText = true;
  readonly #ids: number[] = [];
  /** What is wrong with a text of the dictionary, by its number. */
  readonly #wrong = new Map<number, Wrong>();

  constructor(private readonly column: Extract<Column, { names: unknown }>) {}

  addText(text: string): void {
    const { column } = this;
    const id =
      column.kind === 'identifier' ? column.names.internText(text) : column.names.findText(text);
    if (id < 0 && column.kind === 'reference' && column.unknown) {
      this.#wrong.set(this.#ids.length, { ...column.unknown, text: `${quote(text)} is not known` });
    }
    this.#ids.push(id < 0 ? UNKNOWN : id);
  }

  take(
    cells: ArrayLike<number>,
    count: number,
    batch: RowBatch,
    c: number,
    faults: FaultList,
  ): void {
    const out = batch.ids[c];
    for (let r = 0; r < count; r++) {
      const row = batch.rows + r;
      const number = cells[r];
      out[row] = number < 0 ? -1 : this.#ids[number];
      if (out[row] >= 0) continue;
      const wrong = number < 0 ? emptyCell(this.column) : this.#wrong.get(number);
      if (typeof wrong === 'object') report(batch, row, this.column, wrong, faults);
    }
  }
}

class NumberCells implements ParquetCells {
  readonly isText = false;

  constructor(private readonly column: NumberColumn) {}

  addText(): void {}

  take(
    cells: ArrayLike<number>,
    count: number,
    batch: RowBatch,
    c: number,
    faults: FaultList,
  ): void {
    const out = batch.values[c];
    const { column } = this;
    const isInteger = column.kind === 'integer';
    for (let r = 0; r < count; r++) {
      const row = batch.rows + r;
      const value = cells[r];
      const isFine = value >= column.least && value <= column.most;
      if (isFine && (!isInteger || Number.isInteger(value))) {
        out[row] = value + 0;
        continue;
      }
      const checked = Number.isNaN(value) ? emptyCell(column) : withinRange(column, value);
      out[row] = Number.NaN;
      if (typeof checked === 'object') report(batch, row, column, checked, faults);
    }
  }
}

/** Numbers that a writer stored as text. */
class NumberTextCells implements ParquetCells {
  readonly isText = true;
  readonly #values: (number | Wrong)[] = [];

  constructor(private readonly column: NumberColumn) {}

  addText(text: string): void {
    this.#values.push(parseNumber(this.column, text));
  }

  take(
    cells: ArrayLike<number>,
    count: number,
    batch: RowBatch,
    c: number,
    faults: FaultList,
  ): void {
    const out = batch.values[c];
    for (let r = 0; r < count; r++) {
      const row = batch.rows + r;
      const number = cells[r];
      const value = number < 0 ? emptyCell(this.column) : this.#values[number];
      out[row] = typeof value === 'number' ? value : Number.NaN;
      if (typeof value === 'object') report(batch, row, this.column, value, faults);
    }
  }
}
