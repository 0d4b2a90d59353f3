import { setTimeout as sleep } from 'node:timers/promises';
import { CallProblem, checkAnswer } from '../../../client/caller.js';
import type { FaultList } from '../../../network/fault.js';
import { emptyTally, TALLIES, type Tally } from '../../../track/sources.js';
import { cureOf } from './cures.js';
import type { FileScan } from './read-csv-scans.js';
import type { CodeDoubt } from './scan-row.js';

/** Milliseconds between two tries where there is no answer, and how many there are. */
const AGAIN_MS = 1000;
const TRIES_MOST = 5;
/** Tries where a server says to come again: minutes of a busy one. */
const REFUSALS_MOST = 100;
/** Until an answer is not waited for any more. */
const ANSWER_MS = 60_000;

const DOUBTS: Readonly<Record<CodeDoubt, string>> = {
  'unknown-code': 'It is not known what the code stands for.',
  'not-a-scan': 'The code is known, and stands for no scan.',
};

interface Answer extends Tally {
  readonly faults: readonly {
    readonly line: number;
    readonly code: string;
    readonly field?: string;
    readonly text: string;
  }[];
}

/** Sends scans of files to a server, a batch at a time, and adds up what became of them. Sending them again is harmless (T1). */
export class ScanSender {
  readonly tally: Tally = emptyTally();

  /** @param faults gets what is wrong with scans that were quarantined. */
  constructor(
    private readonly url: URL,
    private readonly key: string,
    private readonly faults: FaultList,
  ) {}

  /** @throws CallProblem where it is refused, Error where nothing answers. */
  async send(file: string, scans: readonly FileScan[]): Promise<void> {
    const body = scans.map(({ json }) => json).join('\n');
    const answer = await this.#answer(body);
    for (const name of TALLIES) this.tally[name] += answer[name];
    for (const { line, code, field = '', text } of answer.faults) {
      const { line: at, doubt } = scans[line - 1];
      const rule = doubt && code === 'unknown-kind' ? doubt : code;
      this.faults.add({
        file,
        line: at,
        field: rule === doubt ? '' : field.replace('attributes.', ''),
        rule,
        text: rule === doubt ? DOUBTS[rule] : text,
        cure: cureOf(rule),
      });
    }
  }

  async #answer(body: string): Promise<Answer> {
    for (let tries = 1, refusals = 0; ; ) {
      try {
        return await this.#ask(body);
      } catch (error) {
        if (error instanceof CallProblem) {
          const { retryAfterSeconds } = error;
          if (retryAfterSeconds === undefined || ++refusals > REFUSALS_MOST) throw error;
          await sleep(1000 * retryAfterSeconds);
        } else {
          if (++tries > TRIES_MOST) throw error;
          await sleep(AGAIN_MS);
        }
      }
    }
  }

  async #ask(body: string): Promise<Answer> {
    const response = await fetch(new URL('/v1/scans', this.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${this.key}`, 'content-type': 'application/x-ndjson' },
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_MS),
      body,
    });
    await checkAnswer(response);
    return JSON.parse(await response.text());
  }
}
