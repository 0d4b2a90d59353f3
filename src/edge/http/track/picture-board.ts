import type { Picture, TrackService } from '../../track/track-service.js';

/**
 * The newest picture of the network, asked for once for all who look (P10): at most every `everyMs`, and only while somebody
 * looks. Pictures are never changed, so each is shared.
 */
export class PictureBoard {
  #newest: Promise<Picture> | undefined;
  #askedAt = Number.NEGATIVE_INFINITY;
  readonly #waiting = new Set<() => void>();
  #ticking = false;

  constructor(
    private readonly service: Pick<TrackService, 'picture' | 'season'>,
    private readonly everyMs: number,
  ) {}

  /** A picture no older than `everyMs`. */
  picture(): Promise<Picture> {
    const now = this.service.season.timing.elapsed();
    if (!this.#newest || now - this.#askedAt >= this.everyMs) {
      this.#askedAt = now;
      const asked = this.service.picture();
      this.#newest = asked;
      // What failed is asked for again by the next.
      asked.catch(() => {
        if (this.#newest === asked) this.#newest = undefined;
      });
    }
    return this.#newest;
  }

  /** The picture after the next tick of the one clock of all streams; undefined where it is not known, or the signal came. */
  async next(signal: AbortSignal): Promise<Picture | undefined> {
    await this.#tick(signal);
    return signal.aborted ? undefined : this.picture().catch(() => undefined);
  }

  #tick(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        signal.removeEventListener('abort', end);
        this.#waiting.delete(end);
        resolve();
      };
      if (signal.aborted) return resolve();
      signal.addEventListener('abort', end);
      this.#waiting.add(end);
      if (!this.#ticking) this.#tickLater();
    });
  }

  #tickLater(): void {
    this.#ticking = true;
    setTimeout(() => {
      this.#ticking = false;
      for (const tell of this.#waiting) tell();
    }, this.everyMs);
  }
}
