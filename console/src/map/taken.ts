/** Pixels: less than the gap between a circle and its name, else a circle would push its own name away. */
const SQUARE = 2;

/** What of a picture is written on, by squares. */
export class Taken {
  readonly #columns: number;
  readonly #rows: number;
  readonly #squares: Uint8Array;

  constructor(width: number, height: number) {
    this.#columns = Math.ceil(width / SQUARE) + 1;
    this.#rows = Math.ceil(height / SQUARE) + 1;
    this.#squares = new Uint8Array(this.#columns * this.#rows);
  }

  /** Takes a rectangle, if it is within the picture and all free. */
  take(left: number, top: number, width: number, height: number): boolean {
    const [from, until] = [Math.floor(left / SQUARE), Math.floor((left + width) / SQUARE)];
    const [first, last] = [Math.floor(top / SQUARE), Math.floor((top + height) / SQUARE)];
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
