import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FaultList } from './fault.js';
import type { TableFormat } from './table.js';

/** One file of a table. */
export interface TableFile {
  /** Name inside the folder. */
  readonly file: string;
  readonly path: string;
  readonly format: TableFormat;
}

/** The files of a folder that hold a table: `name.csv`, `name.parquet`, or parts of either. */
export class TableFolder {
  private constructor(
    readonly folder: string,
    private readonly entries: readonly string[],
    private readonly faults: FaultList,
    private readonly spec: string,
  ) {}

  /**
   * Lists a folder; undefined, and a fault, where there is none.
   *
   * @param spec where the columns of its tables are described.
   */
  static async open(
    folder: string,
    faults: FaultList,
    spec = 'docs/spec/release-planning.md, section 5,',
  ): Promise<TableFolder | undefined> {
    try {
      return new TableFolder(folder, (await readdir(folder)).toSorted(), faults, spec);
    } catch (error) {
      const text = `${folder} cannot be listed: ${String(error)}`;
      const cure = 'Name a folder that is there and may be read.';
      faults.add({ file: '', line: 0, field: '', rule: 'missing-folder', text, cure });
      return undefined;
    }
  }

  /** The files of a table, by name; none if it is optional and not there, or at fault. */
  find(table: string, options: { optional?: boolean; split?: boolean } = {}): TableFile[] {
    const pattern = new RegExp(`^${table}(-.*)?\\.(csv|parquet)$`);
    const whole = new RegExp(`^${table}\\.(csv|parquet)$`);
    const files = this.entries
      .filter((name) => (options.split === false ? whole : pattern).test(name))
      .map((file) => ({ file, path: join(this.folder, file), format: formatOf(file) }));
    if (files.length === 0 && !options.optional) this.#addMissing(table);
    return this.#addTwofold(table, files) ? [] : files;
  }

  has(file: string): boolean {
    return this.entries.includes(file);
  }

  #addMissing(table: string): void {
    const file = `${table}.csv`;
    const text = `there is no ${table}.csv or ${table}.parquet in ${this.folder}`;
    const cure = `Add the file; ${this.spec} lists its columns.`;
    this.faults.add({ file, line: 0, field: '', rule: 'missing-file', text, cure });
  }

  /** Lists a table that is there twice, which would count its rows twice; true if it is. */
  #addTwofold(table: string, files: readonly TableFile[]): boolean {
    const hasBothFormats = new Set(files.map((f) => f.format)).size > 1;
    const hasWholeAndParts = files.length > 1 && files.some((f) => f.file.startsWith(`${table}.`));
    if (!hasBothFormats && !hasWholeAndParts) return false;
    const names = files.map((f) => f.file);
    const listed = names.length > 4 ? `${names.slice(0, 3).join(', ')}, …` : names.join(', ');
    const text = `the table is there more than once: ${listed}`;
    const cure = hasBothFormats
      ? 'Keep the CSV files or the Parquet files.'
      : 'Keep the whole table or its parts.';
    this.faults.add({ file: names[0], line: 0, field: '', rule: 'table-twice', text, cure });
    return true;
  }
}

function formatOf(file: string): TableFormat {
  return file.endsWith('.csv') ? 'csv' : 'parquet';
}
