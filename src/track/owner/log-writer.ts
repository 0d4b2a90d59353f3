import { Held } from '../../units/held.js';
import type { Timing } from '../../units/timing.js';
import { encodeBatch } from '../batch-codec.js';
import type { Outcomes, ScanBatch } from '../scans.js';
import { hashOf, isSameHash, NO_HASH } from './log-hash.js';
import type { LogEntry, ScanLog } from './scan-log.js';

export interface LogLimits {
  /** Whoever waits longer for the store is told that it is unsure, milliseconds. */
  readonly unsureAfterMs: number;
  /** Bytes of batches that may wait for the store: beyond that, nothing more is taken (P10). */
  readonly pendingBytesMost: number;
  /** Bytes of batches that go into one append. */
  readonly appendBytesMost: number;
}

/**
 * Ten seconds: a database that starts again is back by then. 64 MiB: some seconds of what a machine can take. 8 MiB in
 * an append: more makes those wait longer who came first, and commits no cheaper.
 */
export const LOG_LIMITS: LogLimits = {
  unsureAfterMs: 10_000,
  pendingBytesMost: 64 * 2 ** 20,
  appendBytesMost: 8 * 2 ** 20,
};

/** How often in `unsureAfterMs` it is looked whether somebody has waited too long. */
const LOOKS = 4;

/** Pauses between attempts to reach the store, milliseconds; the last goes on. */
const PAUSES_MS = [10, 50, 250, 1000];

/** A batch that waits for the store. */
interface Waiting {
  readonly batch: ScanBatch;
  readonly bytes: Uint8Array;
  readonly message: number;
  readonly since: number;
  readonly resolve: (outcomes: Outcomes) => void;
  readonly reject: (error: Held) => void;
}

/**
 * Writes batches down in the order in which they came, then applies them, then answers (T6, P7): all that came while the store
 * was at work goes into one append.
 *
 * An append that fails is unknown. Its last entry is read back by number and hash: there, all of it was done; absent, the very
 * same entries are appended again, which can do no harm, for a number can be used once. Another entry there, or a
 * newer epoch, and this owner has lost the log: it says so to all and never writes again.
 */
export class LogWriter {
  /** Why this owner has lost the log. */
  lost: string | undefined;
  #waiting: Waiting[] = [];
  #inFlight: readonly Waiting[] = [];
  #pendingBytes = 0;
  #isUnsure = false;
  #watching = false;
  #running: Promise<void> | undefined;

  constructor(
    private readonly log: ScanLog,
    private readonly epoch: number,
    private last: LogEntry | undefined,
    private readonly apply: (batch: ScanBatch) => Outcomes,
    private readonly timing: Timing,
    private readonly limits: LogLimits,
  ) {}

  /** The last entry that is durable. */
  get seq(): number {
    return this.last?.seq ?? 0;
  }

