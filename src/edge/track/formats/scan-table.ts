import type { TakesLines } from '../../../network/csv-reader.js';
import { CsvRows, type RowTaker } from '../../../network/csv-rows.js';
import type { FaultList } from '../../../network/fault.js';
import type { ScanColumns } from './scan-columns.js';

export interface TextRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Rows taken at a time: a batch of scans. */
export const ROWS_MOST = 1000;

/** The header and rows of a CSV file of scans. What is wrong is said without what stands there: it may be about a person (P13). */
export class ScanTable implements RowTaker, TakesLines {
  readonly rows = new CsvRows(this);
  at = 0;
  lacksLastLineBreak = false;
  header: string[] | undefined;
  /** The header lacks a column, or has one too many: rows would be noise. */
  isHopeless = false;
  taken: TextRow[] = [];
  #cells: string[] = [];

  constructor(
    private readonly file: string,
    private readonly columns: ScanColumns,
    private readonly faults: FaultList,
  ) {}

  /** Takes rows up to `until` or until ROWS_MOST are taken; false when there is nothing left to take. */
  take(bytes: Uint8Array, until: number): boolean {
    if (this.at >= until || this.isHopeless) return false;
    this.at = this.rows.take(bytes, this.at, until);
    return !this.rows.isOpen;
  }

  get isFull(): boolean {
    return this.taken.length >= ROWS_MOST;
  }

  cell(c: number, bytes: Uint8Array, from: number, until: number): void {
    if (c === 0) this.#cells = [];
    this.#cells[c] = decoder.decode(bytes.subarray(from, until));
  }

  row(count: number, line: number): boolean {
    if (!this.header) return this.#takeHeader(this.#cells, line);
    if (count === this.header.length) this.taken.push({ line, cells: this.#cells });
    else this.#addRagged(count, line, this.header.length);
    return !this.isFull;
  }

  broken(rule: 'stray-quote' | 'stray-carriage-return', line: number): void {
    if (rule === 'stray-quote') {
      this.add(
        line,
        '',
        rule,
        'a quote stands inside a cell',
        'Put the whole cell in quotes and double each quote inside it.',
      );
    } else {
      this.add(line, '', rule, 'a carriage return stands alone', 'End lines in CR LF or LF.');
    }
    if (!this.header) this.isHopeless = true;
  }

  add(line: number, field: string, rule: string, text: string, cure: string): void {
    this.faults.add({ file: this.file, line, field, rule, text, cure });
  }

  #takeHeader(names: string[], line: number): boolean {
    const { needed, further } = this.columns;
    const known = new Set([...needed, ...further]);
    for (const name of known) {
      const times = names.filter((each) => each === name).length;
      if (times > 1)
        this.#refuse(
          line,
          name,
          'duplicate-column',
          `there are ${times} of it`,
          'Keep one of them.',
        );
      if (times === 0 && needed.includes(name)) {
        this.#refuse(
          line,
          name,
          'missing-column',
          'there is no such column',
          'Add the column; names are exact, the order does not matter.',
        );
      }
    }
    for (const [c, name] of names.entries()) {
      if (known.has(name)) continue;
      const cure = `Leave it out, so that nothing of people goes further; columns are ${[...known].join(', ')}.`;
      this.#refuse(line, `column ${c + 1}`, 'unknown-column', 'a scan has no such column', cure);
    }
    this.header = names;
    return !this.isHopeless;
  }

  #refuse(line: number, field: string, rule: string, text: string, cure: string): void {
    this.isHopeless = true;
    this.add(line, field, rule, text, cure);
  }

  #addRagged(count: number, line: number, usual: number): void {
    const text = `the row has ${count} cell${count === 1 ? '' : 's'}, the header ${usual}`;
    if (this.lacksLastLineBreak && count < usual) {
      this.add(
        line,
        '',
        'cut-file',
        `${text}, and the file may end here`,
        'Write the file again: it was cut.',
      );
    } else {
      this.add(
        line,
        '',
        'ragged-row',
        text,
        `Give each row ${usual} cells; put a cell with a comma in quotes.`,
      );
    }
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
