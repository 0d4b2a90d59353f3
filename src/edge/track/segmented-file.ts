import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A file of a row of files that are read as one: its bytes are those before `end` that no earlier one has. */
export interface Segment {
  readonly name: string;
  readonly end: number;
}

/**
 * One space of bytes in several files: those inherited are only read, what is written goes into a file of its own. So a process
 * that was paused and goes on after another has taken over spoils nothing but its own file. None is synced.
 */
export class SegmentedFile {
  readonly #inherited: { readonly end: number; readonly file: number }[];
  readonly #own: number;
  /** Where the own file begins. */
  readonly #base: number;

  constructor(
    folder: string,
    readonly name: string,
    private readonly inherited: readonly Segment[] = [],
  ) {
    this.#inherited = inherited.map(({ name: other, end }) => ({
      end,
      file: openSync(join(folder, other), 'r'),
    }));
    this.#base = inherited.at(-1)?.end ?? 0;
    this.#own = openSync(join(folder, name), 'wx+');
  }

  /** Bytes that can be read. */
  get size(): number {
    return this.#base + fstatSync(this.#own).size;
  }

  /** The segments up to a position. */
  segments(end: number): Segment[] {
    return [...this.inherited, { name: this.name, end }];
  }

  close(): void {
    for (const { file } of this.#inherited) closeSync(file);
    closeSync(this.#own);
  }

  write(words: ArrayBufferView, position: number): void {
    if (position < this.#base) throw new Error('what is inherited is not written');
    const { buffer, byteOffset, byteLength } = words;
    for (let done = 0; done < byteLength; ) {
      const bytes = new Uint8Array(buffer, byteOffset + done, byteLength - done);
      done += writeSync(this.#own, bytes, 0, bytes.length, position - this.#base + done);
    }
  }

  /** @throws Error if not all of it is there. */
  read(into: ArrayBufferView, position: number): void {
    const bytes = new Uint8Array(into.buffer, into.byteOffset, into.byteLength);
    for (let done = 0; done < bytes.length; ) {
      const read = this.#read(bytes.subarray(done), position + done);
      if (read === 0) throw new Error('the histories end too soon');
      done += read;
    }
  }

  /** Reads as much as one file has. */
  #read(bytes: Uint8Array, position: number): number {
    let start = 0;
    for (const { end, file } of this.#inherited) {
      if (position < end) {
        const length = Math.min(bytes.length, end - position);
        return readSync(file, bytes, 0, length, position - start);
      }
      start = end;
    }
    return readSync(this.#own, bytes, 0, bytes.length, position - this.#base);
  }
}
