import { count } from './text-table.js';

/** Between two lines: on a terminal often enough to be seen moving; a log should not fill up. */
const TERMINAL_INTERVAL_MS = 200;
const LOG_INTERVAL_MS = 5000;

/** Shows how many scans were sent: one line on a terminal, now and then one in a log. */
export class SendingProgress {
  #sent = 0;
  readonly #from = performance.now();
  #shown = this.#from;

  constructor(private readonly total: number) {}

  add(scans: number): void {
    this.#sent += scans;
    const terminal = process.stderr.isTTY;
    const now = performance.now();
    if (now - this.#shown < (terminal ? TERMINAL_INTERVAL_MS : LOG_INTERVAL_MS)) return;
    this.#shown = now;
    const rate = Math.round((1000 * this.#sent) / (now - this.#from));
    const line = `${count(this.#sent)} of ${count(this.total)} scans sent, ${count(rate)} a second`;
    process.stderr.write(terminal ? `\r\x1b[K${line}` : `${line}\n`);
  }

  end(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  }
}
