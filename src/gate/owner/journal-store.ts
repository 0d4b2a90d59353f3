/** One transaction's worth of a shard's journal. Never edited, never taken out. */
export interface JournalEntry {
  /** 1, 2, 3 … without a gap. */
  readonly seq: number;
  /** Of the owner that wrote it; never falls from one entry to the next. */
  readonly epoch: number;
  /** The gate's clock when it was closed, milliseconds since 1970. */
  readonly at: number;
  /** Number of the first ticket row decided in it, and how many there are. */
  readonly firstRow: number;
  readonly rows: number;
  /** Records (journal.ts). */
  readonly words: Int32Array;
  /** Ids of the requests among the records, in their order: UTF-8, each closed by a zero byte. */
  readonly ids: Uint8Array;
  /** Who is to be told of what (notices.ts). */
  readonly notices: readonly Notices[];
  /** SHA-256 over the hash of the entry before and all of the above but the notices, which follow from it. */
  readonly hash: Uint8Array;
}

/** What concerns one audience in an entry. */
export interface Notices {
  /** Number of a shipper; EVERYONE for what concerns all of the shard. */
  readonly audience: number;
  /** NOTICE words each (notices.ts). */
  readonly words: Int32Array;
}

export const EVERYONE = -1;

/**
 * What became of an append: it is durable; or the epoch is no longer in force; or the number is taken, by
 * this very entry or another.
 */
export type Appended = 'appended' | 'fenced' | 'taken';

/**
 * Where a shard's journal is kept: the only authority (P3). Every call ends within a time that the store sets.
 * Any may throw: then what it did, or still does, is unknown, and must be read back.
 */
export interface JournalStore {
  /**
   * Begins a new epoch and gives it. Once it is given, no entry of an older epoch can be appended: what an
   * older owner had under way either was appended before, and will be read, or never will be.
   */
  take(owner: string): Promise<number>;
  /** In one transaction: checks that the epoch is in force and `seq` the next, then writes the entry, durably. */
  append(entry: JournalEntry): Promise<Appended>;
  /** Entries from `seq` on, in order; `notices` are left empty. */
  read(seq: number): AsyncIterable<JournalEntry>;
  /** The entry `seq`, if there is one; `notices` are left empty. */
  find(seq: number): Promise<JournalEntry | undefined>;
}
