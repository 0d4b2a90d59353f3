/** A column of integers of a length not known before. */
export class GrowingInts {
  #values = new Int32Array(1024);
  length = 0;

  push(value: number): void {
    this.set(this.length, value);
  }

  /** Sets entry i; entries passed over are 0. */
  set(i: number, value: number): void {
    if (i >= this.#values.length) {
      const larger = new Int32Array(Math.max(i + 1, this.#values.length * 2));
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[i] = value;
    if (i >= this.length) this.length = i + 1;
  }

  at(i: number): number {
    return this.#values[i];
  }

  /** The values so far; valid until the next is set. */
  view(): Int32Array {
    return this.#values.subarray(0, this.length);
  }
}

/** Where the rows of a table stand in its files, for faults found once all are read. */
export class RowPlaces {
  readonly #files: { readonly file: string; readonly from: number }[] = [];
  readonly #line = new GrowingInts();

  /** Notes the place of row i; rows of one file follow each other. */
  set(i: number, file: string, line: number): void {
    if (this.#files.at(-1)?.file !== file) this.#files.push({ file, from: i });
    this.#line.set(i, line);
  }

  get(i: number): { file: string; line: number } {
    const { file } = this.#files.findLast(({ from }) => from <= i) ?? { file: '' };
    return { file, line: this.#line.view()[i] };
  }
}

/** A set of small integers. */
export class IntSet {
  #has = new Uint8Array(1024);

  /** Adds i ≥ 0; false if it was there. */
  add(i: number): boolean {
    if (i >= this.#has.length) {
      const larger = new Uint8Array(Math.max(i + 1, this.#has.length * 2));
      larger.set(this.#has);
      this.#has = larger;
    }
    if (this.#has[i] === 1) return false;
    this.#has[i] = 1;
    return true;
  }
}
