/** What of a picture is written on, by squares of 6 pixels. */
export class Taken {
  readonly #columns: number;
  readonly #rows: number;
  readonly #squares: Uint8Array;

  constructor(width: number, height: number) {
    this.#columns = Math.ceil(width / 6) + 1;
    this.#rows = Math.ceil(height / 6) + 1;
    this.#squares = new Uint8Array(this.#columns * this.#rows);
  }

  /** Takes a rectangle, if it is within the picture and all free. */
  take(left: number, top: number, width: number, height: number): boolean {
    const [from, until] = [Math.floor(left / 6), Math.floor((left + width) / 6)];
    const [first, last] = [Math.floor(top / 6), Math.floor((top + height) / 6)];
    if (from < 0 || first < 0 || until >= this.#columns || last >= this.#rows) return false;
    for (let row = first; row <= last; row++) {
      const line = this.#squares.subarray(
        row * this.#columns + from,
        row * this.#columns + until + 1,
      );
      if (line.includes(1)) return false;
    }
    for (let row = first; row <= last; row++) {
      this.#squares.fill(1, row * this.#columns + from, row * this.#columns + until + 1);
    }
    return true;
  }
}
