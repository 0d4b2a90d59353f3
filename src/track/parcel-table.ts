/** Bits of a hash that choose the shelf: one of 1,024, so that growing one moves little and nobody waits long. */
export const SHELF_BITS = 10;
const SHELVES = 1 << SHELF_BITS;
/** A shelf grows at this load. Higher, and keys are shifted far; lower, and memory is wasted. */
const LOAD_MOST = 0.9;
/** To this load: little, so that memory follows the number of parcels. */
const LOAD_GROWN = 0.8;
/** A shelf that was swept shrinks below this load. */
const LOAD_LEAST = 0.6;
/** Places behind the last, for keys shifted past it; the very last is always empty and ends every search. */
const SPARE = 64;

/** Words of a row. */
const ROW = 6;
// Fields of a row, low bits first.
//   0: mark 32    1: rest 32    2: rest 8, high bits of the stamp 4, to + 1 20
//   3: low bits of the stamp 32    4: resource 20, kind 4, high bits of the head 8    5: low bits of the head 32
const EMPTY = new Uint32Array(ROW * (1 + SPARE));
const NO_SHELVES: readonly Uint32Array[] = Array.from({ length: SHELVES }, () => EMPTY);

/**
 * The parcels in memory, a row of 24 bytes each: who (82 bits of its hash), its state (stamp, kind, resource,
 * destination) and where its history begins. Rows stand on shelves, sorted by their mark: a mark belongs at place
 * ⌊mark·places / 2³²⌋, and what does not fit there is shifted on, so that a search for what is not there ends at
 * the first larger mark. 80 to 90 % of the places are taken: 27 to 30 bytes a parcel.
 *
 * The hash's words a, b, c, d: shelf = 10 high bits of a; mark = b; rest = c and 8 low bits of d. Why 82 bits
 * are enough: docs/maths/track.md#who-a-parcel-is.
 */
export class ParcelTable {
  size = 0;
  /** The shelf of the last search; rows are read from it at the word that the search gave. */
  shelf: Uint32Array = EMPTY;
  #shelfNumber = 0;
  #free = 0;
  readonly #shelves: Uint32Array[] = NO_SHELVES.slice();
  readonly #count = new Uint32Array(SHELVES);
  #ahead = new Int32Array(0);
  /** Kept so that reading ahead is not optimised away. */
  seen = 0;

  /** Bytes taken. */
  get bytes(): number {
    return this.#shelves.reduce((sum, shelf) => sum + (shelf === EMPTY ? 0 : shelf.byteLength), 0);
  }

  /** The word at which a parcel's row begins in `shelf`, or −1; then `add` puts it where it was looked for. */
  find(a: number, b: number, c: number, d: number): number {
    const number = a >>> (32 - SHELF_BITS);
    const shelf = this.#shelves[number];
    this.shelf = shelf;
    this.#shelfNumber = number;
    const mark = b >>> 0;
    let i = ROW * placeOf(mark, placesOf(shelf));
    while (isRow(shelf, i) && shelf[i] < mark) i += ROW;
    this.#free = i;
    while (isRow(shelf, i) && shelf[i] === mark) {
      if (shelf[i + 1] === c >>> 0 && (shelf[i + 2] & 0xff) === (d & 0xff)) return i;
      i += ROW;
    }
    return -1;
  }

  /** Adds the parcel that was looked for last and not found; gives the word of its row, whose state is to be set. */
  add(b: number, c: number, d: number): number {
    const number = this.#shelfNumber;
    let shelf = this.shelf;
    let i = this.#free;
    if (
      this.#count[number] + 1 > LOAD_MOST * placesOf(shelf) ||
      isRow(shelf, shelf.length - 2 * ROW)
    ) {
      shelf = this.#refill(number, keepAll, LOAD_GROWN, 1);
      i = ROW * placeOf(b >>> 0, placesOf(shelf));
      while (isRow(shelf, i) && shelf[i] < b >>> 0) i += ROW;
    }
    let end = i;
    while (isRow(shelf, end)) end += ROW;
    shelf.copyWithin(i + ROW, i, end);
    shelf[i] = b;
    shelf[i + 1] = c;
    shelf[i + 2] = d & 0xff;
    this.#count[number] += 1;
    this.size += 1;
    return i;
  }

