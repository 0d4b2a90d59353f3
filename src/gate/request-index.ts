/** Shelves, each a table of its own: growing one moves a 256th of the keys, so nobody waits long. */
const SHELVES = 256;
/** A shelf grows at this load. Higher, and keys are shifted far; lower, and memory is wasted. */
const LOAD_MOST = 0.85;
/** By how much: little, so that memory follows the number of requests. */
const GROWTH = 1.5;
/** Places behind the last, for keys shifted past it. */
const SPARE = 64;

/**
 * Finds a request by the hash of its shipper and id: from the shelf and a mark of 32 bits to the rows that
 * may be it. The rest of the hash is kept with the row. Nothing is ever taken out: a request is answered
 * once and for good (G2).
 *
 * A shelf is a table of pairs (mark, row + 1), sorted by mark: a mark belongs at place ⌊mark·places / 2³²⌋,
 * and what does not fit there is shifted on. So a search for what is not there ends at the first larger
 * mark, and a larger shelf is filled in one pass from left to right. 8 bytes a place, 57 to 85 % of the places taken.
 */
export class RequestIndex {
  readonly #shelf: Uint32Array[] = [];
  readonly #count = new Uint32Array(SHELVES);
  #ahead = new Int32Array(0);
  /** Kept so that reading ahead is not optimised away. */
  seen = 0;
  /** The last search: shelf, mark and where it ended. What it did not find is mostly added next. */
  #lastShelf = -1;
  #lastMark = 0;
  #lastAt = 0;

  constructor() {
    // Sizes differ, so that shelves do not all grow at once.
    for (let s = 0; s < SHELVES; s++) {
      this.#shelf.push(emptyShelf(Math.ceil(64 * GROWTH ** (s / SHELVES))));
    }
  }

  /** Bytes taken. */
  get bytes(): number {
    return this.#shelf.reduce((sum, shelf) => sum + shelf.byteLength, 0);
  }

  /** The place of the first row under a mark, or −1; `next` gives the others, `row` tells the row. */
  first(shelfHash: number, mark: number): number {
    const shelf = this.#shelf[shelfHash >>> 24];
    const wanted = mark >>> 0;
    let at = 2 * placeOf(wanted, placesOf(shelf));
    while (shelf[at + 1] !== 0 && shelf[at] < wanted) at += 2;
    this.#lastShelf = shelfHash >>> 24;
    this.#lastMark = wanted;
    this.#lastAt = at;
    return shelf[at + 1] !== 0 && shelf[at] === wanted ? at >>> 1 : -1;
  }

  /** Reads where marks would be, for nothing but having it near: hashes are (shelf, mark, …), four words each. */
  peekAll(hashes: Int32Array, from: number, until: number): void {
    const shelves = this.#shelf;
    const at = this.#ahead.length < until ? (this.#ahead = new Int32Array(2 * until)) : this.#ahead;
    for (let i = from; i < until; i++) {
      const places = placesOf(shelves[hashes[4 * i] >>> 24]);
      at[i] = 2 * placeOf(hashes[4 * i + 1] >>> 0, places);
    }
    let seen = 0;
    for (let i = from; i < until; i++) seen |= shelves[hashes[4 * i] >>> 24][at[i]];
    this.seen = seen;
  }

  next(shelfHash: number, mark: number, place: number): number {
    const shelf = this.#shelf[shelfHash >>> 24];
    const at = 2 * place + 2;
    return shelf[at + 1] !== 0 && shelf[at] === mark >>> 0 ? place + 1 : -1;
  }

  row(shelfHash: number, place: number): number {
    return this.#shelf[shelfHash >>> 24][2 * place + 1] - 1;
  }

  add(shelfHash: number, mark: number, row: number): void {
    const s = shelfHash >>> 24;
    this.#count[s] += 1;
    // The last place stays empty: it ends every search.
    const isFull = this.#shelf[s][this.#shelf[s].length - 3] !== 0;
    if (isFull || this.#count[s] > LOAD_MOST * placesOf(this.#shelf[s])) {
      this.#shelf[s] = grown(this.#shelf[s]);
      this.#lastShelf = -1;
    }
    const shelf = this.#shelf[s];
    const wanted = mark >>> 0;
    const isLast = s === this.#lastShelf && wanted === this.#lastMark;
    const from = isLast ? this.#lastAt : 2 * placeOf(wanted, placesOf(shelf));
    this.#lastShelf = -1;
    insert(shelf, from, wanted, row + 1);
  }
}

function emptyShelf(places: number): Uint32Array {
  return new Uint32Array(2 * (places + SPARE));
}

function placesOf(shelf: Uint32Array): number {
  return (shelf.length >>> 1) - SPARE;
}

/** Puts a key in order, at `from` or behind it, and shifts what follows on to the next empty place. */
function insert(shelf: Uint32Array, from: number, mark: number, entry: number): void {
  let at = from;
  while (shelf[at + 1] !== 0 && shelf[at] <= mark) at += 2;
  let movedMark = mark;
  let movedEntry = entry;
  while (movedEntry !== 0) {
    const nextMark = shelf[at];
    const nextEntry = shelf[at + 1];
    shelf[at] = movedMark;
    shelf[at + 1] = movedEntry;
    movedMark = nextMark;
    movedEntry = nextEntry;
    at += 2;
  }
}

/** A larger shelf with the same keys: they are in order, so each goes to its place or behind the one before. */
function grown(before: Uint32Array): Uint32Array {
  let places = Math.ceil(placesOf(before) * GROWTH);
  for (;;) {
    const shelf = emptyShelf(places);
    let free = 0;
    for (let i = 0; i < before.length && free < shelf.length; i += 2) {
      if (before[i + 1] === 0) continue;
      free = Math.max(free, 2 * placeOf(before[i], places));
      shelf[free] = before[i];
      shelf[free + 1] = before[i + 1];
      free += 2;
    }
    if (free <= shelf.length - 4) return shelf;
    places = Math.ceil(places * GROWTH);
  }
}

/** ⌊mark · places / 2³²⌋. */
function placeOf(mark: number, places: number): number {
  return Math.floor(mark * places * 2 ** -32);
}
