import { Random } from '../../../src/world/random.js';

/** One named stream of a run's chance. */
export class Chance {
  readonly #random: Random;

  constructor(
    private readonly seed: number,
    private readonly name: string,
  ) {
    this.#random = new Random(seed, name);
  }

  /** A stream of its own, which draws from this one do not shift. */
  stream(name: string): Chance {
    return new Chance(this.seed, `${this.name}/${name}`);
  }

  /** 0 … n − 1. */
  below(n: number): number {
    return Math.floor(this.#random.uniform() * n);
  }

  /** low … high, both included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  is(probability: number): boolean {
    return this.#random.uniform() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)];
  }

  /** Mostly short, now and then many times as long: mean about `mean`, an integer, at least 1. */
  delay(mean: number): number {
    const u = 1 - this.#random.uniform();
    return Math.max(1, Math.round(-mean * Math.log(u)));
  }
}
