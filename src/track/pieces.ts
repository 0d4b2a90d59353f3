import { createHash } from 'node:crypto';

/** Gives the next so many bytes of what was kept; fewer at its end. */
export type ReadBytes = (bytes: number) => Uint8Array;

/** Pieces of memory as bytes: each behind its length, and a SHA-256 of all at the end. */
export function* frame(pieces: Iterable<ArrayBufferView>): Generator<Uint8Array> {
  const hash = createHash('sha256');
  for (const piece of pieces) {
    const bytes = new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength);
    const length = new Uint8Array(Float64Array.of(bytes.length).buffer);
    hash.update(length).update(bytes);
    yield length;
    yield bytes;
  }
  yield new Uint8Array(hash.digest());
}

/** Takes pieces out of their frame, one by one. Every method throws where the frame is damaged. */
export class Pieces {
  readonly #hash = createHash('sha256');

  constructor(readonly read: ReadBytes) {}

  next(): Uint8Array<ArrayBuffer> {
    const length = new Uint8Array(this.read(8));
    const [bytes] = length.length === 8 ? new Float64Array(length.buffer) : [-1];
    const piece = bytes >= 0 ? new Uint8Array(this.read(bytes)) : length;
    if (piece.length !== bytes) throw new Error('the snapshot is cut short');
    this.#hash.update(length).update(piece);
    return piece;
  }

  doubles(): Float64Array<ArrayBuffer> {
    return new Float64Array(this.next().buffer);
  }

  ints(): Int32Array<ArrayBuffer> {
    return new Int32Array(this.next().buffer);
  }

  /** After the last piece: what was read is what was kept. */
  end(): void {
    const sum = this.#hash.digest();
    if (!sum.equals(this.read(sum.length))) throw new Error('the snapshot is damaged');
  }
}
