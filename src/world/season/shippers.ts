import { Random } from '../random.js';
import type { ExpressNetwork } from './network.js';

/** Platforms and merchant groups on them, by number: shares of an average origin, modelled. */
const SHARES = [0.42, 0.28, 0.18, 0.12];
/** Spread of a shipper's share from origin to origin: modelled. */
const SPREAD = 0.4;
/** A shipper with less than this part of all parcels is not told apart in a pair: modelled. */
const LEAST_PART = 2e-6;
/** Nor is one with fewer parcels in a mean slot: modelled. */
const LEAST_PER_SLOT = 6;

export const SHIPPERS = SHARES.map((_, i) => `P${i + 1}`);

/** Who ships at each origin and pair. */
export class ShipperMix {
  readonly #shares: Float64Array;
  readonly #random: Random;
  readonly #order = SHARES.map((_, i) => i);
  readonly #key = new Float64Array(SHARES.length);

  /** Parcels of a pair below which a shipper is not told apart. */
  readonly #least: number;

  constructor(network: ExpressNetwork, total: number, slots: number, seed: number) {
    this.#least = Math.max(LEAST_PART * total, LEAST_PER_SLOT * slots);
    const random = new Random(seed, 'shippers');
    this.#shares = Float64Array.from(
      { length: network.cities.length * SHARES.length },
      (_, i) => SHARES[i % SHARES.length] * random.factor(SPREAD),
    );
    this.#random = new Random(seed, 'shippers of pairs');
  }

  /**
   * Fills `shares` for a pair of so many parcels: shippers are drawn with odds like
   * their shares at the origin (Efraimidis and Spirakis 2006), the first and those after it that are
   * large enough; the others get 0.
   */
  fill(shares: Float64Array, origin: number, parcels: number): void {
    const at = origin * SHARES.length;
    for (let i = 0; i < SHARES.length; i++) {
      this.#key[i] = -Math.log(1 - this.#random.uniform()) / this.#shares[at + i];
    }
    this.#order.sort((a, b) => this.#key[a] - this.#key[b] || a - b);
    shares.fill(0);
    for (const [rank, i] of this.#order.entries()) {
      const share = this.#shares[at + i];
      if (rank === 0 || parcels * share >= this.#least) shares[i] = share;
    }
  }
}
