import type { Appended, JournalEntry } from '../../../src/gate/owner/journal-store.js';

/** What is read instead of some entries, until the ledger is restored: another entry, or none. */
export interface Damage {
  readonly read: ReadonlyMap<number, JournalEntry | undefined>;
  /** A chain of hashes shows it: it does not when only the end is missing. */
  readonly shows: boolean;
}

export const NO_DAMAGE: Damage = { read: new Map(), shows: false };

/** The database behind all connections: what is done here is done at once, wholly and durably. */
export class Ledger {
  readonly entries: JournalEntry[] = [];
  epoch = 0;
  owner = '';
  isDown = false;
  /** Counts failovers: what was under way to the primary before never arrives. */
  generation = 0;
  damage: Damage = NO_DAMAGE;
  /** Called after each entry. */
  onAppend: (entry: JournalEntry) => void = () => {};

  take(owner: string): number {
    this.owner = owner;
    this.epoch += 1;
    return this.epoch;
  }

  append(entry: JournalEntry): Appended {
    if (!this.isInForce(entry)) return 'fenced';
    if (entry.seq <= this.entries.length) return 'taken';
    if (entry.seq > this.entries.length + 1) throw new Error('the entry leaves a gap');
    this.write(entry);
    return 'appended';
  }

  /** Pages of a journal, from entry `seq` on. */
  read(seq: number, most: number): JournalEntry[] {
    const page: JournalEntry[] = [];
    for (let s = seq; s < seq + most && s <= this.entries.length; s++) {
      const entry = this.find(s);
      if (entry) page.push(entry);
    }
    return page;
  }

  find(seq: number): JournalEntry | undefined {
    if (this.damage.read.has(seq)) return this.damage.read.get(seq);
    const entry = this.entries[seq - 1];
    return entry && { ...entry, notices: [] };
  }

  /** The primary is gone; what was under way to it, too. What was written is on the standby. */
  failOver(): void {
    this.isDown = true;
    this.generation += 1;
  }

  protected isInForce(entry: JournalEntry): boolean {
    return entry.epoch === this.epoch;
  }

  protected write(entry: JournalEntry): void {
    this.entries.push(entry);
    this.onAppend(entry);
  }
}

/** An entry of its own, as a wire or a disk would make it. */
export function copyOf(entry: JournalEntry): JournalEntry {
  const { words, ids, hash, notices } = entry;
  return {
    ...entry,
    words: words.slice(),
    ids: ids.slice(),
    hash: Uint8Array.from(hash),
    notices: notices.map((notice) => ({ ...notice, words: notice.words.slice() })),
  };
}
