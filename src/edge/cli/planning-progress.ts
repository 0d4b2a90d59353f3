import type { PlanProgress } from '../../plan/plan.js';
import { count, gapText } from './text-table.js';

/** Between two lines: on a terminal often enough to be seen moving; a log should not fill up. */
const TERMINAL_INTERVAL_SECONDS = 0.2;
const LOG_INTERVAL_SECONDS = 5;

/** Shows time, Z, L, gap and stage while a plan is made: one line on a terminal, now and then one in a log. */
export class ProgressLine {
  #shown = -Infinity;

  readonly onProgress = (progress: PlanProgress): void => {
    const terminal = process.stderr.isTTY;
    const interval = terminal ? TERMINAL_INTERVAL_SECONDS : LOG_INTERVAL_SECONDS;
    if (progress.seconds - this.#shown < interval) return;
    this.#shown = progress.seconds;
    const line = progressText(progress);
    process.stderr.write(terminal ? `\r\x1b[K${line}` : `${line}\n`);
  };

  end(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  }
}

/** One line; a dash for what is not known yet. */
export function progressText({ seconds, objective, bound, gap, stage }: PlanProgress): string {
  const time = `${seconds.toFixed(1).padStart(6)} s`;
  const figures = `Z ${known(objective, count)}  L ${known(bound, count)}  gap ${known(gap, gapText)}`;
  return `${time}  ${figures}  ${stage}`;
}

function known(x: number, text: (x: number) => string): string {
  return Number.isFinite(x) ? text(x) : '–';
}
