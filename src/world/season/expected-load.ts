import { type ExpressNetwork, trunksOf } from './network.js';
import type { Plant } from './plant.js';
import type { ReadyShape } from './ready.js';
import { emptySteps, type StepMaker } from './steps.js';

/**
 * Expected load of each resource if all parcels were released when ready, on their normal routes:
 *
 *     load(r, t) = Σ over lags ℓ of  perDay(r, ℓ) · shape(t − ℓ)
 *
 * with perDay(r, ℓ) the parcels a day that reach r after ℓ slots. Once a season; memory is
 * resources × (longest lag) numbers.
 */
export class ExpectedLoad {
  /** Slots from release to the last load, exclusive. */
  readonly reach: number;
  readonly #perDay: Float64Array;

  constructor(network: ExpressNetwork, plant: Plant, maker: StepMaker) {
    const steps = emptySteps();
    const visit = (each: (i: number, p: number) => void): void => {
      for (let p = 0; p < network.pairs.size; p++) {
        maker.fill(steps, p, trunksOf(network, p)[0]);
        for (let i = 0; i < steps.count; i++) each(i, p);
      }
    };
    let reach = 1;
    visit((i) => {
      reach = Math.max(reach, steps.lag[i] + steps.span[i]);
    });
    const perDay = new Float64Array(plant.resources.length * reach);
    visit((i, p) => {
      const from = steps.resource[i] * reach + steps.lag[i];
      for (let u = 0; u < steps.span[i]; u++) perDay[from + u] += network.pairs.perDay[p];
    });
    this.reach = reach;
    this.#perDay = perDay;
  }

  /** Parcels in each slot ≥ 0 at resource r from the season's demand; what is carried over goes at 0. */
  fromDemand(r: number, shape: ReadyShape): Float64Array {
    return this.#load(r, shape.demand, (i) => Math.max(0, shape.first + i));
  }

  /** The same from what was released before the start. */
  fromBefore(r: number, shape: ReadyShape): Float64Array {
    return this.#load(r, shape.before, (i) => i - shape.before.length);
  }

  #load(r: number, shape: Float64Array, released: (i: number) => number): Float64Array {
    const load = new Float64Array(Math.max(0, released(shape.length)) + this.reach);
    for (let lag = 0; lag < this.reach; lag++) {
      const perDay = this.#perDay[r * this.reach + lag];
      if (perDay === 0) continue;
      for (let i = 0; i < shape.length; i++) {
        const t = released(i) + lag;
        if (t >= 0) load[t] += perDay * shape[i];
      }
    }
    return load;
  }
}
