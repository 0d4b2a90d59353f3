import { activate, atOnceLoads, inactiveLoads } from './activate.js';
import { bound } from './bound.js';
import { type Components, components } from './components.js';
import { Dual } from './dual.js';
import { Kernel } from './kernel-memory.js';
import { type Merged, merge } from './merge.js';
import { objective } from './objective.js';
import type { Packing } from './packing.js';
import type { Problem } from './problem.js';
import { settle } from './settle.js';
import { split } from './split.js';
import { tighten } from './tighten.js';

export interface SolveOptions {
  /** Stop when (Z − L) / max(1, Z) is at most this. */
  readonly gap: number;
  readonly threads: number;
  /** Prices to begin with, per entry of the resource rows. */
  readonly startPrice?: Float64Array;
  /** Asked between iterations: true ends the search with the best plan so far. */
  readonly stop: () => boolean;
  readonly onProgress: (progress: Progress) => void;
  /** Lets other work of the process run. */
  readonly pause: () => Promise<void>;
}

export type Stage = 'merging' | 'prices' | 'settling' | 'placing';

export interface Progress {
  readonly stage: Stage;
  /** Cost of the best plan so far; Infinity before the first. */
  readonly objective: number;
  readonly bound: number;
}

export interface Solution {
  readonly packing: Packing;
  readonly objective: number;
  /** Per entry of the resource rows. */
  readonly price: Float64Array;
  /** The dual function at `price`. */
  readonly bound: number;
  /** The gap was reached; or the rounds were used up; or `stop` said so. */
  readonly ended: 'gap' | 'effort' | 'stopped';
}

/** Temperature of a cold start, in slots: releases spread over half a shift … */
const muFirstLeast = 4;
/** … or over a share of the dearest carry-over, where that is more: prices may have to rise as high. */
const muFirstShare = 1 / 50;
/** The lowest temperature, in slots, that a round begins with. */
const muAgain = 0.1;
/** Iterations of the first round; each later round has twice those of the one before. */
const iterationsLeast = 240;
const iterationsMost = 500;
const roundsMost = 4;
/** Below this gap a round does all it can; a looser one is asked for with less, by these powers of it. */
const gapEasy = 1e-3;
const easeIterations = 0.25;
const easeSweeps = 0.5;
/** A resource becomes active when this share of its estimated load is above capacity. */
const overloadedEstimate = 1e-4;

/** Solves a problem; the method is described and argued in docs/maths/plan.md. */
export async function solve(problem: Problem, options: SolveOptions): Promise<Solution> {
  const kernel = await Kernel.open(problem, options.threads);
  try {
    return await new Search(problem, options, kernel).run();
  } finally {
    kernel.close();
  }
}

class Search {
  #merged!: Merged;
  #parts!: Components;
  /** Active resources. */
  #resources!: Int32Array;
  readonly #active: Uint8Array;
  #bound = -Infinity;
  #price: Float64Array;
  /** Prices are multiples of 1 / grid, a power of ten. */
  readonly #grid: number;
  #best: { readonly packing: Packing; readonly objective: number } | undefined;

  constructor(
    private readonly problem: Problem,
    private readonly options: SolveOptions,
    private readonly kernel: Kernel,
  ) {
    this.#active = new Uint8Array(problem.resources.count);
    this.#price = new Float64Array(problem.resources.capacity.length);
    const least = Math.min(1, ...problem.classes.map(({ weight }) => weight));
    this.#grid = 10 ** Math.min(15, 6 - Math.floor(Math.log10(least)));
  }

