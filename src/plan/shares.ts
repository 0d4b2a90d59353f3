/**
 * Shares of one cohort's releases among its shippers (constraint 3): after R of N parcels, a shipper
 * that has n of the N has had x with |x·N − n·R| < N, at every R. Each shipper is raised to
 * ⌊n·R/N⌋; the rest goes, one each, to those below n·R/N whose next parcel is due first, at
 * ⌈(x + 1)·N/n⌉ releases; ties to the first. That this never paints itself into a corner is shown in
 * docs/maths/plan.md#shares. Several released at once may differ from one by one; both keep the rule.
 */
export class Shares {
  /** Parcels of each shipper released so far; the first `count` entries count. */
  given = new Float64Array(16);
  count = 0;
  #size = new Float64Array(16);
  #due = new Float64Array(16);
  #order = new Int32Array(16);
  #total = 0;
  #released = 0;

  /** Begins a cohort with parcels[from … until − 1] per shipper. */
  open(parcels: Uint32Array, from: number, until: number): void {
    this.count = until - from;
    if (this.count > this.given.length) this.#grow(this.count);
    this.#total = 0;
    this.#released = 0;
    for (let i = 0; i < this.count; i++) {
      this.given[i] = 0;
      this.#size[i] = parcels[from + i];
      this.#total += parcels[from + i];
    }
  }

  /** Releases n more parcels of the cohort; `given` tells who has had how many since the beginning. */
  release(n: number): void {
    this.#released += n;
    const total = this.#total;
    const released = this.#released;
    let rest = released;
    let waiting = 0;
    for (let i = 0; i < this.count; i++) {
      const size = this.#size[i];
      const floor = floorOfProduct(size, released, total);
      if (this.given[i] < floor) this.given[i] = floor;
      rest -= this.given[i];
      if (this.given[i] === floor && !divides(size, released, total)) {
        this.#due[i] = ceilingOfProduct(floor + 1, total, size);
        this.#order[waiting++] = i;
      }
    }
    if (rest < waiting) this.#sort(waiting);
    for (let k = 0; k < rest; k++) this.given[this.#order[k]] += 1;
  }

  #sort(waiting: number): void {
    const due = this.#due;
    const order = this.#order;
    if (waiting > 32) {
      order.subarray(0, waiting).sort((a, b) => due[a] - due[b] || a - b);
      return;
    }
    for (let k = 1; k < waiting; k++) {
      const i = order[k];
      let j = k;
      for (; j > 0 && due[order[j - 1]] > due[i]; j--) order[j] = order[j - 1];
      order[j] = i;
    }
  }

  #grow(count: number): void {
    const length = 2 * count;
    this.given = new Float64Array(length);
    this.#size = new Float64Array(length);
    this.#due = new Float64Array(length);
    this.#order = new Int32Array(length);
  }
}

/** ⌊a·b/c⌋ for whole a, b, c > 0, exactly. */
function floorOfProduct(a: number, b: number, c: number): number {
  const product = a * b;
  if (product <= Number.MAX_SAFE_INTEGER) return (product - (product % c)) / c;
  return Number((BigInt(a) * BigInt(b)) / BigInt(c));
}

function ceilingOfProduct(a: number, b: number, c: number): number {
  return floorOfProduct(a, b, c) + (divides(a, b, c) ? 0 : 1);
}

/** Whether c divides a·b. */
function divides(a: number, b: number, c: number): boolean {
  const product = a * b;
  if (product <= Number.MAX_SAFE_INTEGER) return product % c === 0;
  return (BigInt(a) * BigInt(b)) % BigInt(c) === 0n;
}
