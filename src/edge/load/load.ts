import { setTimeout as sleep } from 'node:timers/promises';
import type { Scenario } from '../../network/scenario.js';
import { Random } from '../../world/random.js';
import { Asking } from './asking.js';
import { type CallCounts, Calls } from './calls.js';
import { Instants } from './instants.js';
import { Latencies } from './latencies.js';
import { Platform } from './platform.js';
import { nothingTold, TOLD, type Told } from './read-results.js';
import { makePool } from './request-pool.js';

export interface LoadOptions {
  readonly scenario: Scenario;
  readonly urls: readonly URL[];
  /** A key for each platform, those of the scenario in their order. */
  readonly keys: readonly string[];
  /** Eight letters that no other run has: ids begin with them. */
  readonly run: string;
  readonly seed: number;
  /** Requests a second; undefined: as many as are answered. */
  readonly rate?: number;
  /** Calls under way at a time, at most: what came due beyond is not sent. Left out, there is no limit. */
  readonly openMost?: number;
  /** Requests a call. */
  readonly batch: number;
  readonly seconds: number;
  /** Before what is measured. */
  readonly warmUpSeconds: number;
  /** The season's clock. */
  readonly now: () => number;
  readonly onSecond?: (second: LoadSecond) => void;
}

export interface LoadSecond {
  readonly second: number;
  readonly isWarmUp: boolean;
  readonly ticketed: number;
  readonly answered: number;
  /** Calls under way or due. */
  readonly open: number;
  readonly refusals: number;
  readonly latencies: Latency;
}

/** Milliseconds, of a call from when it was due. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly most: number;
}

export interface LoadReport {
  readonly seconds: number;
  /** In the seconds measured, those of each call when it was answered. */
  readonly ticketsPerSecond: number;
  readonly answersPerSecond: number;
  readonly calls: number;
  readonly latency: Latency;
  /** Of the whole run. */
  readonly requests: number;
  readonly told: Told;
  readonly counts: CallCounts;
  readonly outcomes: Readonly<Record<string, number>>;
  /** Calls never answered within the time that was given at the end. */
  readonly unanswered: number;
  /** Calls answered with something that is no answer to them. */
  readonly failed: number;
  readonly failures: readonly string[];
}

/** As many calls at a time where there is no rate: enough that the gate never waits for one. */
const CALLS_AT_ONCE = 24;
/** Calls that come together, on average: platforms send in bursts. */
const BURST = 2;
/** How long answers are waited for at the end: a take-over, and what has piled up. */
const LAST_ANSWERS_MS = 60_000;

/** Platforms that send what their customers order, and what they were told. */
export class Load {
  readonly platforms: readonly Platform[];
  readonly #calls: Calls;
  readonly #all = new Latencies();
  readonly #second = new Latencies();
  readonly #random: Random;
  readonly #weights: number[] = [];
  /** Whether nothing new is to be sent. */
  #isOver = false;

