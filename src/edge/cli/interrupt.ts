/**
 * Ctrl-C, twice: the first asks for the best result so far, the second for nothing at all. A
 * termination request counts as the first.
 */
export class Interrupt {
  readonly #soft = new AbortController();
  readonly #hard = new AbortController();

  /** Aborted by the first Ctrl-C. */
  readonly soft = this.#soft.signal;
  /** Aborted by the second. */
  readonly hard = this.#hard.signal;

  constructor() {
    process.on('SIGINT', this.#on);
    process.on('SIGTERM', this.#on);
  }

  /** Gives the signals back their usual meaning. */
  end(): void {
    process.off('SIGINT', this.#on);
    process.off('SIGTERM', this.#on);
  }

  readonly #on = (): void => {
    if (this.#soft.signal.aborted) {
      this.#hard.abort(new Error('interrupted: nothing was written'));
      return;
    }
    this.#soft.abort();
    process.stderr.write('\nEnding with the best plan so far; Ctrl-C again leaves nothing.\n');
  };
}
