/** A batch of scans as a log keeps it. Never edited; taken out only by age, oldest first, when it is archived. */
export interface LogEntry {
  /** 1, 2, 3 … without a gap. */
  readonly seq: number;
  /** Of the owner that wrote it; never falls from one entry to the next. */
  readonly epoch: number;
  /** Milliseconds since 1970, recorded at receipt; never falls from one entry to the next. */
  readonly receivedAt: number;
  /** Number of who sent it. */
  readonly source: number;
  readonly scans: number;
  /** The batch (batch-codec.ts). */
  readonly bytes: Uint8Array;
  /** Number of the message of a stream that brought it; 0 where none did. A message is in a log once at most. */
  readonly message: number;
  /** SHA-256 over the hash of the entry before and all of the above (log-hash.ts). */
  readonly hash: Uint8Array;
}

/** What became of an append: all of it is durable; or the epoch is no longer in force; or a number is taken. */
export type LogAppended = 'appended' | 'fenced' | 'taken';

/**
 * Where one log of scans is kept (T6): the only authority. Every call ends within a time that the store sets. Any may
 * throw: then what it did, or still does, is unknown, and must be read back.
 */
export interface ScanLog {
  /** Begins a new epoch and gives it: from then on no entry of an older one can be appended. */
  take(owner: string): Promise<number>;
  /** In one transaction: checks that the epoch is in force and the first `seq` the next, then writes them all, durably. */
  append(entries: readonly LogEntry[]): Promise<LogAppended>;
  /** The last entry, if there is one. */
  last(): Promise<LogEntry | undefined>;
  /** Entries from `seq` on, in order. */
  read(seq: number): AsyncIterable<LogEntry>;
  find(seq: number): Promise<LogEntry | undefined>;
  /** Whether a message of the stream is in the log. */
  hasMessage(message: number): Promise<boolean>;
}
