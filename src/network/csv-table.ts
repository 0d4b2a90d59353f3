import { isUtf8 } from 'node:buffer';
import { BATCH_ROWS, type Column, newBatch, type RowBatch } from './columns.js';
import { CsvCell } from './csv-cells.js';
import { CsvRows, type RowTaker } from './csv-rows.js';
import type { FaultList } from './fault.js';
import { columnFaults } from './header.js';

/** The header and rows of one CSV file, gathered into a batch. */
export class CsvTable implements RowTaker {
  readonly rows = new CsvRows(this);
  readonly batch: RowBatch;
  /** Position of the first byte not taken. */
  at = 0;
  /** No header was read yet. */
  isFresh = true;
  /** The header lacks a column: rows would be noise. */
  isHopeless = false;
  /** The file ends within its last line, which RFC 4180 allows and a cut file does, too. */
  lacksLastLineBreak = false;
  #header: string[] = [];
  #cells: (CsvCell | undefined)[] = [];

  constructor(
    private readonly file: string,
    private readonly columns: readonly Column[],
    private readonly faults: FaultList,
  ) {
    this.batch = newBatch(file, columns);
  }

  get isFull(): boolean {
    return this.batch.rows === BATCH_ROWS;
  }

  /** Takes rows up to `until` or until the batch is full; false when there is nothing left to take. */
  take(bytes: Uint8Array, until: number): boolean {
    if (this.at >= until || this.isHopeless) return false;
    this.at = this.rows.take(bytes, this.at, until);
    return !this.rows.isOpen;
  }

  cell(c: number, bytes: Uint8Array, from: number, until: number): void {
    if (this.isFresh) {
      this.#header[c] = decoder.decode(bytes.subarray(from, until));
    } else {
      if (c === 0) this.batch.line[this.batch.rows] = this.rows.line;
      this.#cells[c]?.set(this.batch.rows, bytes, from, until);
    }
  }

  row(cells: number, line: number): boolean {
    if (this.isFresh) return this.#takeHeader();
    if (cells === this.#header.length) this.batch.rows += 1;
    else this.#addRagged(cells, line);
    return this.batch.rows < BATCH_ROWS;
  }

  broken(rule: 'stray-quote' | 'stray-carriage-return', line: number): void {
    if (rule === 'stray-quote') {
      this.#add(
        line,
        rule,
        'a quote stands inside a cell',
        'Put the whole cell in quotes and double each quote inside it.',
      );
    } else {
      this.#add(
        line,
        rule,
        'a carriage return stands alone',
        'End lines in CR LF or LF; put a cell with a line break in quotes.',
      );
    }
  }

  addNoHeader(): void {
    this.#add(
      0,
      'empty-file',
      'the file is empty',
      `Begin it with a line of column names: ${this.columns.map((c) => c.name).join(',')}.`,
    );
    this.isHopeless = true;
  }

  addUnclosed(): void {
    this.#add(
      this.rows.line,
      'unclosed-quote',
      'a quote that opens in this row is never closed',
      'Close it, double quotes inside a cell, or write the file again if it was cut.',
    );
  }

  /** Names the first line of bytes[at, until) that is not UTF-8. */
  addNotUtf8(bytes: Uint8Array, until: number): void {
    let { line } = this.rows;
    for (let at = this.at; at < until; line++) {
      const end = bytes.indexOf(10, at) + 1;
      if (!isUtf8(bytes.subarray(at, end))) break;
      at = end;
    }
    this.#add(
      line,
      'not-utf8',
      'the text is not UTF-8',
      'Save the file as UTF-8 (iconv -f gb18030 -t utf-8 does it for GBK and GB 18030).',
    );
  }

  #takeHeader(): boolean {
    this.isFresh = false;
    this.isHopeless = columnFaults(this.file, 1, this.#header, this.columns, this.faults) > 0;
    this.#cells = this.#header.map((name) => {
      const c = this.columns.findIndex((column) => column.name === name);
      return c < 0 ? undefined : new CsvCell(this.columns[c], this.batch, c, this.faults);
    });
    return !this.isHopeless;
  }

  #addRagged(cells: number, line: number): void {
    const text = `the row has ${cells} cell${cells === 1 ? '' : 's'}, the header ${this.#header.length}`;
    if (this.lacksLastLineBreak && cells < this.#header.length) {
      this.#add(
        line,
        'cut-file',
        `${text}, and the file ends here`,
        'Write the file again: it was cut.',
      );
    } else {
      this.#add(
        line,
        'ragged-row',
        text,
        `Give each row ${this.#header.length} cells; put a cell with a comma in quotes.`,
      );
    }
  }

  #add(line: number, rule: string, text: string, cure: string): void {
    this.faults.add({ file: this.file, line, field: '', rule, text, cure });
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
