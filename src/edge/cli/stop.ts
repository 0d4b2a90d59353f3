const INTERRUPTED = 'interrupted: nothing was written';

/**
 * Ctrl-C, or a termination request, where a part of the result is no use: the program ends at once,
 * without waiting for a planner to wind up; once writing has begun, as soon as what was written is
 * removed.
 */
export class Stop {
  readonly #writing = new AbortController();
  #isWriting = false;

  constructor() {
    process.once('SIGINT', this.#on);
    process.once('SIGTERM', this.#on);
  }

  /** Begins to write: from now on the writer is told to stop. */
  writing(): AbortSignal {
    this.#isWriting = true;
    return this.#writing.signal;
  }

  /** Gives the signals back their usual meaning. */
  end(): void {
    process.off('SIGINT', this.#on);
    process.off('SIGTERM', this.#on);
  }

  readonly #on = (): void => {
    if (this.#isWriting) {
      this.#writing.abort(new Error(INTERRUPTED));
      return;
    }
    process.stderr.write(`${process.stderr.isTTY ? '\r\x1b[K' : ''}error: ${INTERRUPTED}\n`);
    process.exit(1);
  };
}
