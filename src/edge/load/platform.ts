import type { Random } from '../../world/random.js';
import { type Asked, Asking, FRESH } from './asking.js';
import type { Call, Calls } from './calls.js';
import type { Answer } from './connection.js';
import type { Latencies } from './latencies.js';
import { nothingTold, readResults } from './read-results.js';
import { REFUSAL, Receipts } from './receipts.js';
import { BEFORE_ID, ID_BYTES } from './request-pool.js';

/** Shares of requests whose tickets are confirmed and cancelled. */
const CONFIRMED = 0.02;
const CANCELLED = 0.005;
/** Ids of a call that confirms or cancels. */
const IDS = 100;
/** Share of calls that are not waited for, and how long they are waited for: they are sent again at once. */
const IMPATIENT = 0.001;
const PATIENCE_MS = 50;
/** Statuses that are not answers, kept with their text. */
const FAILURES_KEPT = 5;

export interface PlatformOptions {
  readonly key: string;
  readonly calls: Calls;
  readonly asking: Asking;
  readonly random: Random;
  readonly latencies: Pick<Latencies, 'add'>;
  /** Milliseconds that only go forward. */
  readonly elapsed: () => number;
}

/** A platform at midnight: asks, asks again, confirms, cancels, and remembers what it was told. */
export class Platform {
  readonly receipts = new Receipts();
  readonly told = nothingTold();
  readonly outcomes = new Map<string, number>();
  readonly failures: string[] = [];
  failed = 0;
  #due = { confirm: 0, cancel: 0 };

  constructor(private readonly options: PlatformOptions) {}

  get requests(): number {
    return this.options.asking.requests;
  }

  /** Asks for so many tickets; `answered` is called when it is. */
  ask(count: number, due: number, answered?: () => void): void {
    const { asking, random, latencies, elapsed } = this.options;
    const asked = asking.make(count);
    const patienceMs = random.uniform() < IMPATIENT ? PATIENCE_MS : Number.POSITIVE_INFINITY;
    this.#send('/v1/tickets', asked.body, due, patienceMs, (answer) => {
      latencies.add(elapsed() - due);
      if (answer.status !== 200) this.#fail(answer);
      else if (readResults(answer.body, asked, this.receipts, this.told)) this.#goOn(asked);
      else this.#fail(answer);
      answered?.();
    });
  }

  #goOn(asked: Asked): void {
    this.options.asking.keep(asked);
    for (const [what, share] of [
      ['confirm', CONFIRMED],
      ['cancel', CANCELLED],
    ] as const) {
      this.#due[what] += share * asked.count;
      if (this.#due[what] < IDS) continue;
      this.#due[what] -= IDS;
      this.#change(what, asked);
    }
  }

  /** Confirms or cancels tickets of an answered body. */
  #change(what: 'confirm' | 'cancel', asked: Asked): void {
    const ids: string[] = [];
    const first = Math.floor(this.options.random.uniform() * asked.count);
    for (let k = 0; k < asked.count && ids.length < IDS; k++) {
      const i = (first + k) % asked.count;
      if (asked.kinds[i] !== FRESH || this.receipts.tickets(asked.numbers[i]) === REFUSAL) continue;
      const at = asked.start[i] + BEFORE_ID;
      ids.push(asked.body.toString('latin1', at, at + ID_BYTES));
    }
    if (ids.length === 0) return;
    const body = Buffer.from(JSON.stringify({ ids }));
    const { elapsed } = this.options;
    this.#send(`/v1/tickets/${what}`, body, elapsed(), Number.POSITIVE_INFINITY, (answer) => {
      if (answer.status !== 200) this.#fail(answer);
      else this.#count(what, answer);
    });
  }

  #count(what: string, answer: Answer): void {
    const text = Buffer.from(answer.body).toString();
    for (const [, status] of text.matchAll(/"status":"([a-z-]+)"/g)) {
      const name = `${what}: ${status}`;
      this.outcomes.set(name, (this.outcomes.get(name) ?? 0) + 1);
    }
  }

  #fail({ status, body }: Answer): void {
    this.failed += 1;
    if (this.failures.length >= FAILURES_KEPT) return;
    this.failures.push(`${status} ${Buffer.from(body.subarray(0, 300)).toString()}`);
  }

  #send(path: string, body: Uint8Array, due: number, patienceMs: number, done: Call['done']): void {
    const { calls, key } = this.options;
    calls.send({ path, key, body, due, patienceMs, done });
  }
}
