import type { ReplayState } from '../track/replay/replayer.js';
import { count, decimal } from './text-table.js';

/** Between two lines: on a terminal often enough to be seen moving; a log should not fill up. */
const TERMINAL_INTERVAL_MS = 500;
const LOG_INTERVAL_MS = 10_000;

/** Shows how far a replay is: one line on a terminal, now and then one in a log. */
export class ReplayLine {
  readonly #timer = setInterval(
    () => this.#show(),
    process.stderr.isTTY ? TERMINAL_INTERVAL_MS : LOG_INTERVAL_MS,
  );

  constructor(private readonly state: () => ReplayState) {}

  end(): void {
    clearInterval(this.#timer);
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  }

  #show(): void {
    const line = replayingText(this.state());
    process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
  }
}

function replayingText({ told, sentUntil, behindMs, seconds }: ReplayState): string {
  const at = new Date(sentUntil).toISOString().slice(0, 19);
  const behind = behindMs > 5000 ? `, ${decimal(behindMs / 3_600_000, 1)} h behind the clock` : '';
  const perSecond = count(told.received / Math.max(seconds, 1e-3));
  return `${decimal(seconds, 1).padStart(6)} s  ${at}Z: ${count(told.received)} generated scans acknowledged, ${perSecond}/s${behind}`;
}
