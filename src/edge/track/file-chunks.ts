import { mkdirSync } from 'node:fs';
import { CHUNK_WORDS, type ChunkStore, type ParcelKey } from '../../track/history.js';
import { type Segment, SegmentedFile } from './segmented-file.js';

const CHUNK_BYTES = CHUNK_WORDS * 4;
/** Chains of forgotten heads, a power of two: 2 MB a partition. Fewer, and a very late scan reads more entries. */
const CHAINS = 1 << 19;
/** Words of an entry: shelf and low rest, mark, rest, head low and high, the entry before in the chain. */
const ENTRY = 6;
const ENTRY_BYTES = ENTRY * 4;
/** Entries written at a time. */
const PAGE = 1024;

/** Where histories go on from: what an earlier owner of them wrote. */
export interface InheritedChunks {
  readonly histories: readonly Segment[];
  readonly forgotten: readonly Segment[];
}

/**
 * Histories in two files of a folder: `histories`, the chunks one behind the other, and `forgotten`, the heads of
 * parcels that left memory, linked in chains by their hash. Neither is synced: they follow from the log of scans, and after a
 * crash `truncate` takes them back to a snapshot, or refuses if they are too short for it.
 */
export class FileChunks implements ChunkStore {
  forgotten = 0;
  readonly #histories: SegmentedFile;
  readonly #heads: SegmentedFile;
  /** Last entry of each chain, + 1. */
  readonly #chain = new Uint32Array(CHAINS);
  /** Entries not yet written: those from `#written` on. */
  readonly #page = new Uint32Array(PAGE * ENTRY);
  #written = 0;
  readonly #entry = new Uint32Array(ENTRY);

  /** @param owner names the files; each owner writes its own. */
  constructor(folder: string, owner: string, inherited?: InheritedChunks) {
    mkdirSync(folder, { recursive: true });
    this.#histories = new SegmentedFile(folder, `histories-${owner}`, inherited?.histories);
    this.#heads = new SegmentedFile(folder, `forgotten-${owner}`, inherited?.forgotten);
  }

  close(): void {
    this.#histories.close();
    this.#heads.close();
  }

  /** What another owner inherits that goes on from chunk `chunk`, now. */
  inheritance(chunk: number): InheritedChunks {
    this.flush();
    return {
      histories: this.#histories.segments(chunk * CHUNK_BYTES),
      forgotten: this.#heads.segments(this.forgotten * ENTRY_BYTES),
    };
  }

  write(chunk: number, words: Int32Array): void {
    this.#histories.write(words, chunk * CHUNK_BYTES);
  }

  read(chunk: number, from: number, into: Int32Array): void {
    this.#histories.read(into, chunk * CHUNK_BYTES + from * 4);
  }

  forget(parcel: ParcelKey, head: number): void {
    const chain = chainOf(parcel.mark, parcel.rest);
    const at = (this.forgotten - this.#written) * ENTRY;
    const page = this.#page;
    page[at] = (parcel.shelf << 8) | parcel.restLow;
    page[at + 1] = parcel.mark;
    page[at + 2] = parcel.rest;
    page[at + 3] = head;
    page[at + 4] = Math.floor(head * 2 ** -32);
    page[at + 5] = this.#chain[chain];
    this.forgotten += 1;
    this.#chain[chain] = this.forgotten;
    if (this.forgotten - this.#written === PAGE) this.flush();
  }

  headsOf({ shelf, mark, rest, restLow }: ParcelKey): readonly number[] {
    const heads: number[] = [];
    const entry = this.#entry;
    const low = (shelf << 8) | restLow;
    for (let next = this.#chain[chainOf(mark, rest)]; next !== 0; next = entry[5]) {
      this.#load(next - 1);
      if (entry[0] === low && entry[1] === mark && entry[2] === rest) {
        heads.push(entry[4] * 2 ** 32 + entry[3]);
      }
    }
    return heads;
  }

  /** Hands to the system what is not yet written: to be done before a snapshot names it. */
  flush(): void {
    const entries = this.forgotten - this.#written;
    const page = this.#page.subarray(0, entries * ENTRY);
    if (entries > 0) this.#heads.write(page, this.#written * ENTRY_BYTES);
    this.#written = this.forgotten;
  }

  truncate(forgotten: number, chunk: number): void {
    if (
      this.#histories.size < chunk * CHUNK_BYTES ||
      Math.max(this.#heads.size, this.forgotten * ENTRY_BYTES) < forgotten * ENTRY_BYTES
    ) {
      throw new Error('the histories are shorter than the snapshot says: replay from the log');
    }
    this.flush();
    this.#chain.fill(0);
    const page = this.#page;
    for (let first = 0; first < forgotten; first += PAGE) {
      const entries = Math.min(PAGE, forgotten - first);
      this.#heads.read(page.subarray(0, entries * ENTRY), first * ENTRY_BYTES);
      for (let i = 0; i < entries; i++) {
        this.#chain[chainOf(page[i * ENTRY + 1], page[i * ENTRY + 2])] = first + i + 1;
      }
    }
    this.forgotten = forgotten;
    this.#written = forgotten;
  }

  #load(number: number): void {
    const at = (number - this.#written) * ENTRY;
    if (at >= 0) this.#entry.set(this.#page.subarray(at, at + ENTRY));
    else this.#heads.read(this.#entry, number * ENTRY_BYTES);
  }
}

function chainOf(mark: number, rest: number): number {
  return (Math.imul(mark ^ rest, 0x9e3779b1) >>> 10) & (CHAINS - 1);
}