  constructor(private readonly options: LoadOptions) {
    const { scenario, urls, keys, seed, run, now } = options;
    this.#calls = new Calls(urls);
    this.#random = new Random(seed, 'arrivals');
    const instants = new Instants(scenario.start, now);
    const latencies = { add: (ms: number) => this.#add(ms) };
    this.platforms = keys.map((key, p) => {
      const random = new Random(seed, `platform ${p}`);
      const prefix = `${run}-${String(p).padStart(2, '0')}-`;
      const pool = makePool(scenario, p % scenario.demand.shippers.size, prefix, random);
      const asking = new Asking(pool, instants, random);
      return new Platform({ key, calls: this.#calls, asking, random, latencies, elapsed });
    });
    const demand = demandOfShippers(scenario);
    let sum = 0;
    for (const p of keys.keys()) this.#weights.push((sum += demand[p % demand.length]));
  }

  /** Calls that are not answered yet. */
  get open(): number {
    return this.#calls.open;
  }

  /** Sends nothing new from now on: `run` resolves when what was sent is answered. */
  end(): void {
    this.#isOver = true;
  }

  /** Sends for as long as was asked for; resolves when all is answered, or is no longer waited for. */
  async run(): Promise<LoadReport> {
    const { rate, seconds, warmUpSeconds } = this.options;
    const begin = elapsed();
    const arrivals = rate === undefined ? this.#answerAfterAnswer() : this.#inTime(begin, rate);
    let from = begin;
    let before = this.#told();
    for (let second = 1; second <= warmUpSeconds + seconds && !this.#isOver; second++) {
      await sleep(Math.max(0, begin + 1000 * second - elapsed()));
      this.#say(second);
      if (second !== warmUpSeconds) continue;
      from = elapsed();
      before = this.#told();
      this.#all.clear();
    }
    const took = (elapsed() - from) / 1000;
    const told = this.#told();
    this.#isOver = true;
    await arrivals;
    for (let waited = 0; this.#calls.open > 0 && waited < LAST_ANSWERS_MS; waited += 20) {
      await sleep(20);
    }
    const unanswered = this.#calls.open;
    this.#calls.close();
    return {
      seconds: took,
      ticketsPerSecond: (told.ticketed - before.ticketed) / took,
      answersPerSecond: (answersOf(told) - answersOf(before)) / took,
      calls: this.#all.count,
      latency: latencyOf(this.#all),
      requests: this.platforms.reduce((sum, { requests }) => sum + requests, 0),
      told: this.#told(),
      counts: this.#calls.counts,
      outcomes: this.#outcomes(),
      unanswered,
      failed: this.platforms.reduce((sum, { failed }) => sum + failed, 0),
      failures: this.platforms.flatMap(({ failures }) => failures),
    };
  }

  /** Calls come when they come, whether or not those before are answered: what waits is counted from when it was due. */
  async #inTime(begin: number, rate: number): Promise<void> {
    const { batch, openMost = Number.POSITIVE_INFINITY } = this.options;
    const gapMs = (1000 * BURST * batch) / rate;
    let due = begin;
    while (!this.#isOver) {
      for (const now = elapsed(); due <= now; due -= gapMs * Math.log(1 - this.#random.uniform())) {
        if (this.#calls.open >= openMost) continue;
        const platform = this.#anyPlatform();
        do platform.ask(batch, due);
        while (this.#random.uniform() < 1 - 1 / BURST);
      }
      await sleep(1);
    }
  }

  /** A call when one is answered. */
  async #answerAfterAnswer(): Promise<void> {
    const { batch } = this.options;
    const ask = (): void => {
      if (!this.#isOver) this.#anyPlatform().ask(batch, elapsed(), ask);
    };
    for (let i = 0; i < CALLS_AT_ONCE; i++) ask();
  }

  /** As often as its demand is large. */
  #anyPlatform(): Platform {
    const weights = this.#weights;
    const x = this.#random.uniform() * weights[weights.length - 1];
    return this.platforms[weights.findIndex((sum) => x < sum)];
  }

  #add(ms: number): void {
    this.#all.add(ms);
    this.#second.add(ms);
  }

  #lastSecond = { ticketed: 0, answers: 0, refusals: 0 };

  #say(second: number): void {
    const { onSecond, warmUpSeconds } = this.options;
    const told = this.#told();
    const last = this.#lastSecond;
    const answers = answersOf(told);
    const { refusals } = this.#calls.counts;
    onSecond?.({
      second,
      isWarmUp: second <= warmUpSeconds,
      ticketed: told.ticketed - last.ticketed,
      answered: answers - last.answers,
      open: this.#calls.open,
      refusals: refusals - last.refusals,
      latencies: latencyOf(this.#second),
    });
    this.#lastSecond = { ticketed: told.ticketed, answers, refusals };
    this.#second.clear();
  }

  #told(): Told {
    const sum = nothingTold();
    for (const { told } of this.platforms) {
      for (const key of TOLD) sum[key] += told[key];
    }
    return sum;
  }

  #outcomes(): Record<string, number> {
    const sum: Record<string, number> = {};
    for (const { outcomes } of this.platforms) {
      for (const [name, count] of outcomes) sum[name] = (sum[name] ?? 0) + count;
    }
    return sum;
  }
}

function elapsed(): number {
  return performance.now();
}

function answersOf({ ticketed, refused, repeated, conflicts, errors }: Told): number {
  return ticketed + refused + repeated + conflicts + errors;
}

function latencyOf(latencies: Latencies): Latency {
  const [p50, p99, p999, most] = latencies.quantiles([0.5, 0.99, 0.999, 1]);
  return { p50, p99, p999, most };
}

/** Parcels of each shipper; 1 where it has none, so that it is heard of. */
function demandOfShippers({ demand }: Scenario): Float64Array {
  const parcels = new Float64Array(demand.shippers.size).fill(1);
  demand.rowShipper.forEach((shipper, row) => {
    parcels[shipper] += demand.rowParcels[row];
  });
  return parcels;
}
