import type { Timing } from '../../units/timing.js';
import type { Warning } from '../../warn/warning.js';
import type { WarnStore } from '../postgres/warn-store.js';
import { type NumberedEvent, numberOf, replayEvents } from './warn-events.js';

/** Between looks at whether something happened, for all who wait together, milliseconds. */
const LOOK_MS = 1_000;

/** The warnings in force, as of one moment. */
export interface OpenWarnings {
  /** Of the last event. */
  readonly seq: number;
  /** When they were assessed last, ms since 1970 by the season's clock; −Infinity before. */
  readonly at: number;
  /** The newest first. */
  readonly warnings: readonly Warning[];
}

/** Reads warnings in any process: those in force as the book has them, those that ended as their events do. */
export class WarnReader {
  #open: OpenWarnings | undefined;
  #head: { readonly at: number; readonly seq: Promise<number> } | undefined;

  constructor(
    private readonly store: WarnStore,
    private readonly timing: Timing,
  ) {}

  async open(): Promise<OpenWarnings> {
    const head = await this.store.head();
    if (this.#open?.seq === head.seq && this.#open.at === head.at) return this.#open;
    const { seq, at, state } = await this.store.read();
    const warnings = (state?.standing ?? []).map(({ warning }) => warning);
    warnings.sort((a, b) => numberOf(b.id) - numberOf(a.id));
    this.#open = { seq, at, warnings };
    return this.#open;
  }

  /** Those that ended, by number from below one downwards. */
  async ended(below: number, most: number): Promise<Warning[]> {
    const numbers = await this.store.endedBelow(below, most);
    const warnings = replayEvents(await this.store.eventsOf(numbers));
    return numbers.flatMap((number) => warnings.get(number) ?? []);
  }

  /** In force, as it was assessed last; or ended. */
  async find(number: number): Promise<Warning | undefined> {
    const { warnings } = await this.open();
    const open = warnings.find(({ id }) => id === `w${number}`);
    return open ?? replayEvents(await this.events(number)).get(number);
  }

  /** All that became of one. */
  events(number: number): Promise<NumberedEvent[]> {
    return this.store.eventsOf([number]);
  }

  /** Events after one; none where nothing happens for `waitMs`, or the signal comes. */
  async after(
    seq: number,
    most: number,
    waitMs: number,
    signal: AbortSignal,
  ): Promise<NumberedEvent[]> {
    const end = this.timing.elapsed() + waitMs;
    while (!signal.aborted) {
      if ((await this.head()) > seq) return this.store.eventsAfter(seq, most);
      if (this.timing.elapsed() >= end) break;
      await this.timing.sleep(Math.min(LOOK_MS, Math.max(1, end - this.timing.elapsed())));
    }
    return [];
  }

  /** Number of the last event, at most LOOK_MS old: asked for once for all who wait. */
  async head(): Promise<number> {
    const now = this.timing.elapsed();
    if (!this.#head || now - this.#head.at >= LOOK_MS) {
      const asked = this.store.head().then(({ seq }) => seq);
      this.#head = { at: now, seq: asked };
      // What failed is asked for again by the next.
      asked.catch(() => {
        if (this.#head?.seq === asked) this.#head = undefined;
      });
    }
    return this.#head.seq;
  }
}
