/**
 * Which requests were decided: a set of 64 bits of hash each, of shipper and id. Two different ids meet by chance with
 * probability n²/2⁶⁵: one in 10⁴ for 6·10⁷ requests. They would be taken for one, a fault too many and never one too few.
 */
export class RequestIds {
  #low: Int32Array = new Int32Array(1 << 16);
  #high: Int32Array = new Int32Array(1 << 16);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Adds the id ids[start] … ids[end − 1] of a shipper; false if it was there. */
  add(shipper: number, ids: Uint8Array, start: number, end: number): boolean {
    if (4 * this.#size > 3 * this.#low.length) this.#grow();
    let a = Math.imul(shipper ^ 0x9e3779b9, 0x85ebca6b);
    let b = Math.imul(shipper ^ 0x7f4a7c15, 0xc2b2ae35);
    for (let k = start; k < end; k++) {
      a = Math.imul(a ^ ids[k], 0x01000193);
      a ^= a >>> 15;
      b = Math.imul(b + ids[k], 0x2c1b3c6d);
      b ^= b >>> 13;
    }
    a = Math.imul(a ^ (a >>> 16), 0x21f0aaad);
    b = Math.imul(b ^ (b >>> 15), 0x735a2d97) || 1;
    return this.#put(a ^ (a >>> 15), b);
  }

  #put(low: number, high: number): boolean {
    const mask = this.#low.length - 1;
    let at = low & mask;
    // The high word is never 0: 0 is an empty place.
    while (this.#high[at] !== 0) {
      if (this.#high[at] === high && this.#low[at] === low) return false;
      at = (at + 1) & mask;
    }
    this.#low[at] = low;
    this.#high[at] = high;
    this.#size += 1;
    return true;
  }

  #grow(): void {
    const [low, high] = [this.#low, this.#high];
    this.#low = new Int32Array(2 * low.length);
    this.#high = new Int32Array(2 * low.length);
    this.#size = 0;
    for (let i = 0; i < low.length; i++) if (high[i] !== 0) this.#put(low[i], high[i]);
  }
}
