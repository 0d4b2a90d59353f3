/** Distinct rows of four whole numbers, numbered in the order in which they first came. */
export class Tuples {
  readonly rows: number[] = [];
  #slot = new Int32Array(1024).fill(-1);

  get size(): number {
    return this.rows.length / 4;
  }

  /** The number of the row (a, b, c, d), which is added if it is new. */
  intern(a: number, b: number, c: number, d: number): number {
    const { rows } = this;
    const mask = this.#slot.length - 1;
    let at = hash(a, b, c, d) & mask;
    for (; this.#slot[at] >= 0; at = (at + 1) & mask) {
      const i = 4 * this.#slot[at];
      if (rows[i] === a && rows[i + 1] === b && rows[i + 2] === c && rows[i + 3] === d) {
        return this.#slot[at];
      }
    }
    const number = this.size;
    rows.push(a, b, c, d);
    this.#slot[at] = number;
    if (2 * this.size > this.#slot.length) this.#rehash();
    return number;
  }

  #rehash(): void {
    const mask = 2 * this.#slot.length - 1;
    this.#slot = new Int32Array(mask + 1).fill(-1);
    for (let i = 0; i < this.size; i++) {
      const [a, b, c, d] = this.rows.slice(4 * i, 4 * i + 4);
      let at = hash(a, b, c, d) & mask;
      while (this.#slot[at] >= 0) at = (at + 1) & mask;
      this.#slot[at] = i;
    }
  }
}

function hash(a: number, b: number, c: number, d: number): number {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca77);
  h = Math.imul(h ^ (h >>> 15), 0xc2b2ae3d) ^ Math.imul(c, 0x27d4eb2f);
  h = Math.imul(h ^ (h >>> 13), 0x165667b1) ^ Math.imul(d, 0x9e3779b1);
  return (h ^ (h >>> 16)) >>> 0;
}
