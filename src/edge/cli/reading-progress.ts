import type { ReadProgress } from '../../network/read-scenario.js';
import { count } from './text-table.js';

/** Between two lines of progress: often enough to be seen moving. */
const INTERVAL_MS = 200;

/** Follows a read, and shows it on a terminal in one line that is erased at the end. */
export class ReadingProgress {
  demandRows = 0;
  readonly #from = performance.now();
  #shown = -Infinity;
  #seconds: number | undefined;

  readonly onProgress = ({ table, rows }: ReadProgress): void => {
    if (table === 'demand') this.demandRows = rows;
    const now = performance.now();
    if (!process.stderr.isTTY || now - this.#shown < INTERVAL_MS) return;
    this.#shown = now;
    process.stderr.write(`\r\x1b[Kreading ${table}: ${count(rows)} rows`);
  };

  /** Wall time up to `end`, in seconds. */
  get seconds(): number {
    return this.#seconds ?? (performance.now() - this.#from) / 1000;
  }

  end(): void {
    this.#seconds = this.seconds;
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  }
}
