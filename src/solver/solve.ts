import { activate, atOnceLoads, inactiveLoads } from './activate.js';
import { bound } from './bound.js';
import { type Components, components } from './components.js';
import { Dual } from './dual.js';
import { Kernel } from './kernel-memory.js';
import { type Merged, merge } from './merge.js';
import { objective } from './objective.js';
import { Packing } from './packing.js';
import type { Problem } from './problem.js';
import { split } from './split.js';
import { tighten } from './tighten.js';

export interface SolveOptions {
  /** Stop when (Z − L) / max(1, Z) is at most this. */
  readonly gap: number;
  readonly threads: number;
  /** Prices of an earlier plan, per entry of the resource rows. */
  readonly startPrice?: Float64Array;
  /** Asked between iterations: true ends the search with the best plan so far. */
  readonly stop?: () => boolean;
  readonly onProgress?: (progress: Progress) => void;
  /** Lets other work of the process run. */
  readonly pause?: () => Promise<void>;
  readonly debug?: (text: string) => void;
}

export interface Progress {
  readonly stage: 'merge' | 'prices' | 'settle' | 'place';
  /** Share of the stage that is done. */
  readonly done: number;
  /** Cost of the best plan so far; Infinity before the first. */
  readonly objective: number;
  readonly bound: number;
}

export interface Solution {
  readonly packing: Packing;
  readonly price: Float64Array;
  readonly objective: number;
  readonly bound: number;
}

const muStart = 8;

export async function solve(problem: Problem, options: SolveOptions): Promise<Solution> {
  const search = new Search(problem, options);
  try {
    return await search.run();
  } finally {
    search.close();
  }
}

class Search {
  #kernel!: Kernel;
  #merged!: Merged;
  #parts!: Components;
  #resources!: Int32Array;
  readonly #active: Uint8Array;
  readonly #meanWeight: number;
  #bestBound = -Infinity;
  #bestPrice: Float64Array;
  #best: { packing: Packing; objective: number } | undefined;

  constructor(
    private readonly problem: Problem,
    private readonly options: SolveOptions,
  ) {
    this.#active = new Uint8Array(problem.resources.count);
    this.#bestPrice = new Float64Array(problem.resources.capacity.length);
    let amount = 0;
    let weighted = 0;
    for (let f = 0; f < problem.flowBundle.length; f++) {
      const { weight } = problem.classes[problem.flowClass[f]];
      for (let c = problem.cohortStart[f]; c < problem.cohortStart[f + 1]; c++) {
        amount += problem.cohortAmount[c];
        weighted += weight * problem.cohortAmount[c];
      }
    }
    this.#meanWeight = amount > 0 ? weighted / amount : 1;
  }

  close(): void {
    this.#kernel?.close();
  }

