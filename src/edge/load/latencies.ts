/** Milliseconds that calls took, from when they were due. */
export class Latencies {
  #values = new Float64Array(1 << 12);
  #length = 0;

  get count(): number {
    return this.#length;
  }

  add(ms: number): void {
    if (this.#length === this.#values.length) {
      const more = new Float64Array(2 * this.#length);
      more.set(this.#values);
      this.#values = more;
    }
    this.#values[this.#length++] = ms;
  }

  clear(): void {
    this.#length = 0;
  }

  /** The least value that a share of them does not exceed; NaN of none. */
  quantiles(shares: readonly number[]): number[] {
    const sorted = this.#values.subarray(0, this.#length).toSorted();
    return shares.map((share) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]);
  }
}
