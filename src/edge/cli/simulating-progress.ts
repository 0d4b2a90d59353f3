import type { SimulationProgress } from '../../world/simulation/options.js';
import { clock } from '../clock.js';
import { count } from './text-table.js';

/** Between two lines: on a terminal often enough to be seen moving; a log should not fill up. */
const TERMINAL_INTERVAL_MS = 200;
const LOG_INTERVAL_MS = 5000;

/**
 * Shows how far simulations are: one line on a terminal, now and then one in a log. Also while a plan is
 * made and no slot passes.
 */
export class SimulationLine {
  readonly #from = clock.now();
  readonly #timer = setInterval(
    () => this.#show(),
    process.stderr.isTTY ? TERMINAL_INTERVAL_MS : LOG_INTERVAL_MS,
  );
  #run = '';
  #progress: SimulationProgress | undefined;

  /** Begins with a simulation, such as `plan, seed 2`; returns what takes its progress. */
  begin(run: string): (progress: SimulationProgress) => void {
    this.#run = run;
    this.#progress = undefined;
    return (progress) => {
      this.#progress = progress;
    };
  }

  end(): void {
    clearInterval(this.#timer);
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  }

  #show(): void {
    const seconds = (clock.now() - this.#from).toFixed(1).padStart(6);
    const at = this.#progress ? simulatingText(this.#progress) : 'begins';
    const line = `${seconds} s  ${this.#run}: ${at}`;
    process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
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
