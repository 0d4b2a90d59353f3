import type { Appended, JournalEntry, JournalStore } from '../../src/gate/owner/journal-store.js';

/** A store in memory; `outcome` is what the next append does. */
export class MemoryStore implements JournalStore {
  epoch = 0;
  readonly entries: JournalEntry[] = [];
  outcome: 'done' | 'done, but says nothing' | 'not done' = 'done';

  async take(): Promise<number> {
    return ++this.epoch;
  }

  async append(entry: JournalEntry): Promise<Appended> {
    const { outcome } = this;
    this.outcome = 'done';
    if (outcome === 'not done') throw new Error('cut off');
    if (entry.epoch !== this.epoch) return 'fenced';
    if (entry.seq !== this.entries.length + 1) return 'taken';
    this.entries.push(entry);
    if (outcome === 'done, but says nothing') throw new Error('cut off');
    return 'appended';
  }

  async *read(seq: number): AsyncIterable<JournalEntry> {
    yield* this.entries.slice(seq - 1);
  }

  async find(seq: number): Promise<JournalEntry | undefined> {
    return this.entries[seq - 1];
  }
}