  async run(): Promise<Solution> {
    const { problem, options } = this;
    this.#report('merging');
    activate(problem, atOnceLoads(problem), this.#active, 0);
    if (options.startPrice) this.#activatePriced(options.startPrice);
    this.#remerge();
    this.#tryPrice(this.#price);
    if (options.startPrice) this.#tryPrice(options.startPrice);
    const cold = options.startPrice === undefined;
    for (let round = 1; ; round++) {
      const iterations = this.#iterations() * 2 ** (round - 1);
      if (cold && round === 1) await this.#ascend(iterations, this.#muFirst());
      else await this.#ascend(cold ? iterations : Math.round(0.6 * iterations), this.#muNow());
      if (this.#best === undefined || !options.stop()) await this.#makePlan();
      const ended = this.#ended(round);
      if (ended !== undefined) return this.#solution(ended);
    }
  }

  #ended(round: number): Solution['ended'] | undefined {
    const cost = this.#cost;
    if (cost - this.#bound <= this.options.gap * Math.max(1, cost)) return 'gap';
    if (this.options.stop()) return 'stopped';
    return round === roundsMost ? 'effort' : undefined;
  }

  #solution(ended: Solution['ended']): Solution {
    if (this.#best === undefined) throw new Error('a round ended without a plan');
    // Where they are equal, rounding may put L a hair above Z.
    const proven = Math.min(this.#bound, this.#cost);
    return { ...this.#best, price: this.#price, bound: proven, ended };
  }

  #report(stage: Stage): void {
    this.options.onProgress({ stage, objective: this.#cost, bound: this.#bound });
  }

  get #cost(): number {
    return this.#best?.objective ?? Infinity;
  }

  #iterations(): number {
    if (this.#resources.length === 0) return 2;
    const wish = iterationsLeast * (15e6 / this.#merged.cohortSlot.length) ** 0.3;
    const most = Math.min(iterationsMost, Math.max(iterationsLeast, wish));
    return Math.round(most * this.#ease ** easeIterations);
  }

  /** 1 for a gap that asks for all a round can do, below 1 for looser ones. */
  get #ease(): number {
    return Math.min(1, gapEasy / Math.max(gapEasy, this.options.gap));
  }

  #muFirst(): number {
    const { classes, slots } = this.problem;
    let dearest = 0;
    for (const { holding, carryPenalty } of classes) {
      dearest = Math.max(dearest, holding[slots] + carryPenalty);
    }
    return Math.max(muFirstLeast, muFirstShare * dearest);
  }

  /**
   * Where to begin with the prices at hand: they are as good as the overload they leave. With little
   * of it only the last stretch is walked again, slower.
   */
  #muNow(): number {
    this.kernel.evaluate(this.#price, muAgain, true);
    const { load } = this.kernel.sums;
    let over = 0;
    let all = 1;
    for (let i = 0; i < load.length; i++) {
      over += Math.max(0, load[i] - this.problem.resources.capacity[i]);
      all += load[i];
    }
    const muFirst = this.#muFirst();
    return Math.min(muFirst, Math.max(muAgain, 0.75 * muFirst * (over / all)));
  }

  #remerge(): void {
    this.#merged = merge(this.problem, this.#active);
    this.#parts = components(this.#merged, this.problem.resources.count);
    this.kernel.load(this.#merged, this.#parts);
    this.#resources = Int32Array.from(this.#active.keys()).filter((r) => this.#active[r] !== 0);
  }

  #activatePriced(price: Float64Array): void {
    const { at, count } = this.problem.resources;
    for (let r = 0; r < count; r++) {
      for (let i = at[r]; i < at[r + 1]; i++) if (price[i] > 0) this.#active[r] = 1;
    }
  }

  /** One walk down the temperatures from muStart; leaves mean releases in the kernel's records. */
  async #ascend(iterations: number, muStart: number): Promise<void> {
    const muEnd = 2 / iterations;
    const momentum = 1 - 0.47 / Math.sqrt(iterations);
    const averaged = Math.min(8, iterations);
    const dual = new Dual(this.problem, this.kernel, this.#price);
    const checks = new Set([0.2, 0.5, 0.75, 0.9].map((x) => Math.floor(x * iterations)));
    const trail: { mu: number; price: Float64Array }[] = [];
    for (let k = 0; k < iterations; k++) {
      const mu = muStart * (muEnd / muStart) ** (k / (iterations - 1));
      const cooling = Math.max(0, k / iterations - 0.7) / 0.3;
      dual.momentumMax = momentum + (0.85 - momentum) * cooling;
      const stopped = k % 4 === 3 && this.options.stop();
      const a = stopped ? 0 : k - (iterations - averaged);
      const kept = a >= 0 ? { keep: a / (a + 1), add: 1 / (a + 1) } : { keep: 0, add: 1 };
      const check = checks.has(k) && !stopped;
      dual.iterate(this.#resources, mu, k < 10 || k % 5 === 0, a >= 0 || check ? kept : undefined);
      if (stopped) break;
      if (check) {
        this.#activateMore();
        if (k > iterations / 2) this.#tryPrice(dual.price);
      }
      if (mu < 1.7 * muEnd && (k % 4 === 0 || k > iterations - 8)) {
        trail.push({ mu, price: dual.price.slice() });
      }
      if (k % 4 === 0) {
        this.#report('prices');
        await this.options.pause();
      }
    }
    this.#tryPrice(dual.price);
    this.#extrapolate(dual.price, muEnd, trail);
  }

  /** Prices at temperature 0, from those at muEnd and at some temperatures above it. */
  #extrapolate(
    price: Float64Array,
    muEnd: number,
    trail: readonly { mu: number; price: Float64Array }[],
  ): void {
    for (const factor of [1.1, 1.3, 1.6]) {
      const far = trail.find(({ mu }) => mu <= factor * muEnd);
      if (far === undefined || far.mu <= muEnd) continue;
      const reach = muEnd / (far.mu - muEnd);
      this.#tryPrice(price.map((p, i) => p + reach * (p - far.price[i])));
    }
  }

  /** Keeps prices that prove more. Six decimals of the least weight are enough, and make price files short. */
  #tryPrice(price: Float64Array): void {
    const grid = this.#grid;
    const rounded = price.map((p) => Math.max(0, Math.round(p * grid) / grid));
    const value = bound(this.problem, this.#merged, rounded);
    if (!(value > this.#bound)) return;
    this.#bound = value;
    this.#price = rounded;
  }

  #activateMore(): void {
    const load = inactiveLoads(this.problem, this.#merged, this.kernel.records, this.#active);
    if (activate(this.problem, load, this.#active, overloadedEstimate) > 0) this.#remerge();
  }

  async #makePlan(): Promise<void> {
    await settle(this.problem, this.kernel, this.#merged, this.#resources, this.#price, {
      effort: this.#ease ** easeSweeps,
      stop: this.options.stop,
      pause: async () => {
        this.#report('settling');
        await this.options.pause();
      },
    });
    this.#report('placing');
    const { packing, clipped } = split(this.problem, this.#merged, this.kernel.records);
    await this.options.pause();
    tighten(packing);
    const value = objective(packing);
    if (value < this.#cost) {
      this.#best = { packing, objective: value };
    }
    let more = false;
    for (const r of clipped) {
      if (this.#active[r] !== 0) continue;
      this.#active[r] = 1;
      more = true;
    }
    if (more && !this.options.stop()) this.#remerge();
  }
}
