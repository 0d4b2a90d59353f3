import type { Timing } from '../../units/timing.js';
import { decodeBatch } from '../batch-codec.js';
import type { Outcomes, ScanBatch } from '../scans.js';
import type { Tracking } from '../tracking.js';
import { checkFollows } from './log-hash.js';
import { LOG_LIMITS, type LogLimits, LogWriter } from './log-writer.js';
import type { LogEntry, ScanLog } from './scan-log.js';

/** How far a log is read again. */
export interface Recovery {
  readonly entries: number;
  readonly scans: number;
}

/**
 * The only one to write to a log of scans, as long as its epoch is in force: batches in, durable first, then applied, then
 * answered. What it counts follows from the log alone (P8).
 */
export class LogOwner {
  private constructor(
    readonly tracking: Tracking,
    readonly recovery: Recovery,
    readonly epoch: number,
    private readonly writer: LogWriter,
  ) {}

  /**
   * Takes a log over and reads what `tracking`, empty or restored from a snapshot, does not have yet.
   *
   * @throws Error if the log is damaged, or begins after what the snapshot has: nothing is counted then (P15).
   */
  static async open(
    log: ScanLog,
    owner: string,
    tracking: Tracking,
    timing: Timing,
    limits: LogLimits = LOG_LIMITS,
  ): Promise<LogOwner> {
    const epoch = await log.take(owner);
    let last: LogEntry | undefined;
    if (tracking.seq > 0) {
      last = await log.find(tracking.seq);
      if (!last) throw new Error(`the log of scans has no entry ${tracking.seq}; a snapshot has`);
    }
    const recovery = { entries: 0, scans: 0 };
    for await (const entry of log.read(tracking.seq + 1)) {
      checkFollows(last, entry);
      tracking.apply({ ...decodeBatch(entry.seq, entry.bytes), receivedAt: entry.receivedAt });
      last = entry;
      recovery.entries += 1;
      recovery.scans += entry.scans;
    }
    const apply = (batch: ScanBatch) => tracking.apply(batch);
    const writer = new LogWriter(log, epoch, last, apply, timing, limits);
    return new LogOwner(tracking, recovery, epoch, writer);
  }

  /** The last entry that is durable and applied. */
  get seq(): number {
    return this.writer.seq;
  }

  /** Why this owner has lost the log, if it has. */
  get lost(): string | undefined {
    return this.writer.lost;
  }

  /** Scans that wait for the store. */
  get waiting(): number {
    return this.writer.waiting;
  }

  get behindMs(): number {
    return this.writer.behindMs;
  }

  /**
   * Takes a batch (seq 0); resolves with what became of each scan when it is durable and applied; rejects with Held.
   *
   * @param message of a stream that brings it; the caller has made sure that it is not in the log yet.
   */
  take(batch: ScanBatch, message = 0): Promise<Outcomes> {
    return this.writer.take(batch, message);
  }

  /** Resolves when nothing waits for the store any more. */
  idle(): Promise<void> {
    return this.writer.idle();
  }
}
