import type { SimulationProgress } from '../../world/simulation/options.js';
import { clock } from '../clock.js';
import { count } from './text-table.js';

/** Between two lines: on a terminal often enough to be seen moving; a log should not fill up. */
const TERMINAL_INTERVAL_SECONDS = 0.2;
const LOG_INTERVAL_SECONDS = 5;

/** Shows how far simulations are: one line on a terminal, now and then one in a log. */
export class SimulationLine {
  readonly #from = clock.now();
  #shown = -Infinity;

  /** What takes the progress of one simulation; `run` says which, such as `plan, seed 2`. */
  of(run: string): (progress: SimulationProgress) => void {
    return (progress) => {
      const seconds = clock.now() - this.#from;
      const terminal = process.stderr.isTTY;
      const interval = terminal ? TERMINAL_INTERVAL_SECONDS : LOG_INTERVAL_SECONDS;
      if (seconds - this.#shown < interval) return;
      this.#shown = seconds;
      const line = `${seconds.toFixed(1).padStart(6)} s  ${run}: ${simulatingText(progress)}`;
      process.stderr.write(terminal ? `\r\x1b[K${line}` : `${line}\n`);
    };
  }

  end(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  }
}

/** Behind the last slot of the season there is only what it left to be done. */
export function simulatingText({
  slot,
  slots,
  ready,
  delivered,
  plans,
}: SimulationProgress): string {
  const at =
    slot <= slots ? `slot ${slot} of ${slots}` : `slot ${slots} of ${slots} + ${slot - slots}`;
  const made = plans === 0 ? '' : `, ${count(plans)} plan${plans === 1 ? '' : 's'}`;
  return `${at}, ${count(ready)} ready, ${count(delivered)} delivered${made}`;
}
