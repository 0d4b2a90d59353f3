import { type ClientBase, type Connection, escapeLiteral, type Submittable } from 'pg';
import { BinaryRow } from './binary-row.js';
import { CopyFrames } from './copy-frames.js';

/**
 * Rows of a query in PostgreSQL's binary form, by COPY: bytes come as they are stored. The driver reads results as
 * text, in which they take twice the space and several times as long.
 *
 * @param select SQL without parameters; `literal` quotes what goes into it.
 * @param read makes a value of a row; bytes and words in it may be kept, they are nobody else's.
 */
export async function copyRows<T>(
  client: ClientBase,
  select: string,
  read: (row: BinaryRow) => T,
): Promise<T[]> {
  return new Promise((resolve, reject) => {
    client.query(new CopyOut(`COPY (${select}) TO STDOUT (FORMAT binary)`, read, resolve, reject));
  });
}

export const literal = escapeLiteral;

/** Bytes before the first row: signature, flags and length of an extension that there is none of. */
const HEADER = 19;

/** What the driver calls while a COPY is under way. */
class CopyOut<T> implements Submittable {
  readonly #rows: T[] = [];
  #isFirst = true;
  #frames: CopyFrames | undefined;
  /** The driver puts its time limit in here. */
  callback: (error: Error | null) => void;

  constructor(
    private readonly text: string,
    private readonly read: (row: BinaryRow) => T,
    resolve: (rows: T[]) => void,
    reject: (error: Error) => void,
  ) {
    this.callback = (error) => (error ? reject(error) : resolve(this.#rows));
  }

  submit(connection: Connection): void {
    this.#frames = new CopyFrames(connection.stream, (row) => this.#take(row));
    connection.query(this.text);
  }

  /** A server sends a row a message; the header comes before the first, a count of −1 after the last. */
  #take(row: Buffer): void {
    const start = this.#isFirst ? HEADER : 0;
    this.#isFirst = false;
    if (row.length - start < 2 || row.readInt16BE(start) < 0) return;
    this.#rows.push(this.read(new BinaryRow(row, start + 2)));
  }

  handleError(error: Error): void {
    this.callback(error);
  }

  handleReadyForQuery(): void {
    this.#frames?.end();
    this.callback(null);
  }

  handleCommandComplete(): void {}
}
