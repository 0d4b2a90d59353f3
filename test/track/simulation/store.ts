import type { LogAppended, LogEntry, ScanLog } from '../../../src/track/owner/scan-log.js';
import type { Chance } from '../../gate/simulation/chance.js';
import type { Scheduler } from '../../gate/simulation/scheduler.js';

/** What a campaign must come to. */
export const CLASSES = [
  'append: lost before it was done',
  'append: done, its reply lost',
  'append: given up, done later',
  'append: of an owner that is gone',
  'append: fenced',
  'append: taken',
  'append: many batches at once',
  'find: failed',
  'held: busy',
  'held: unsure',
  'held: lost',
  'crash with an append under way',
  'snapshot: parts as of different batches',
  'snapshot: broken off by a crash',
  'restart from a snapshot',
  'restart from the log alone',
] as const;
export type Class = (typeof CLASSES)[number];

/** How often each class was come to. */
export class Reached {
  readonly counts = new Map<Class, number>();

  add(name: Class): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }
}

/** The log as the database has it: every call is one instant. */
export class Ledger {
  epoch = 0;
  readonly entries: LogEntry[] = [];

  take(): number {
    return ++this.epoch;
  }

  append(entries: readonly LogEntry[]): LogAppended {
    if (entries[0].epoch !== this.epoch) return 'fenced';
    if (entries[0].seq <= this.entries.length) return 'taken';
    if (entries[0].seq > this.entries.length + 1) throw new Error('a gap');
    this.entries.push(...entries);
    return 'appended';
  }
}

/** One owner's way to the ledger: calls are late, are lost, or are done and nobody is told. */
export class WeakLog implements ScanLog {
  /** Set when its owner has crashed: nothing comes back any more. */
  isGone = false;
  /** Appends on their way. */
  underWay = 0;

  constructor(
    private readonly ledger: Ledger,
    private readonly scheduler: Scheduler,
    private readonly chance: Chance,
    private readonly reached: Reached,
    /** How often a call fails. */
    private readonly failing: number,
  ) {}

  take(): Promise<number> {
    return this.#call(() => this.ledger.take(), 0);
  }

  append(entries: readonly LogEntry[]): Promise<LogAppended> {
    if (entries.length > 1) this.reached.add('append: many batches at once');
    this.underWay += 1;
    const call = this.#call(() => {
      const outcome = this.ledger.append(entries);
      if (this.isGone && outcome === 'appended')
        this.reached.add('append: of an owner that is gone');
      if (outcome === 'fenced') this.reached.add('append: fenced');
      if (outcome === 'taken') this.reached.add('append: taken');
      return outcome;
    }, this.failing);
    return call.finally(() => {
      this.underWay -= 1;
    });
  }

  async last(): Promise<LogEntry | undefined> {
    return this.#call(() => this.ledger.entries.at(-1), 0);
  }

  async find(seq: number): Promise<LogEntry | undefined> {
    return this.#call(
      () => this.ledger.entries[seq - 1],
      this.failing,
      () => this.reached.add('find: failed'),
    );
  }

  async hasMessage(message: number): Promise<boolean> {
    return this.#call(() => this.ledger.entries.some((entry) => entry.message === message), 0);
  }

  async *read(seq: number): AsyncIterable<LogEntry> {
    for (let next = seq; ; next++) {
      const entry = await this.#call(() => this.ledger.entries[next - 1], 0);
      if (!entry) return;
      yield entry;
    }
  }

  #call<T>(work: () => T, failing: number, failed = () => undefined as void): Promise<T> {
    const { chance, scheduler, reached } = this;
    const there = chance.delay(chance.is(0.03) ? 3000 : 4);
    const back = chance.delay(4);
    const fate = chance.is(failing) ? chance.below(3) : -1;
    return new Promise((resolve, reject) => {
      const answer = (act: () => void) =>
        scheduler.after(back, () => {
          if (!this.isGone) act();
        });
      const fail = () => {
        failed();
        reject(new Error('the connection broke'));
      };
      scheduler.after(there, () => {
        if (fate === 0) {
          reached.add('append: lost before it was done');
          answer(fail);
          return;
        }
        if (fate === 1) {
          reached.add('append: given up, done later');
          scheduler.after(chance.delay(50), () => attempt(work));
          answer(fail);
          return;
        }
        if (fate === 2) reached.add('append: done, its reply lost');
        try {
          const result = work();
          answer(() => (fate === 2 ? fail() : resolve(result)));
        } catch (error) {
          answer(() => reject(error));
        }
      });
    });
  }
}

/** A call that nobody waits for any more. */
function attempt(work: () => unknown): void {
  try {
    work();
  } catch {
    // A gap: what came before it never was.
  }
}