  async run(): Promise<Solution> {
    this.#kernel = await Kernel.open(this.problem, this.options.threads);
    activate(this.problem, atOnceLoads(this.problem), this.#active, +(process.env.TOL0 ?? 0.003));
    this.#remerge();
    const iterations = Math.round(
      Math.min(1000, Math.max(240, 240 * (15e6 / this.#cohorts()) ** 0.3)),
    );
    await this.#ascend(iterations);
    await this.#settle();
    this.#place();
    const best = this.#best;
    if (best === undefined) throw new Error('no plan was placed');
    return {
      packing: best.packing,
      objective: best.objective,
      price: this.#bestPrice,
      bound: this.#bestBound,
    };
  }

  #cohorts(): number {
    return this.#merged.cohortSlot.length;
  }

  #remerge(): void {
    this.#merged = merge(this.problem, this.#active);
    this.#parts = components(this.#merged, this.problem.resources.count);
    this.#kernel.load(this.#merged, this.#parts);
    this.#resources = Int32Array.from(this.#active.keys()).filter((r) => this.#active[r] !== 0);
    this.options.debug?.(
      `merged: ${this.#resources.length} resources, ${this.#merged.groups} groups, ${this.#cohorts()} cohorts, ${this.#parts.count} components`,
    );
  }

  async #ascend(iterations: number): Promise<void> {
    const { problem, options } = this;
    const muEnd = 0.002 * (1000 / iterations) ** 1.2;
    const momentumMax = 1 - 30 / Math.max(iterations, 300);
    const dual = new Dual(problem, this.#kernel, this.#meanWeight, momentumMax, options.startPrice);
    const checks = new Set([0.2, 0.5, 0.75, 0.9].map((x) => Math.floor(x * iterations)));
    const trail: { mu: number; price: Float64Array }[] = [];
    const averaged = 8;
    for (let k = 0; k < iterations; k++) {
      const mu = muStart * (muEnd / muStart) ** (k / (iterations - 1));
      const a = k - (iterations - averaged);
      const check = checks.has(k);
      const record = a >= 0 ? { keep: a / (a + 1), add: 1 / (a + 1) } : { keep: 0, add: 1 };
      dual.iterate(
        this.#resources,
        mu,
        k < 10 || k % 3 === 0,
        a >= 0 || check ? record : undefined,
      );
      if (check) this.#activateMore(+(process.env.TOL ?? 1e-4));
      if (mu < 2.1 * muEnd && (k % 4 === 0 || k > iterations - 8)) {
        trail.push({ mu, price: dual.price.slice() });
      }
      if (k % 8 === 0) {
        options.onProgress?.({
          stage: 'prices',
          done: k / iterations,
          objective: this.#best?.objective ?? Infinity,
          bound: this.#bestBound,
        });
        await options.pause?.();
      }
    }
    this.#tryPrice(dual.price);
    for (const factor of [1.1, 1.3, 1.6, 2]) {
      const far = trail.find(({ mu }) => mu <= factor * muEnd);
      if (far === undefined || far.mu <= muEnd) continue;
      const reach = muEnd / (far.mu - muEnd);
      this.#tryPrice(dual.price.map((p, i) => Math.max(0, p + reach * (p - far.price[i]))));
    }
  }

  #tryPrice(price: Float64Array): void {
    const value = bound(this.problem, this.#merged, price);
    this.options.debug?.(`bound ${value.toExponential(6)}`);
    if (value > this.#bestBound) {
      this.#bestBound = value;
      this.#bestPrice = price.slice();
    }
  }

  #activateMore(tolerance: number): void {
    const load = inactiveLoads(this.problem, this.#merged, this.#kernel.records, this.#active);
    const added = activate(this.problem, load, this.#active, tolerance);
    this.options.debug?.(`activated ${added}`);
    if (added > 0) this.#remerge();
  }

  async #settle(): Promise<void> {
    const { capacity } = this.problem.resources;
    const kernel = this.#kernel;
    kernel.roundRecords();
    const price = this.#bestPrice.slice();
    const stiffness = new Float64Array(capacity.length);
    const load = new Float64Array(capacity.length);
    const sweeps = Math.round(Math.min(400, Math.max(30, 30 * (15e6 / this.#cohorts()) ** 0.45)));
    for (let k = 0; k < sweeps; k++) {
      const unit = 0.03 * 10 ** (k / (sweeps - 1));
      for (let i = 0; i < capacity.length; i++) stiffness[i] = unit / (1 + 0.0002 * capacity[i]);
      const moved = kernel.settle(price, stiffness, capacity, 5, k % 2 === 1);
      kernel.settledLoad(load);
      let over = 0;
      let priced = 0;
      for (const r of this.#resources) {
        for (let i = this.problem.resources.at[r]; i < this.problem.resources.at[r + 1]; i++) {
          const g = load[i] - capacity[i];
          price[i] = Math.max(0, price[i] + 0.2 * stiffness[i] * g);
          if (g > 0) over += g;
          priced += Math.abs(g) * this.#bestPrice[i];
        }
      }
      if (k % Math.ceil(sweeps / 10) === 0 || k === sweeps - 1) {
        this.options.debug?.(
          `settle ${k}: moved ${moved} over ${over} priced ${priced.toExponential(3)}`,
        );
      }
      await this.options.pause?.();
    }
  }

  #place(): void {
    const packing = split(this.problem, this.#merged, this.#kernel.records);
    this.options.debug?.(`split ${objective(packing).toExponential(6)}`);
    tighten(
      packing,
      Int32Array.from({ length: this.problem.flowBundle.length }, (_, f) => f),
    );
    const value = objective(packing);
    this.options.debug?.(`tightened ${value.toExponential(6)}`);
    if (this.#best === undefined || value < this.#best.objective) {
      this.#best = { packing, objective: value };
    }
  }
}
