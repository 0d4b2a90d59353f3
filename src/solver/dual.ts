import type { Kernel } from './kernel-memory.js';
import { Preconditioner } from './precondition.js';
import type { Problem } from './problem.js';

/**
 * Prices by accelerated ascent on the smoothed dual. The temperature falls geometrically at every
 * iteration and the momentum is never reset: it then predicts the path of the prices as the
 * temperature falls. The path also tells where it leads: the prices' distance to their limit is
 * about proportional to the temperature, so the end of the path is extrapolated to temperature 0
 * (docs/maths/plan.md#ascent, #extrapolation).
 */
export class Dual {
  /** Per entry of the resource rows. */
  readonly price: Float64Array;
  readonly #before: Float64Array;
  readonly #ahead: Float64Array;
  readonly #step: Float64Array;
  readonly #preconditioner: Preconditioner;
  #age = 0;

  /** Below 1, so that an oscillation dies out within 1 / (1 − momentumMax) iterations. */
  momentumMax = 0.97;

  constructor(
    private readonly problem: Problem,
    private readonly kernel: Kernel,
    start: Float64Array,
  ) {
    const entries = problem.resources.capacity.length;
    this.price = start.slice();
    this.#before = this.price.slice();
    this.#ahead = new Float64Array(entries);
    this.#step = new Float64Array(entries);
    this.#preconditioner = new Preconditioner(problem.resources, meanWeight(problem));
  }

  /** One iteration over the entries of `resources` at temperature mu, in slots. */
  iterate(
    resources: Int32Array,
    mu: number,
    curvature: boolean,
    record?: { keep: number; add: number },
  ): void {
    const { at, capacity } = this.problem.resources;
    const { price } = this;
    const momentum = Math.min(this.momentumMax, this.#age / (this.#age + 3));
    this.#age += 1;
    for (const r of resources) {
      for (let i = at[r]; i < at[r + 1]; i++) {
        this.#ahead[i] = Math.max(0, price[i] + momentum * (price[i] - this.#before[i]));
        this.#before[i] = price[i];
      }
    }
    this.kernel.evaluate(this.#ahead, mu, curvature, record);
    this.#preconditioner.step(resources, this.#ahead, capacity, this.kernel.sums, mu, this.#step);
    for (const r of resources) {
      for (let i = at[r]; i < at[r + 1]; i++) {
        price[i] = Math.max(0, this.#ahead[i] + this.#step[i]);
      }
    }
  }
}

/** Mean weight of the amounts: what a slot of holding costs, to turn temperatures into prices. */
function meanWeight(problem: Problem): number {
  let amount = 0;
  let weighted = 0;
  for (let f = 0; f < problem.flowBundle.length; f++) {
    const { weight } = problem.classes[problem.flowClass[f]];
    for (let c = problem.cohortStart[f]; c < problem.cohortStart[f + 1]; c++) {
      amount += problem.cohortAmount[c];
      weighted += weight * problem.cohortAmount[c];
    }
  }
  return amount > 0 ? weighted / amount : 1;
}
