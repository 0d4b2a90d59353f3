import { Held } from '../../units/held.js';
import type { Timing } from '../../units/timing.js';
import type { Gate } from '../gate.js';
import { hashOf, isSameHash, NO_HASH } from './entry-hash.js';
import type { EntryList } from './entry-list.js';
import type { JournalEntry, JournalStore } from './journal-store.js';

export interface WriterLimits {
  /** Whoever waits longer for the store is told that it is unsure, milliseconds. */
  readonly unsureAfterMs: number;
  /** Bytes of records that may wait for the store: beyond that, nothing more is decided (P10). */
  readonly pendingBytesMost: number;
}

/**
 * Ten seconds: a database that starts again is back by then; a shipper that waits longer had better ask again.
 * 64 MiB: half a million decisions, what a database writes in a few seconds.
 */
export const WRITER_LIMITS: WriterLimits = {
  unsureAfterMs: 10_000,
  pendingBytesMost: 64 * 2 ** 20,
};

/** How often in `unsureAfterMs` it is looked whether somebody has waited too long: nobody waits a quarter longer. */
const LOOKS = 4;

/** Pauses between attempts to reach the store, milliseconds; the last goes on. */
const PAUSES_MS = [10, 50, 250, 1000];

/** Waiters for one entry. */
interface Wait {
  readonly since: number;
  readonly done: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: Held) => void;
}

/**
 * Makes what a gate decides durable, one entry at a time (P3): what is decided while an entry is under way goes
 * into the next. Whoever waits is told after the entry with its records is appended, never before.
 *
 * An append that fails is unknown. It is read back by its number and hash: there, it was done; absent, the very same
 * entry is appended again, which can do no harm, for its number can be used once. Another entry there, or a newer
 * epoch, and this owner has lost the shard: it says so to all and never writes again.
 */
export class Writer {
  /** Why this owner has lost the shard. */
  lost: string | undefined;
  /** Ids of the requests decided since the last entry (journal-store.ts). */
  #ids: Uint8Array = new Uint8Array(1 << 12);
  #idsLength = 0;
  #next: Wait | undefined;
  #inFlight: Wait | undefined;
  #isUnsure = false;
  #running = false;
  #watching = false;

  constructor(
    private readonly gate: Gate,
    private readonly epoch: number,
    private readonly store: JournalStore,
    private readonly entries: EntryList,
    private readonly timing: Timing,
    private readonly limits: WriterLimits,
  ) {}

  /** Milliseconds that the oldest record not yet durable has waited. */
  get behindMs(): number {
    const since = this.#inFlight?.since ?? this.#next?.since;
    return since === undefined ? 0 : this.timing.elapsed() - since;
  }

