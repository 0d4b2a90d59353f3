import { setTimeout as sleep } from 'node:timers/promises';
import type { Scenario } from '../../network/scenario.js';
import { emptyTally, TALLIES, type Tally } from '../../track/sources.js';
import { Random } from '../../world/random.js';
import { type CallCounts, Calls } from './calls.js';
import { Latencies } from './latencies.js';
import type { Latency } from './load.js';
import { ScanBodies } from './scan-bodies.js';
import { livesOf } from './scan-lives.js';
import { ScanSender } from './scan-sender.js';

/** An operator that sends, and its key. */
export interface ScanKey {
  readonly operator: string;
  readonly key: string;
}

export interface ScanLoadOptions {
  readonly scenario: Scenario;
  readonly urls: readonly URL[];
  readonly keys: readonly ScanKey[];
  /** Letters or digits that no other run has: waybill numbers are GEN, this, then digits. */
  readonly run: string;
  readonly seed: number;
  /** Scans a second; undefined: as many as are acknowledged. */
  readonly rate?: number;
  /** Scans a call, 20 to 500. */
  readonly batch: number;
  /** Calls under way at a time where there is no rate. */
  readonly calls: number;
  /** Parcels under way at a time, of all operators; as many as whole calls have. */
  readonly parcels: number;
  /** Shares of scans that are sent twice, and that come late. */
  readonly duplicates: number;
  readonly late: number;
  readonly seconds: number;
  /** Before what is measured. */
  readonly warmUpSeconds: number;
  /** The season's clock. */
  readonly now: () => number;
  readonly onSecond?: (second: ScanLoadSecond) => void;
}

export interface ScanLoadSecond {
  readonly second: number;
  readonly isWarmUp: boolean;
  readonly acknowledged: number;
  /** Calls under way or due. */
  readonly open: number;
  readonly refusals: number;
  readonly latency: Latency;
}

export interface ScanLoadReport {
  readonly seconds: number;
  /** Acknowledged in the seconds measured. */
  readonly scansPerSecond: number;
  readonly calls: number;
  /** Milliseconds, of a call from when it was due. */
  readonly latency: Latency;
  /** Of the whole run. */
  readonly told: Tally;
  readonly distinct: number;
  readonly counts: CallCounts;
  /** Calls never answered within the time that was given at the end. */
  readonly unanswered: number;
  readonly failed: number;
  readonly failures: readonly string[];
}

/** Lives that parcels of an operator have. */
const LIVES = 97;
/** How long answers are waited for at the end. */
const LAST_ANSWERS_MS = 60_000;

/** Operators that scan parcels from collection to delivery, many at a time, and what the server told them. */
export class ScanLoad {
  readonly senders: readonly ScanSender[];
  readonly #calls: Calls;
  readonly #all = new Latencies();
  readonly #second = new Latencies();
  readonly #random: Random;
  #turn = 0;
  #isOver = false;

  constructor(private readonly options: ScanLoadOptions) {
    const { keys, urls, seed } = options;
    this.#calls = new Calls(urls);
    this.#random = new Random(seed, 'arrivals of scans');
    this.senders = keys.map(({ operator, key }) => this.#sender(operator, key));
  }

  /** Sends nothing new from now on: `run` resolves when what was sent is answered. */
  end(): void {
    this.#isOver = true;
  }

  /** Sends for as long as was asked for; resolves when all is answered, or is no longer waited for. */
  async run(): Promise<ScanLoadReport> {
    const { rate, seconds, warmUpSeconds } = this.options;
    const begin = elapsed();
    const arrivals = rate === undefined ? this.#answerAfterAnswer() : this.#inTime(begin, rate);
    let [from, before] = [begin, 0];
    for (let second = 1; second <= warmUpSeconds + seconds && !this.#isOver; second++) {
      await sleep(Math.max(0, begin + 1000 * second - elapsed()));
      this.#say(second);
      if (second !== warmUpSeconds) continue;
      [from, before] = [elapsed(), this.#told().received];
      this.#all.clear();
    }
    const took = (elapsed() - from) / 1000;
    const scansPerSecond = (this.#told().received - before) / took;
    const [calls, latency] = [this.#all.count, latencyOf(this.#all)];
    this.#isOver = true;
    await arrivals;
    for (let waited = 0; this.#calls.open > 0 && waited < LAST_ANSWERS_MS; waited += 20) {
      await sleep(20);
    }
    const unanswered = this.#calls.open;
    this.#calls.close();
    return {
      seconds: took,
      scansPerSecond,
      calls,
      latency,
      told: this.#told(),
      distinct: this.senders.reduce((sum, { distinct }) => sum + distinct, 0),
      counts: this.#calls.counts,
      unanswered,
      failed: this.senders.reduce((sum, { failed }) => sum + failed, 0),
      failures: this.senders.flatMap(({ failures }) => failures),
    };
  }

  #sender(operator: string, key: string): ScanSender {
    const { scenario, keys, run, seed, batch, parcels, duplicates, late, now } = this.options;
    const number = scenario.pairs.operators.list().indexOf(operator);
    const lives = livesOf(scenario, number, LIVES, new Random(seed, `lives of ${operator}`));
    if (lives.length === 0) throw new Error(`the scenario has no route of ${operator}`);
    const [again, old] = [Math.round(batch * duplicates), Math.round(batch * late)];
    const counts = { fresh: batch - again - old, duplicate: again, late: old };
    const add = (ms: number) => {
      this.#all.add(ms);
      this.#second.add(ms);
    };
    return new ScanSender({
      key,
      calls: this.#calls,
      bodies: new ScanBodies(scenario, operator, `GEN${run}`, lives, counts),
      latencies: { add },
      blocks: Math.max(1, Math.round(parcels / keys.length / counts.fresh)),
      elapsed,
      now,
    });
  }

  /** Calls come when they come, whether or not those before are answered: what waits is counted from when it was due. */
  async #inTime(begin: number, rate: number): Promise<void> {
    const gapMs = (1000 * this.options.batch) / rate;
    let due = begin;
    while (!this.#isOver) {
      for (const now = elapsed(); due <= now; due -= gapMs * Math.log(1 - this.#random.uniform())) {
        this.#next().send(due);
      }
      await sleep(1);
    }
  }

  /** A call when one is answered. */
  async #answerAfterAnswer(): Promise<void> {
    const send = (): void => {
      if (!this.#isOver) this.#next().send(elapsed(), send);
    };
    for (let i = 0; i < this.options.calls; i++) send();
  }

  #next(): ScanSender {
    return this.senders[this.#turn++ % this.senders.length];
  }

  #last = { received: 0, refusals: 0 };

  #say(second: number): void {
    const { received } = this.#told();
    const { refusals } = this.#calls.counts;
    this.options.onSecond?.({
      second,
      isWarmUp: second <= this.options.warmUpSeconds,
      acknowledged: received - this.#last.received,
      open: this.#calls.open,
      refusals: refusals - this.#last.refusals,
      latency: latencyOf(this.#second),
    });
    this.#last = { received, refusals };
    this.#second.clear();
  }

  #told(): Tally {
    const sum = emptyTally();
    for (const { told } of this.senders) {
      for (const name of TALLIES) sum[name] += told[name];
    }
    return sum;
  }
}

function elapsed(): number {
  return performance.now();
}

function latencyOf(latencies: Latencies): Latency {
  const [p50, p99, p999, most] = latencies.quantiles([0.5, 0.99, 0.999, 1]);
  return { p50, p99, p999, most };
}
