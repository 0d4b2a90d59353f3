import { type ClientBase, type Connection, escapeLiteral, type Submittable } from 'pg';

/**
 * Rows of a query in PostgreSQL's binary form, by COPY: bytes come as they are stored. The driver reads results as
 * text, in which they take twice the space and several times as long.
 *
 * @param select SQL without parameters; `literal` quotes what goes into it.
 * @param read makes a value of a row, whose bytes are used again afterwards.
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

/** What the driver calls while the rows come in. */
class CopyOut<T> implements Submittable {
  readonly #rows: T[] = [];
  readonly #row = new BinaryRow();
  #isFirst = true;
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
    connection.query(this.text);
  }

  /** A server sends a row a message; the header comes before the first, a count of −1 after the last. */
  handleCopyData({ chunk }: { chunk: Buffer }): void {
    const start = this.#isFirst ? HEADER : 0;
    this.#isFirst = false;
    if (chunk.length - start < 2 || chunk.readInt16BE(start) < 0) return;
    this.#row.begin(chunk, start + 2);
    this.#rows.push(this.read(this.#row));
  }

  handleError(error: Error): void {
    this.callback(error);
  }

  handleReadyForQuery(): void {
    this.callback(null);
  }

  handleCommandComplete(): void {}
}

/** Reads the fields of a row in their order, each by its type; none of them NULL. */
export class BinaryRow {
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;

  begin(bytes: Buffer, at: number): void {
    this.#bytes = bytes;
    this.#at = at;
  }

  int(): number {
    const value = this.#bytes.readInt32BE(this.#at + 4);
    this.#at += 8;
    return value;
  }

  bigint(): number {
    const value =
      this.#bytes.readInt32BE(this.#at + 4) * 2 ** 32 + this.#bytes.readUInt32BE(this.#at + 8);
    this.#at += 12;
    return value;
  }

  double(): number {
    const value = this.#bytes.readDoubleBE(this.#at + 4);
    this.#at += 12;
    return value;
  }

  /** A copy, aligned for 32-bit words. */
  bytes(): Uint8Array {
    const length = this.#bytes.readInt32BE(this.#at);
    const start = this.#at + 4;
    this.#at = start + length;
    return new Uint8Array(this.#bytes.subarray(start, this.#at));
  }

  words(): Int32Array {
    return wordsOf(this.bytes());
  }
}

/** Bytes as 32-bit words of this machine, little-endian on all that Node runs on today. */
export function wordsOf(bytes: Uint8Array): Int32Array {
  if (bytes.byteOffset % 4 !== 0) return wordsOf(new Uint8Array(bytes));
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
}

/** The bytes of a column, as the driver sends them: without a copy. */
export function bytesOf(column: ArrayBufferView): Buffer {
  return Buffer.from(column.buffer, column.byteOffset, column.byteLength);
}