  /** @throws Held if nothing may be decided now. */
  check(): void {
    if (this.lost !== undefined) throw new Held('lost', this.lost);
    if (this.#isUnsure) throw new Held('unsure', 'the ledger does not answer');
    if (4 * this.gate.journal.length > this.limits.pendingBytesMost) {
      throw new Held('busy', 'the ledger is behind');
    }
  }

  addId(ids: Uint8Array, start: number, end: number): void {
    const length = this.#idsLength + end - start + 1;
    if (length > this.#ids.length) {
      const more = new Uint8Array(2 * length);
      more.set(this.#ids.subarray(0, this.#idsLength));
      this.#ids = more;
    }
    this.#ids.set(ids.subarray(start, end), this.#idsLength);
    this.#ids[length - 1] = 0;
    this.#idsLength = length;
  }

  /** Resolves when everything decided so far is durable; rejects with Held. */
  durable(): Promise<void> {
    if (this.lost !== undefined) return Promise.reject(new Held('lost', this.lost));
    if (this.gate.journal.length === 0) return this.#inFlight?.done ?? Promise.resolve();
    this.#next ??= newWait(this.timing.elapsed());
    const { done } = this.#next;
    if (!this.#running) void this.#run();
    if (!this.#watching) void this.#watch();
    return done;
  }

  async #run(): Promise<void> {
    this.#running = true;
    // What is asked in the same turn goes into one entry.
    await Promise.resolve();
    while (this.gate.journal.length > 0 && this.lost === undefined) {
      const wait = this.#next ?? newWait(this.timing.elapsed());
      this.#next = undefined;
      this.#inFlight = wait;
      const entry = this.#cut();
      if (!(await this.#append(entry))) break;
      this.entries.add(entry);
      this.#inFlight = undefined;
      wait.resolve();
    }
    this.#running = false;
  }

  #cut(): JournalEntry {
    const { gate, entries, epoch } = this;
    const { last } = entries;
    const firstRow = last ? last.firstRow + last.rows : 0;
    const body = {
      seq: (last?.seq ?? 0) + 1,
      epoch,
      at: gate.state.now,
      firstRow,
      rows: gate.state.tickets.size - firstRow,
      words: gate.journal.take(),
      ids: this.#ids.slice(0, this.#idsLength),
    };
    this.#idsLength = 0;
    return { ...body, notices: gate.notices.take(), hash: hashOf(last?.hash ?? NO_HASH, body) };
  }

  /** Whether the entry is appended; if not, the shard is lost. */
  async #append(entry: JournalEntry): Promise<boolean> {
    for (let attempt = 0; ; attempt++) {
      const outcome = await this.#attempt(entry);
      if (outcome === 'appended') {
        this.#isUnsure = false;
        return true;
      }
      if (outcome !== 'unknown') {
        this.#lose(outcome);
        return false;
      }
      await this.timing.sleep(PAUSES_MS[Math.min(attempt, PAUSES_MS.length - 1)]);
    }
  }

  /** Appends, or finds out; `unknown`: neither could be done, or it is not there and may be appended again. */
  async #attempt(entry: JournalEntry): Promise<'appended' | 'unknown' | Loss> {
    const outcome = await this.store.append(entry).catch(() => UNKNOWN);
    if (outcome === 'appended') return 'appended';
    const found = await this.store.find(entry.seq).catch(() => UNKNOWN);
    if (found === UNKNOWN) return 'unknown';
    if (found) return isSameHash(found.hash, entry.hash) ? 'appended' : 'overtaken';
    return outcome === 'fenced' ? 'fenced' : 'unknown';
  }

  /** Tells those who wait too long, however long a call to the store takes (P4). */
  async #watch(): Promise<void> {
    this.#watching = true;
    while (this.#running) {
      await this.timing.sleep(this.limits.unsureAfterMs / LOOKS);
      this.#giveUpWaiting();
    }
    this.#watching = false;
  }

  #giveUpWaiting(): void {
    if (!this.#inFlight) return;
    const { since } = this.#inFlight;
    if (this.timing.elapsed() - since < this.limits.unsureAfterMs) return;
    this.#isUnsure = true;
    const held = new Held('unsure', 'the ledger did not answer in time');
    this.#inFlight?.reject(held);
    this.#next?.reject(held);
    this.#next = undefined;
  }

  #lose(why: Loss): void {
    this.lost = LOSSES[why];
    const held = new Held('lost', this.lost);
    this.#inFlight?.reject(held);
    this.#next?.reject(held);
    this.#inFlight = undefined;
    this.#next = undefined;
  }
}

const UNKNOWN = 'unknown' as const;

type Loss = 'fenced' | 'overtaken';

const LOSSES: Readonly<Record<Loss, string>> = {
  fenced: 'another owner has taken the shard',
  overtaken: 'another owner has written to the shard',
};

const NOTHING = (): void => {};

function newWait(since: number): Wait {
  let resolve: Wait['resolve'] = NOTHING;
  let reject: Wait['reject'] = NOTHING;
  const done = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  // Whoever decided may have gone: a wait that nobody has is no error.
  done.catch(NOTHING);
  return { since, done, resolve, reject };
}