  /** Scans that wait for the store. */
  get waiting(): number {
    return [...this.#inFlight, ...this.#waiting].reduce((sum, { batch }) => sum + batch.count, 0);
  }

  /** Milliseconds that the batch which has waited longest waits. */
  get behindMs(): number {
    const since = (this.#inFlight[0] ?? this.#waiting[0])?.since;
    return since === undefined ? 0 : this.timing.elapsed() - since;
  }

  /** Resolves with what became of each scan, when the batch is durable and applied; rejects with Held. */
  take(batch: ScanBatch, message: number): Promise<Outcomes> {
    const held = this.#held();
    if (held) return Promise.reject(held);
    const bytes = encodeBatch(batch);
    this.#pendingBytes += bytes.byteLength;
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        batch,
        bytes,
        message,
        since: this.timing.elapsed(),
        resolve,
        reject,
      });
      this.#running ??= this.#run().finally(() => {
        this.#running = undefined;
      });
    });
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    await this.#running;
  }

  #held(): Held | undefined {
    if (this.lost !== undefined) return new Held('lost', this.lost);
    if (this.#isUnsure) return new Held('unsure', 'the log of scans does not answer');
    if (this.#pendingBytes > this.limits.pendingBytesMost) {
      return new Held('busy', 'the log of scans is behind');
    }
    return undefined;
  }

  async #run(): Promise<void> {
    // What comes in the same turn goes into one append.
    await Promise.resolve();
    if (!this.#watching) void this.#watch();
    while (this.#waiting.length > 0 && this.lost === undefined) {
      const group = this.#cut();
      this.#inFlight = group;
      const entries = this.#chain(group);
      if (!(await this.#append(entries))) break;
      this.last = entries.at(-1);
      this.#inFlight = [];
      if (!this.#settle(group, entries)) break;
    }
  }

  /** As many of those who wait as go into one append. */
  #cut(): Waiting[] {
    let bytes = 0;
    let n = 0;
    do bytes += this.#waiting[n++].bytes.byteLength;
    while (n < this.#waiting.length && bytes < this.limits.appendBytesMost);
    return this.#waiting.splice(0, n);
  }

  #chain(group: readonly Waiting[]): LogEntry[] {
    let { last } = this;
    return group.map(({ batch, bytes, message }) => {
      const body = {
        seq: (last?.seq ?? 0) + 1,
        epoch: this.epoch,
        receivedAt: Math.max(batch.receivedAt, last?.receivedAt ?? Number.NEGATIVE_INFINITY),
        source: batch.source,
        scans: batch.count,
        bytes,
        message,
      };
      last = { ...body, hash: hashOf(last?.hash ?? NO_HASH, body) };
      return last;
    });
  }

  /** Applies and answers; what cannot be counted stops this owner, and whoever opens the log next counts anew (P15). */
  #settle(group: readonly Waiting[], entries: readonly LogEntry[]): boolean {
    for (const [i, { batch, bytes, resolve, reject }] of group.entries()) {
      const { seq, receivedAt } = entries[i];
      this.#pendingBytes -= bytes.byteLength;
      if (this.lost !== undefined) {
        reject(new Held('lost', this.lost));
        continue;
      }
      try {
        resolve(this.apply({ ...batch, seq, receivedAt }));
      } catch (error) {
        this.#lose(`entry ${seq} could not be counted: ${String(error)}`);
        reject(new Held('lost', String(this.lost)));
      }
    }
    return this.lost === undefined;
  }

  /** Whether the entries are appended; if not, the log is lost. */
  async #append(entries: readonly LogEntry[]): Promise<boolean> {
    for (let attempt = 0; ; attempt++) {
      const outcome = await this.#attempt(entries);
      if (outcome === 'appended') {
        this.#isUnsure = false;
        return true;
      }
      if (outcome !== 'unknown') {
        this.#lose(LOSSES[outcome]);
        return false;
      }
      await this.timing.sleep(PAUSES_MS[Math.min(attempt, PAUSES_MS.length - 1)]);
    }
  }

  /** Appends, or finds out; `unknown`: neither could be done, or it is not there and may be appended again. */
  async #attempt(entries: readonly LogEntry[]): Promise<'appended' | 'unknown' | Loss> {
    const outcome = await this.log.append(entries).catch(() => UNKNOWN);
    if (outcome === 'appended') return 'appended';
    const last = entries[entries.length - 1];
    const found = await this.log.find(last.seq).catch(() => UNKNOWN);
    if (found === UNKNOWN) return 'unknown';
    if (found) return isSameHash(found.hash, last.hash) ? 'appended' : 'overtaken';
    if (outcome === 'fenced') return 'fenced';
    return outcome === 'taken' ? 'overtaken' : 'unknown';
  }

  /** Tells those who wait too long, however long a call to the store takes (P4). */
  async #watch(): Promise<void> {
    this.#watching = true;
    while (this.#running !== undefined) {
      await this.timing.sleep(this.limits.unsureAfterMs / LOOKS);
      if (this.#running === undefined || this.behindMs < this.limits.unsureAfterMs) continue;
      this.#isUnsure = true;
      this.#tell(new Held('unsure', 'the log of scans did not answer in time'));
    }
    this.#watching = false;
  }

  #lose(why: string): void {
    this.lost = why;
    this.#tell(new Held('lost', this.lost));
    this.#inFlight = [];
  }

  /** Those under way may be written yet; those who only wait are not. */
  #tell(held: Held): void {
    for (const { reject } of this.#inFlight) reject(held);
    for (const { bytes, reject } of this.#waiting) {
      this.#pendingBytes -= bytes.byteLength;
      reject(held);
    }
    this.#waiting = [];
  }
}

const UNKNOWN = 'unknown' as const;

type Loss = 'fenced' | 'overtaken';

const LOSSES: Readonly<Record<Loss, string>> = {
  fenced: 'another process has taken the log of scans',
  overtaken: 'another process has written to the log of scans',
};
