/** Hours of the season a second of the viewer's. */
export const SPEEDS = [0.25, 0.5, 1, 2, 6] as const;
export type Speed = (typeof SPEEDS)[number];

/**
 * A film's moment, in slots with their parts, and how it moves on. It never goes beyond what is made: there it waits for more, and
 * goes on. Whoever draws listens; whoever counts listens to whole slots only.
 */
export class Player {
  #at: number;
  #isPlaying = false;
  #made = 0;
  #isWhole = false;
  #slotHours = 1;
  #speed: Speed = 1;
  #frame = 0;
  #last = 0;
  readonly #listeners = new Set<() => void>();

  constructor(at: number) {
    this.#at = at;
  }

  get at(): number {
    return Math.min(this.#at, this.#made);
  }

  /** Slots that have passed. */
  get slot(): number {
    return Math.floor(this.at);
  }

  get isPlaying(): boolean {
    return this.#isPlaying;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** @param isWhole nothing more comes. */
  show(made: number, slotHours: number, isWhole: boolean): void {
    this.#made = made;
    this.#slotHours = slotHours;
    this.#isWhole = isWhole;
    if (this.#isPlaying) this.#wake();
    this.#tell();
  }

  /** The speed from now on. */
  set speed(speed: Speed) {
    this.#speed = speed;
  }

  /** Goes to a moment. */
  seek(at: number): void {
    this.#at = Math.max(0, Math.min(this.#made, at));
    this.#tell();
  }

  /** From where it stands; at the end, from the start. */
  play(): void {
    if (this.#isWhole && this.#at >= this.#made) this.#at = 0;
    this.#isPlaying = true;
    this.#last = 0;
    this.#wake();
    this.#tell();
  }

  pause(): void {
    this.#isPlaying = false;
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#tell();
  }

  #wake(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame((now) => this.#step(now));
  }

  #step(now: number): void {
    this.#frame = 0;
    // A page that was hidden does not jump when it is seen again.
    const seconds = this.#last === 0 ? 0 : Math.min(0.1, (now - this.#last) / 1000);
    this.#last = now;
    const next = Math.min(this.#made, this.#at + (seconds * this.#speed) / this.#slotHours);
    const moves = next > this.#at;
    this.#at = Math.max(this.#at, next);
    if (moves || seconds === 0) this.#wake();
    else {
      this.#last = 0;
      this.#isPlaying = !this.#isWhole;
    }
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
