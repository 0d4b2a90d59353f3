import { count, gapText } from './text-table.js';

/** How far a planner has come. */
export interface PlanningProgress {
  readonly seconds: number;
  /** Z of the best plan so far; Infinity before the first. */
  readonly objective: number;
  /** L so far. */
  readonly bound: number;
  readonly gap: number;
  readonly stage: string;
}

/** Between two lines where the output is no terminal: a log should not fill up. */
const LOG_INTERVAL_SECONDS = 5;

/** Shows time, Z, L and gap while a plan is made: one line on a terminal, now and then one in a log. */
export class ProgressLine {
  #logged = -Infinity;

  readonly onProgress = ({ seconds, objective, bound, gap, stage }: PlanningProgress): void => {
    const z = Number.isFinite(objective) ? count(objective) : '–';
    const figures = `Z ${z}  L ${count(bound)}  gap ${Number.isFinite(gap) ? gapText(gap) : '–'}`;
    const line = `${seconds.toFixed(1).padStart(6)} s  ${figures}  ${stage}`;
    if (process.stderr.isTTY) {
      process.stderr.write(`\r\x1b[K${line}`);
    } else if (seconds - this.#logged >= LOG_INTERVAL_SECONDS) {
      this.#logged = seconds;
      process.stderr.write(`${line}\n`);
    }
  };

  end(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  }
}
