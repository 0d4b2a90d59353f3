import { type DuckDBConnection, type DuckDBDataChunk, DuckDBInstance } from '@duckdb/node-api';
import { BATCH_ROWS, type Column, newBatch, type RowBatch } from './columns.js';
import type { FaultList } from './fault.js';
import { columnFaults } from './header.js';
import { type ParquetCells, parquetCells } from './parquet-cells.js';
import type { TableFile } from './table-files.js';

/** More is never needed; without the limit DuckDB would take most of the machine's memory. */
const MEMORY_LIMIT = '2GB';

/**
 * Reads a table from a Parquet file of any writer, through DuckDB, which decodes on all cores and
 * hands over numbers only: each distinct text of a column crosses once, in a dictionary. New
 * identifiers are numbered by first appearance; rows carry their numbers, whatever order they come in.
 */
export async function* readParquet(
  source: TableFile,
  columns: readonly Column[],
  faults: FaultList,
): AsyncGenerator<RowBatch> {
  database ??= DuckDBInstance.create(':memory:', { memory_limit: MEMORY_LIMIT });
  const connection = await (await database).connect();
  try {
    const file = new ParquetFile(source, connection);
    const cells = await file.prepare(columns, faults);
    if (cells.length === columns.length) yield* file.rows(columns, cells, faults);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const [text] = error.message.split('\n');
    const cure = 'Write the file again: it is not Parquet, or it was cut.';
    faults.add({ file: source.file, line: 0, field: '', rule: 'unreadable-file', text, cure });
  } finally {
    connection.closeSync();
  }
}

/** One for the process: to start it takes longer than to read a small table. Holds no data between reads. */
let database: Promise<DuckDBInstance> | undefined;

/** What DuckDB says of a file that it cannot read. */
class Unreadable extends Error {}

class ParquetFile {
  readonly #table: string;

  constructor(
    private readonly source: TableFile,
    private readonly connection: DuckDBConnection,
  ) {
    const path = source.path.replaceAll(/[[*?]/g, '[$&]').replaceAll("'", "''");
    this.#table = `read_parquet('${path}', binary_as_string=true, file_row_number=true)`;
  }

  /** Finds the columns, and loads the dictionary of each that holds text. */
  async prepare(columns: readonly Column[], faults: FaultList): Promise<ParquetCells[]> {
    const types = new Map<string, string>();
    for await (const chunk of this.#query(`DESCRIBE SELECT * FROM ${this.#table}`)) {
      for (const [name, type] of chunk.getRows()) types.set(String(name), String(type));
    }
    types.delete('file_row_number');
    if (columnFaults(this.source.file, 0, [...types.keys()], columns, faults) > 0) return [];
    const cells = columns.flatMap((column) => {
      const found = parquetCells(column, types.get(column.name) ?? '', this.source.file, faults);
      return found ? [found] : [];
    });
    for (const [c, cell] of cells.entries()) {
      if (cell.isText) await this.#loadDictionary(columns[c].name, c, cell);
    }
    return cells;
  }

  /** Numbers the distinct texts of a column by first appearance, in a table `d<c>` beside the file. */
  async #loadDictionary(name: string, c: number, cells: ParquetCells): Promise<void> {
    const distinct = `SELECT CAST(${quoted(name)} AS VARCHAR) AS text, min(file_row_number) AS first
      FROM ${this.#table} WHERE text <> '' GROUP BY 1`;
    const numbered = `SELECT text, CAST(row_number() OVER (ORDER BY first) - 1 AS INTEGER) AS number
      FROM (${distinct})`;
    for await (const _ of this.#query(`CREATE TEMP TABLE d${c} AS ${numbered}`));
    for await (const chunk of this.#query(`SELECT text FROM d${c} ORDER BY number`)) {
      for (const text of chunk.getColumnValues(0)) cells.addText(String(text));
    }
  }

  async *rows(
    columns: readonly Column[],
    cells: readonly ParquetCells[],
    faults: FaultList,
  ): AsyncGenerator<RowBatch> {
    const batch = newBatch(this.source.file, columns);
    for await (const chunk of this.#query(this.#rowQuery(columns, cells))) {
      if (batch.rows + chunk.rowCount > BATCH_ROWS) {
        yield batch;
        batch.rows = 0;
      }
      const lines = numbersOf(chunk, columns.length);
      for (let r = 0; r < chunk.rowCount; r++) batch.line[batch.rows + r] = lines[r] + 1;
      for (const [c, cell] of cells.entries()) {
        cell.take(numbersOf(chunk, c), chunk.rowCount, batch, c, faults);
      }
      batch.rows += chunk.rowCount;
    }
    if (batch.rows > 0) yield batch;
  }

  /** Column c of the result: a number in `d<c>` or −1, or the number itself or NaN; at last, the row. */
  #rowQuery(columns: readonly Column[], cells: readonly ParquetCells[]): string {
    const selected = columns.map(({ name }, c) =>
      cells[c].isText
        ? `coalesce(d${c}.number, -1)`
        : `coalesce(CAST(t.${quoted(name)} AS DOUBLE), 'NaN'::DOUBLE)`,
    );
    const joins = columns.flatMap(({ name }, c) =>
      cells[c].isText ? [`LEFT JOIN d${c} ON d${c}.text = CAST(t.${quoted(name)} AS VARCHAR)`] : [],
    );
    return `SELECT ${selected.join(', ')}, CAST(t.file_row_number AS DOUBLE)
      FROM ${this.#table} AS t ${joins.join(' ')}`;
  }

  async *#query(sql: string): AsyncGenerator<DuckDBDataChunk> {
    try {
      const result = await this.connection.stream(sql);
      for (;;) {
        const chunk = await result.fetchChunk();
        if (!chunk || chunk.rowCount === 0) return;
        yield chunk;
      }
    } catch (error) {
      throw new Unreadable(error instanceof Error ? error.message : String(error));
    }
  }
}

/**
 * The cells of a column of INTEGER or DOUBLE without nulls. The vector's own array, where this
 * version of the client has it: a call for each cell halves the speed of the whole read.
 */
function numbersOf(chunk: DuckDBDataChunk, c: number): ArrayLike<number> {
  const vector = chunk.getColumnVector(c);
  const items: unknown = Reflect.get(vector, 'items');
  if (items instanceof Int32Array || items instanceof Float64Array) return items;
  return Array.from({ length: chunk.rowCount }, (_, r) => Number(vector.getItem(r)));
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
