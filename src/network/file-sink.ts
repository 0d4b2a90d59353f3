import { type FileHandle, open } from 'node:fs/promises';

/**
 * A new file that is filled through a buffer: the caller writes into `bytes` from `at` on and calls
 * `flush` when it is full. While one buffer goes to disk the other is filled. `close` returns after
 * fsync; any error of the disk (ENOSPC …) is thrown by the next call.
 */
export class FileSink {
  bytes: Uint8Array;
  at = 0;
  #spare: Uint8Array;
  #pending: Promise<void> = Promise.resolve();
  #written = 0;

  private constructor(
    private readonly file: FileHandle,
    size: number,
  ) {
    this.bytes = new Uint8Array(size);
    this.#spare = new Uint8Array(size);
  }

  /** @param size of each buffer: 1 MiB keeps the calls to the system few and the memory small. */
  static async create(path: string, size = 1 << 20): Promise<FileSink> {
    return new FileSink(await open(path, 'wx'), size);
  }

  /** Bytes given so far: the position in the file of `bytes[at]`. */
  get position(): number {
    return this.#written + this.at;
  }

  /** Hands the buffer to the disk and leaves an empty one of at least `room` bytes. */
  async flush(room = 0): Promise<void> {
    await this.#pending;
    const full = this.bytes;
    const length = this.at;
    this.bytes = this.#spare.length >= room ? this.#spare : new Uint8Array(room);
    this.#spare = full;
    this.at = 0;
    this.#written += length;
    this.#pending = this.#write(full, length);
    this.#pending.catch(() => {}); // thrown by the next flush or close, which await the same promise
  }

  /** Writes a block of any size. */
  async write(block: Uint8Array): Promise<void> {
    if (this.at + block.length > this.bytes.length) await this.flush(block.length);
    this.bytes.set(block, this.at);
    this.at += block.length;
  }

  async close(): Promise<void> {
    await this.flush();
    await this.#pending;
    await this.file.sync();
    await this.file.close();
  }

  /** Closes without promising anything about the content. */
  async abandon(): Promise<void> {
    await this.#pending.catch(() => {});
    await this.file.close().catch(() => {});
  }

  async #write(bytes: Uint8Array, length: number): Promise<void> {
    let done = 0;
    while (done < length) {
      const { bytesWritten } = await this.file.write(bytes, done, length - done);
      done += bytesWritten;
    }
  }
}
