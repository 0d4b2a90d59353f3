/** Texts kept at a time; more would be for sights that hardly anybody shares. */
const KEPT_MOST = 500;

/** Texts that are the same for all who ask with the same key, each made anew after so many milliseconds. */
export class SharedTexts<T> {
  readonly #kept = new Map<string, { readonly at: number; readonly text: Promise<T> }>();

  constructor(
    private readonly elapsed: () => number,
    private readonly everyMs: number,
  ) {}

  get(key: string, make: () => Promise<T>): Promise<T> {
    const now = this.elapsed();
    const kept = this.#kept.get(key);
    if (kept && now - kept.at < this.everyMs) return kept.text;
    const text = make();
    this.#kept.delete(key);
    this.#kept.set(key, { at: now, text });
    // What failed is made again for the next.
    text.catch(() => this.#kept.delete(key));
    if (this.#kept.size > KEPT_MOST) {
      const [oldest] = this.#kept.keys();
      this.#kept.delete(oldest);
    }
    return text;
  }
}
