import type { ChunkStore, ParcelKey } from '../../../src/track/history.js';

/** Histories of one owner, of which a copy can be kept. */
export class CopiedChunks implements ChunkStore {
  #chunks: Int32Array[] = [];
  #heads: { readonly key: string; readonly head: number }[] = [];

  get forgotten(): number {
    return this.#heads.length;
  }

  copy(): CopiedChunks {
    const copy = new CopiedChunks();
    copy.#chunks = this.#chunks.map((words) => words.slice());
    copy.#heads = [...this.#heads];
    return copy;
  }

  write(chunk: number, words: Int32Array): void {
    this.#chunks[chunk] = words;
  }

  read(chunk: number, from: number, into: Int32Array): void {
    into.set(this.#chunks[chunk].subarray(from, from + into.length));
  }

  forget(parcel: ParcelKey, head: number): void {
    this.#heads.push({ key: JSON.stringify(parcel), head });
  }

  headsOf(parcel: ParcelKey): readonly number[] {
    const key = JSON.stringify(parcel);
    return this.#heads.filter((each) => each.key === key).map(({ head }) => head);
  }

  truncate(forgotten: number, chunk: number): void {
    this.#heads.length = forgotten;
    this.#chunks.length = Math.min(this.#chunks.length, chunk);
  }
}
