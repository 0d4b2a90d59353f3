import type { Sums } from './kernel-memory.js';
import type { ResourceRows } from './problem.js';

/**
 * Least curvature of an entry, as a share of what its whole load would answer at once, load / (μ·w̄):
 * 0.3 for the diagonal, since with less an entry that few flows reach is thrown about; 0.01 where
 * springs hold it anyway, so that the system has one solution.
 */
const diagonalFloor = 0.3;
const springFloor = 0.01;

/**
 * One step of the prices from the overload g = load − capacity, with a curvature that knows time.
 *
 * A cohort that is priced out of slot t goes to the slots around it, so prices of neighbouring slots
 * act against each other like the ends of a spring. Per resource the second derivative is modelled
 * by a tridiagonal Laplacian over slots whose spring between u and u + 1 is K(u) = Σ of tilt(v) over
 * v > u: it answers a price that rises steadily exactly as the flows do. What leaves the resource
 * (for another option, or to be left over) is `ground`. The system is solved on each maximal run of
 * slots with a price or an overload, held at zero at both ends, and averaged half and half with the
 * diagonal step g / (2 · max(diagonal, floor)). Why, and how far it is a bound:
 * docs/maths/plan.md#preconditioner.
 *
 * Writes the step into `step`, which has an entry for every entry of `rows`.
 */
export class Preconditioner {
  readonly #conductance: Float64Array;
  readonly #upper: Float64Array;
  readonly #right: Float64Array;

  constructor(
    private readonly rows: ResourceRows,
    private readonly meanWeight: number,
  ) {
    let longest = 0;
    for (let r = 0; r < rows.count; r++) longest = Math.max(longest, rows.at[r + 1] - rows.at[r]);
    this.#conductance = new Float64Array(longest + 1);
    this.#upper = new Float64Array(longest + 1);
    this.#right = new Float64Array(longest + 1);
  }

  /** @param mu temperature, in slots */
  step(
    resources: Int32Array,
    price: Float64Array,
    capacity: Float64Array,
    sums: Sums,
    mu: number,
    step: Float64Array,
  ): void {
    const { at } = this.rows;
    for (const r of resources) {
      const from = at[r];
      const end = at[r + 1];
      this.#springs(from, end, sums.tilt);
      for (let i = from; i < end; ) {
        const bound = price[i] > 0 || sums.load[i] > capacity[i];
        if (!bound) {
          step[i++] = 0;
          continue;
        }
        let j = i + 1;
        while (j < end && (price[j] > 0 || sums.load[j] > capacity[j])) j++;
        this.#solve(from, i, j, capacity, sums, mu, step);
        i = j;
      }
    }
  }

  #springs(from: number, end: number, tilt: Float64Array): void {
    let after = 0;
    for (let i = from; i < end; i++) after += tilt[i];
    for (let i = from + 1, before = 0; i < end; i++) {
      before -= tilt[i - 1];
      after -= tilt[i - 1];
      this.#conductance[i - from] = Math.max(0, before, after); // between i − 1 and i
    }
    this.#conductance[0] = 0;
    this.#conductance[end - from] = 0;
  }

  /** Thomas' algorithm on the run [i, j) of a resource whose entries start at `from`. */
  #solve(
    from: number,
    i: number,
    j: number,
    capacity: Float64Array,
    sums: Sums,
    mu: number,
    step: Float64Array,
  ): void {
    const w = this.meanWeight;
    const upper = this.#upper;
    const right = this.#right;
    for (let u = i; u < j; u++) {
      const low = this.#conductance[u - from];
      const high = this.#conductance[u + 1 - from];
      const floor = (springFloor * Math.max(sums.load[u], capacity[u], 1)) / (mu * w);
      const g = sums.load[u] - capacity[u];
      const pivot = low + high + sums.ground[u] + floor - (u > i ? low * upper[u - 1 - i] : 0);
      upper[u - i] = high / pivot;
      right[u - i] = (g + (u > i ? low * right[u - 1 - i] : 0)) / pivot;
    }
    let steepest = 0;
    for (let u = j - 1, next = 0; u >= i; u--) {
      const d = right[u - i] + upper[u - i] * next;
      right[u - i] = d;
      steepest = Math.max(steepest, Math.abs(d - next));
      next = d;
    }
    steepest = Math.max(steepest, Math.abs(right[0]));
    const shrink = Math.min(1, (2 * mu * w) / steepest);
    for (let u = i; u < j; u++) {
      const g = sums.load[u] - capacity[u];
      const floor = (diagonalFloor * Math.max(sums.load[u], capacity[u], 1)) / (mu * w);
      step[u] = 0.5 * shrink * right[u - i] + (0.25 * g) / Math.max(sums.diagonal[u], floor);
    }
  }
}
