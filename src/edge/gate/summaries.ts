/** How old a summary may be, milliseconds: all tickets of a shard are read for one. */
const KEPT_MS = 1000;
/** Nor is a tenth of the time spent on making the same one again. */
const KEPT_TIMES = 10;
/** Summaries kept at a time: those whom nobody asks for again leave. */
const KEPT_MOST = 200;

interface Kept<T> {
  /** Until when it will do. */
  until: number;
  readonly made: Promise<T>;
}

/** Summaries made lately, by what was asked and by whom it may be seen: many who ask the same are answered by one. */
export class Summaries<T> {
  readonly #kept = new Map<string, Kept<T>>();

  /** @param elapsed milliseconds by a clock that only rises. */
  constructor(
    private readonly elapsed: () => number,
    private readonly keptMost = KEPT_MOST,
  ) {}

  get(key: string, make: () => Promise<T>): Promise<T> {
    const asked = this.elapsed();
    const kept = this.#kept.get(key);
    if (kept && asked < kept.until) return kept.made;
    const summary: Kept<T> = { until: Number.POSITIVE_INFINITY, made: make() };
    const end = () => {
      summary.until = asked + Math.max(KEPT_MS, KEPT_TIMES * (this.elapsed() - asked));
    };
    summary.made.then(end, () => this.#kept.delete(key));
    this.#kept.delete(key);
    this.#kept.set(key, summary);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > this.keptMost) this.#kept.delete(oldest);
    return summary.made;
  }
}
