import type { Books } from './books.js';
import type { GatePlan } from './gate-plan.js';

/**
 * The plan's prices by entry of the books. Few have one: a bit an entry tells which, so that to learn that
 * there is none does not cost a far read.
 */
export class Prices {
  readonly #has: Int32Array;
  /** By word of bits, the number of prices before it. */
  readonly #before: Int32Array;
  readonly #price: Float64Array;

  constructor({ prices }: GatePlan, books: Books) {
    const words = Math.ceil(books.entries / 32);
    this.#has = new Int32Array(words);
    this.#before = new Int32Array(words);
    const known: number[] = [];
    for (let i = 0; i < prices.price.length; i++) {
      if (!books.has(prices.slot[i]) || !(prices.price[i] > 0)) continue;
      const entry = books.entryOf(prices.resource[i], prices.slot[i]);
      this.#has[entry >> 5] |= 1 << (entry & 31);
      known.push(i);
    }
    for (let word = 1; word < words; word++) {
      this.#before[word] = this.#before[word - 1] + ones(this.#has[word - 1]);
    }
    this.#price = new Float64Array(known.length);
    for (const i of known) {
      this.#price[this.#indexOf(books.entryOf(prices.resource[i], prices.slot[i]))] =
        prices.price[i];
    }
  }

  of(entry: number): number {
    return this.has(entry) ? this.#price[this.#indexOf(entry)] : 0;
  }

  has(entry: number): boolean {
    return (this.#has[entry >> 5] & (1 << (entry & 31))) !== 0;
  }

  #indexOf(entry: number): number {
    const lower = this.#has[entry >> 5] & ((1 << (entry & 31)) - 1);
    return this.#before[entry >> 5] + ones(lower);
  }
}

/** How many bits of a word are 1. */
function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
