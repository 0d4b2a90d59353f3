import type { Scenario } from '../../../network/scenario.js';
import { emptyTally, TALLIES, type Tally } from '../../../track/sources.js';
import { Held } from '../../../units/held.js';
import type { Timing } from '../../../units/timing.js';
import type { ScanRows } from '../../../world/scans/scan-rows.js';
import type { ScanText } from './scan-text.js';

/** Sends lines of an operator; resolves with what became of them when they are durable. May throw Held: then again. */
export type SendScans = (operator: string, lines: Buffer) => Promise<Tally>;

export interface ReplayOptions {
  readonly scenario: Scenario;
  /** Slot by slot, in the order in which they are sent. */
  readonly scans: AsyncIterable<ScanRows>;
  readonly text: ScanText;
  readonly send: SendScans;
  /** The season's clock. */
  readonly timing: Timing;
  /** How many times faster than the season's clock what is past is sent; Infinity: as fast as it is taken. */
  readonly speed: number;
  /** Whether it ends when all that is past is sent, and does not go on with the clock. */
  readonly onlyPast?: boolean;
  /** Operators whose scans are sent; left out, all. */
  readonly operators?: ReadonlySet<string>;
  /** What was sent by an operator before this moment of the season's clock, ms since 1970, is not sent again. */
  readonly sentBefore?: (operator: string) => number;
  readonly signal: AbortSignal;
}

export interface ReplayState {
  /** Sent and acknowledged, by outcome. */
  readonly told: Tally;
  readonly batches: number;
  /** Times that somebody said to come again. */
  readonly held: number;
  /** The moment of the season's clock up to which it is sent, and how far that lies behind it; ms. */
  readonly sentUntil: number;
  readonly behindMs: number;
  readonly seconds: number;
}

/** Scans of one call. */
const BATCH = 500;
/** Calls of one operator under way at a time: more come in another order than they were scanned, for nothing. */
const CALLS_MOST = 4;
/** How long a scan waits for others to make a batch with, when the replay is up with the clock. */
const LINGER_MS = 500;
const HELD_MS = 500;

/**
 * Sends a world's scans in the order of time: what is past by the season's clock at `speed`, then each when it is. Several calls
 * are under way for each operator; a call that is refused for now is sent again. Ends with the scans, or by its
 * signal: nothing new is sent then, and `run` resolves when all that was is answered.
 */
export class Replayer {
  readonly #senders: OperatorSender[];
  readonly #told = emptyTally();
  readonly #from: number;
  #held = 0;
  #batches = 0;
  /** Of the world, ms from its slot 0: where it stands, and where it began. */
  #at = 0;
  #firstAt: number | undefined;

  constructor(private readonly options: ReplayOptions) {
    const { scenario, operators } = options;
    this.#from = options.timing.elapsed();
    this.#senders = scenario.pairs.operators.list().map((operator) => {
      const isSent = !operators || operators.has(operator);
      return new OperatorSender(isSent, (lines) => this.#send(operator, lines));
    });
  }

  get state(): ReplayState {
    const { text, timing } = this.options;
    const sentUntil = text.originMs + this.#at;
    return {
      told: { ...this.#told },
      batches: this.#batches,
      held: this.#held,
      sentUntil,
      behindMs: Math.max(0, timing.now() - sentUntil),
      seconds: (timing.elapsed() - this.#from) / 1000,
    };
  }

  async run(): Promise<ReplayState> {
    const { scans, signal } = this.options;
    try {
      for await (const rows of scans) {
        if (!(await this.#sendSlot(rows)) || signal.aborted) break;
      }
    } catch (error) {
      // A world that was stopped throws; what was sent is waited for all the same.
      if (!signal.aborted) throw error;
    }
    for (const sender of this.#senders) await sender.flush();
    await Promise.all(this.#senders.map((sender) => sender.settled()));
    return this.state;
  }

  /** Whether it goes on after the slot. */
  async #sendSlot(rows: ScanRows): Promise<boolean> {
    const { text, signal, scenario, sentBefore } = this.options;
    const before = scenario.pairs.operators
      .list()
      .map((operator) => sentBefore?.(operator) ?? Number.NEGATIVE_INFINITY);
    for (let i = 0; i < rows.count; i++) {
      const operator = rows.operator[i];
      if (text.originMs + rows.sentAt[i] < before[operator]) continue;
      this.#at = rows.sentAt[i];
      if (this.#ahead() > 0 && !(await this.#wait())) return false;
      if (signal.aborted) return false;
      const sender = this.#senders[operator];
      if (sender.isSent && sender.add(text.line(rows, i))) await sender.flush();
    }
    return true;
  }

  /** Milliseconds until it may be sent. */
  #ahead(): number {
    const { text, timing, speed } = this.options;
    const ahead = text.originMs + this.#at - timing.now();
    if (speed === Number.POSITIVE_INFINITY) return ahead;
    this.#firstAt ??= this.#at;
    const elapsed = timing.elapsed() - this.#from;
    return Math.max(ahead, (this.#at - this.#firstAt) / speed - elapsed);
  }

  /** Waits until it may be sent; false if it is not to be. */
  async #wait(): Promise<boolean> {
    const { text, timing, signal, onlyPast } = this.options;
    for (let ahead = this.#ahead(); ahead > 0 && !signal.aborted; ahead = this.#ahead()) {
      if (onlyPast && text.originMs + this.#at > timing.now()) return false;
      for (const sender of this.#senders) await sender.flush();
      await timing.sleep(LINGER_MS);
    }
    return !signal.aborted;
  }

  async #send(operator: string, lines: Buffer): Promise<void> {
    const { send, timing, signal } = this.options;
    for (;;) {
      try {
        const tally = await send(operator, lines);
        for (const name of TALLIES) this.#told[name] += tally[name];
        this.#batches += 1;
        return;
      } catch (error) {
        if (!(error instanceof Held)) throw error;
        this.#held += 1;
        if (signal.aborted) return;
        await timing.sleep(HELD_MS);
      }
    }
  }
}

/** Makes batches of an operator's lines and keeps a few under way. */
class OperatorSender {
  #lines: string[] = [];
  readonly #underWay = new Set<Promise<void>>();
  #error: unknown;

  constructor(
    readonly isSent: boolean,
    private readonly send: (lines: Buffer) => Promise<void>,
  ) {}

  /** Whether there is a batch now. */
  add(line: string): boolean {
    return this.#lines.push(line) >= BATCH;
  }

  /** Sends what there is, when there is room for a call. @throws what a call before failed of */
  async flush(): Promise<void> {
    while (this.#underWay.size >= CALLS_MOST) await Promise.race(this.#underWay);
    if (this.#error !== undefined) throw this.#error;
    if (this.#lines.length === 0) return;
    const body = Buffer.from(this.#lines.join(''));
    this.#lines = [];
    const call: Promise<void> = this.send(body)
      .catch((error: unknown) => {
        this.#error ??= error;
      })
      .finally(() => this.#underWay.delete(call));
    this.#underWay.add(call);
  }

  async settled(): Promise<void> {
    await Promise.all(this.#underWay);
    if (this.#error !== undefined) throw this.#error;
  }
}
