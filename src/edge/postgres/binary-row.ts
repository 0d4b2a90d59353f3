/** Reads the fields of a row in PostgreSQL's binary form, in their order, each by its type; none of them NULL. */
export class BinaryRow {
  constructor(
    private readonly row: Buffer,
    private at: number,
  ) {}

  int(): number {
    const value = this.row.readInt32BE(this.at + 4);
    this.at += 8;
    return value;
  }

  bigint(): number {
    const value = this.row.readInt32BE(this.at + 4) * 2 ** 32 + this.row.readUInt32BE(this.at + 8);
    this.at += 12;
    return value;
  }

  double(): number {
    const value = this.row.readDoubleBE(this.at + 4);
    this.at += 12;
    return value;
  }

  bytes(): Uint8Array {
    const length = this.row.readInt32BE(this.at);
    const start = this.row.byteOffset + this.at + 4;
    this.at += 4 + length;
    return new Uint8Array(this.row.buffer, start, length);
  }

  words(): Int32Array {
    return wordsOf(this.bytes());
  }
}

/** Bytes as 32-bit words of this machine, little-endian on all that Node runs on today; copied if they are not aligned. */
export function wordsOf(bytes: Uint8Array): Int32Array {
  if (bytes.byteOffset % 4 !== 0) return wordsOf(new Uint8Array(bytes));
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
}

/** The bytes of a column, as the driver sends them: without a copy. */
export function bytesOf(column: ArrayBufferView): Buffer {
  return Buffer.from(column.buffer, column.byteOffset, column.byteLength);
}
