import type { TicketSum } from './gate-service.js';

/** How old a summary may be, milliseconds: all tickets of a shard are read for one. */
const KEPT_MS = 1000;
/** Nor is a tenth of the time spent on making the same one again. */
const KEPT_TIMES = 10;
/** Summaries kept at a time: those whom nobody asks for again leave. */
const KEPT_MOST = 200;

interface Kept {
  /** Until when it will do. */
  until: number;
  readonly rows: Promise<readonly TicketSum[]>;
}

/** Summaries made lately, by what was asked and by whom it may be seen: many who ask the same are answered by one. */
export class Summaries {
  readonly #kept = new Map<string, Kept>();

  /** @param elapsed milliseconds by a clock that only rises. */
  constructor(private readonly elapsed: () => number) {}

  get(key: string, make: () => Promise<readonly TicketSum[]>): Promise<readonly TicketSum[]> {
    const asked = this.elapsed();
    const kept = this.#kept.get(key);
    if (kept && asked < kept.until) return kept.rows;
    const made: Kept = { until: Number.POSITIVE_INFINITY, rows: make() };
    const end = () => {
      made.until = asked + Math.max(KEPT_MS, KEPT_TIMES * (this.elapsed() - asked));
    };
    made.rows.then(end, () => this.#kept.delete(key));
    this.#kept.delete(key);
    this.#kept.set(key, made);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT_MOST) this.#kept.delete(oldest);
    return made.rows;
  }
}
