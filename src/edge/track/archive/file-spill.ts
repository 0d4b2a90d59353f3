import { closeSync, fstatSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SpillStore } from '../../../certify/track/spill.js';

/** Bytes of a part in memory: with its tables a part takes some three times that. */
const PART_BYTES = 96 * 2 ** 20;
/** Files open at once, at most: systems allow 1,024 by default. */
const PARTS_MOST = 512;
/** Bytes of a scan with few attributes. */
const SCAN_BYTES = 48;

/** Scans that wait for the second pass, a file a part, in a folder of its own that is gone in the end. */
export class FileSpill implements SpillStore {
  readonly #files: number[];

  private constructor(
    private readonly folder: string,
    readonly parts: number,
  ) {
    this.#files = Array.from({ length: parts }, (_, p) => openSync(join(folder, String(p)), 'wx+'));
  }

  /** @param scans how many are expected: so many parts are made that each fits in memory. */
  static async create(scans: number): Promise<FileSpill> {
    const parts = Math.ceil((scans * SCAN_BYTES) / PART_BYTES);
    const folder = await mkdtemp(join(tmpdir(), 'cuofeng-recount-'));
    return new FileSpill(folder, Math.min(PARTS_MOST, Math.max(1, parts)));
  }

  append(part: number, words: Int32Array): void {
    const bytes = new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(this.#files[part], bytes, done, bytes.length - done);
    }
  }

  take(part: number): Int32Array {
    const file = this.#files[part];
    const words = new Int32Array(fstatSync(file).size / 4);
    const bytes = new Uint8Array(words.buffer);
    for (let done = 0; done < bytes.length; ) {
      const read = readSync(file, bytes, done, Math.min(2 ** 30, bytes.length - done), done);
      if (read === 0) throw new Error('a part is shorter than what was written');
      done += read;
    }
    closeSync(file);
    this.#files[part] = -1;
    rmSync(join(this.folder, String(part)));
    return words;
  }

  close(): void {
    for (const file of this.#files) if (file >= 0) closeSync(file);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