  /** Reads where the parcels of a batch would be, for nothing but having them near: four words a parcel. */
  peekAll(parcels: Int32Array, rows: Int32Array | undefined, from: number, until: number): void {
    if (this.#ahead.length < until) this.#ahead = new Int32Array(2 * until);
    const ahead = this.#ahead;
    const shelves = this.#shelves;
    for (let n = from; n < until; n++) {
      const i = 4 * (rows ? rows[n] : n);
      const places = placesOf(shelves[parcels[i] >>> (32 - SHELF_BITS)]);
      ahead[n] = ROW * placeOf(parcels[i + 1] >>> 0, places);
    }
    let seen = 0;
    for (let n = from; n < until; n++) {
      const i = 4 * (rows ? rows[n] : n);
      seen |= shelves[parcels[i] >>> (32 - SHELF_BITS)][ahead[n]];
    }
    this.seen = seen;
  }

  /** Takes the rows of a shelf out that `leaves` says, having been shown each. */
  sweep(
    number: number,
    leaves: (shelf: Uint32Array, row: number, shelfNumber: number) => boolean,
  ): void {
    if (this.#count[number] === 0) return;
    const before = this.#shelves[number];
    let leaving = 0;
    const keep = new Uint8Array(before.length / ROW);
    for (let i = 0; i < before.length; i += ROW) {
      if (!isRow(before, i)) continue;
      if (leaves(before, i, number)) leaving += 1;
      else keep[i / ROW] = 1;
    }
    if (leaving === 0) return;
    this.#count[number] -= leaving;
    this.size -= leaving;
    this.#refill(number, (i) => keep[i / ROW] === 1, LOAD_LEAST, 0);
  }

  /** Visits the rows of a shelf. */
  each(number: number, visit: (shelf: Uint32Array, row: number) => void): void {
    if (this.#count[number] === 0) return;
    const shelf = this.#shelves[number];
    for (let i = 0; i < shelf.length; i += ROW) if (isRow(shelf, i)) visit(shelf, i);
  }

  get shelves(): number {
    return SHELVES;
  }

  /** Rows on each shelf. */
  get counts(): Uint32Array {
    return this.#count;
  }

  /** A shelf's words, to be kept. */
  words(number: number): Uint32Array {
    return this.#shelves[number];
  }

  /** An empty shelf becomes one with so many rows, as it was kept. */
  setWords(number: number, words: Uint32Array, count: number): void {
    this.#shelves[number] = words;
    this.#count[number] = count;
    this.size += count;
  }

  /**
   * Puts the rows that stay on a shelf for `more` rows beyond its count: of another size, if the load asks for it. They are
   * in order, so each goes to its place or behind the one before.
   */
  #refill(
    number: number,
    stays: (row: number) => boolean,
    load: number,
    more: number,
  ): Uint32Array {
    const before = this.#shelves[number];
    const count = this.#count[number] + more;
    const isFitting = more === 0 && count >= load * placesOf(before);
    let places = isFitting ? placesOf(before) : Math.ceil(count / LOAD_GROWN) + 4;
    for (;;) {
      const shelf = new Uint32Array(ROW * (places + SPARE));
      let free = 0;
      for (let i = 0; i < before.length && free < shelf.length - ROW; i += ROW) {
        if (!isRow(before, i) || !stays(i)) continue;
        free = Math.max(free, ROW * placeOf(before[i], places));
        for (let w = 0; w < ROW; w++) shelf[free + w] = before[i + w];
        free += ROW;
      }
      if (free <= shelf.length - 2 * ROW) {
        this.#shelves[number] = shelf;
        this.shelf = shelf;
        return shelf;
      }
      places = Math.ceil(places * 1.1) + 4;
    }
  }
}

function keepAll(): boolean {
  return true;
}

function placesOf(shelf: Uint32Array): number {
  return shelf.length / ROW - SPARE;
}

/** ⌊mark · places / 2³²⌋. */
function placeOf(mark: number, places: number): number {
  return Math.floor(mark * places * 2 ** -32);
}

/** Every row has a kind. */
function isRow(shelf: Uint32Array, row: number): boolean {
  return (shelf[row + 4] & 0xf00000) !== 0;
}

/** Milliseconds after the network's first stamp. */
export function stampOf(shelf: Uint32Array, row: number): number {
  return ((shelf[row + 2] >>> 8) & 0xf) * 2 ** 32 + shelf[row + 3];
}

export function toOf(shelf: Uint32Array, row: number): number {
  return (shelf[row + 2] >>> 12) - 1;
}

export function resourceOf(shelf: Uint32Array, row: number): number {
  return shelf[row + 4] & 0xfffff;
}

export function kindOf(shelf: Uint32Array, row: number): number {
  return (shelf[row + 4] >>> 20) & 0xf;
}

/** Where the parcel's history begins: its newest record. */
export function headOf(shelf: Uint32Array, row: number): number {
  return (shelf[row + 4] >>> 24) * 2 ** 32 + shelf[row + 5];
}

export function setHead(shelf: Uint32Array, row: number, head: number): void {
  shelf[row + 4] = (shelf[row + 4] & 0xffffff) | (Math.floor(head * 2 ** -32) << 24);
  shelf[row + 5] = head;
}

/** The state of a parcel, its greatest scan (T2). */
export function setState(
  shelf: Uint32Array,
  row: number,
  stamp: number,
  kind: number,
  resource: number,
  to: number,
): void {
  shelf[row + 2] = (shelf[row + 2] & 0xff) | (Math.floor(stamp * 2 ** -32) << 8) | ((to + 1) << 12);
  shelf[row + 3] = stamp;
  shelf[row + 4] = (shelf[row + 4] & 0xff000000) | (kind << 20) | resource;
}
