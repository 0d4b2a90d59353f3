import type { JournalEntry } from './journal-store.js';

/** Entries kept at hand, in bytes of words and ids: shippers repeat what they asked a moment ago. */
const RECENT_BYTES = 32 * 2 ** 20;

/** Which entry has which rows, and the last entries themselves. 8 bytes an entry. */
export class EntryList {
  last: JournalEntry | undefined;
  /** First row of entry seq, at seq − 1. */
  #firstRows = new Float64Array(1 << 10);
  readonly #recent = new Map<number, JournalEntry>();
  #recentBytes = 0;

  add(entry: JournalEntry): void {
    if (entry.seq > this.#firstRows.length) {
      const more = new Float64Array(2 * this.#firstRows.length);
      more.set(this.#firstRows);
      this.#firstRows = more;
    }
    this.#firstRows[entry.seq - 1] = entry.firstRow;
    this.last = entry;
    this.#recent.set(entry.seq, entry);
    this.#recentBytes += bytesOf(entry);
    for (const [seq, old] of this.#recent) {
      if (this.#recentBytes <= RECENT_BYTES) break;
      this.#recent.delete(seq);
      this.#recentBytes -= bytesOf(old);
    }
  }

  recent(seq: number): JournalEntry | undefined {
    return this.#recent.get(seq);
  }

  /** Number of the entry in which a row was decided. */
  seqOf(row: number): number {
    let low = 0;
    let high = (this.last?.seq ?? 0) - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.#firstRows[middle] <= row) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }
}

function bytesOf({ words, ids }: JournalEntry): number {
  return words.byteLength + ids.byteLength;
}
