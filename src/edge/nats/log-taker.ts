import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcomes, ScanBatch } from '../../track/scans.js';
import { Held } from '../../units/held.js';
import type { TrackedLog } from '../track/tracked-log.js';
import type { MessageTaker } from './scan-messages.js';

/** Before the log is asked again, milliseconds: when it had too much to do, and when it did not answer. */
const BUSY_MS = 20;
const UNSURE_MS = 500;

/** Takes messages to the log that this process owns, each once: one whose fate is unsure is looked up before it is tried again. */
export class LogTaker implements MessageTaker {
  #isOver = false;

  /** @param hasMessage asks the log itself. */
  constructor(
    private readonly owned: TrackedLog,
    private readonly hasMessage: (message: number) => Promise<boolean>,
  ) {}

  /** Leaves what is not taken yet to the next owner. */
  giveUp(): void {
    this.#isOver = true;
  }

  async take(batch: ScanBatch, message: number, isNew: boolean): Promise<Outcomes | undefined> {
    for (let isAbsent = isNew; ; ) {
      this.#check();
      try {
        if (!isAbsent && (await this.hasMessage(message))) return undefined;
      } catch {
        await sleep(UNSURE_MS);
        continue;
      }
      try {
        return await this.owned.take(batch, message);
      } catch (error) {
        if (!(error instanceof Held) || error.why === 'lost') throw error;
        // Too busy: nothing was done, and it is as absent as before.
        if (error.why === 'unsure') {
          isAbsent = false;
          await Promise.race([this.owned.owner.idle(), this.#over()]);
        }
        await sleep(error.why === 'busy' ? BUSY_MS : UNSURE_MS);
      }
    }
  }

  #check(): void {
    if (this.#isOver) throw new Held('lost', 'this process leaves the log to the next owner');
  }

  async #over(): Promise<void> {
    while (!this.#isOver) await sleep(UNSURE_MS);
  }
}
