/** What a row is. A refusal is a row too, for a request is answered once. */
export const REFUSED = 0;
export const ISSUED = 1;
export const CONFIRMED = 2;
/** Seen in a pick-up scan. */
export const PICKED_UP = 3;
export const CANCELLED = 4;
export const LAPSED = 5;

/** A ticket's parcels have two bytes: larger ones are issued as several. */
export const PARCELS_MOST = 65_535;

/** Rows a chunk: a power of two, large enough that its object does not count. */
const CHUNK_BITS = 14;
const CHUNK_ROWS = 1 << CHUNK_BITS;
const WORDS = 5;

// Words of a row and their fields, low bits first.
const REST = 0; // 32 bits of the request's hash
const MARKS = 1; // 16 bits more of it, 16 of its content
const ACCOUNT = 2;
const TIME = 3; // slot 16, ready slot 16
const WHAT = 4; // parcels 16, way 8, state 3, continues 1
const STATE_AT = 24;
const CONTINUES = 1 << 27;

/** Behind every slot. */
const NEVER = 0x8000;

/** What is known of a chunk, so that a search need not look into it. */
interface Bounds {
  /** No issued ticket of it is in an earlier slot. */
  first: number;
  /** No ticket of it is, or was, in a later slot. */
  last: number;
}

function widen(bounds: Bounds, slot: number): void {
  if (slot < bounds.first) bounds.first = slot;
  if (slot > bounds.last) bounds.last = slot;
}

/**
 * Tickets and refusals, one row each, in order of decision, never taken out; the row is the ticket's
 * number. 20 bytes a row. A request's tickets stand one after the other, its marks with the first.
 */
export class Tickets {
  size = 0;
  readonly #chunks: Int32Array[] = [];
  readonly #bounds: Bounds[] = [];

  get bytes(): number {
    return this.#chunks.length * CHUNK_ROWS * WORDS * 4;
  }

  /** A further row; slots are 0 … 32,767. */
  add(
    account: number,
    slot: number,
    ready: number,
    way: number,
    parcels: number,
    state: number,
  ): number {
    const row = this.size++;
    if ((row & (CHUNK_ROWS - 1)) === 0) {
      this.#chunks.push(new Int32Array(CHUNK_ROWS * WORDS));
      this.#bounds.push({ first: NEVER, last: -1 });
    }
    const chunk = this.#chunks[row >>> CHUNK_BITS];
    const at = (row & (CHUNK_ROWS - 1)) * WORDS;
    chunk[at + ACCOUNT] = account;
    chunk[at + TIME] = slot | (ready << 16);
    chunk[at + WHAT] = parcels | (way << 16) | (state << STATE_AT);
    if (state !== REFUSED) widen(this.#bounds[row >>> CHUNK_BITS], slot);
    return row;
  }

  /** The row is the first of a request: what is kept of its hash, and the mark of its content. */
  setRequest(row: number, rest: number, marks: number): void {
    const chunk = this.#chunks[row >>> CHUNK_BITS];
    const at = (row & (CHUNK_ROWS - 1)) * WORDS;
    chunk[at + REST] = rest;
    chunk[at + MARKS] = marks;
  }

  isRequest(row: number, rest: number, restMore: number): boolean {
    return this.#word(row, REST) === rest && (this.#word(row, MARKS) & 0xffff) === restMore;
  }

  content(row: number): number {
    return this.#word(row, MARKS) >>> 16;
  }

  /** The row is a further ticket of the request of the row before. */
  continueRequest(row: number): void {
    this.#chunks[row >>> CHUNK_BITS][(row & (CHUNK_ROWS - 1)) * WORDS + WHAT] |= CONTINUES;
  }

  /** Rows of the request that begins with this one. */
  rowsOf(row: number): number {
    let end = row + 1;
    while (end < this.size && (this.#word(end, WHAT) & CONTINUES) !== 0) end += 1;
    return end - row;
  }

  account(row: number): number {
    return this.#word(row, ACCOUNT);
  }

  slot(row: number): number {
    return this.#word(row, TIME) & 0xffff;
  }

  ready(row: number): number {
    return this.#word(row, TIME) >>> 16;
  }

  parcels(row: number): number {
    return this.#word(row, WHAT) & 0xffff;
  }

  way(row: number): number {
    return (this.#word(row, WHAT) >>> 16) & 0xff;
  }

  state(row: number): number {
    return (this.#word(row, WHAT) >>> STATE_AT) & 7;
  }

  setState(row: number, state: number): void {
    const chunk = this.#chunks[row >>> CHUNK_BITS];
    const at = (row & (CHUNK_ROWS - 1)) * WORDS + WHAT;
    chunk[at] = (chunk[at] & ~(7 << STATE_AT)) | (state << STATE_AT);
  }

  move(row: number, slot: number, way: number): void {
    const chunk = this.#chunks[row >>> CHUNK_BITS];
    const at = (row & (CHUNK_ROWS - 1)) * WORDS;
    chunk[at + TIME] = slot | (chunk[at + TIME] & ~0xffff);
    chunk[at + WHAT] = (way << 16) | (chunk[at + WHAT] & ~(0xff << 16));
    widen(this.#bounds[row >>> CHUNK_BITS], slot);
  }

  /** The first row from `from` on that is issued for a slot before `slot`; `size` if there is none. */
  nextIssued(from: number, slot: number): number {
    for (let row = from; row < this.size; ) {
      const bounds = this.#bounds[row >>> CHUNK_BITS];
      const end = this.#endOfChunk(row);
      const isWhole = (row & (CHUNK_ROWS - 1)) === 0;
      let first = NEVER;
      if (bounds.first >= slot) row = end;
      else {
        for (; row < end; row++) {
          if (this.state(row) !== ISSUED) continue;
          if (this.slot(row) < slot) return row;
          first = Math.min(first, this.slot(row));
        }
        if (isWhole) bounds.first = first;
      }
    }
    return this.size;
  }

  /** The first row of from … until − 1 that is issued or confirmed for a slot after `slot`; `until` if there is none. */
  nextWaiting(from: number, until: number, slot: number): number {
    for (let row = this.skipQuiet(from, slot); row < until; row = this.skipQuiet(row, slot)) {
      const end = Math.min(until, this.#endOfChunk(row));
      for (; row < end; row++) {
        const state = this.state(row);
        if ((state === ISSUED || state === CONFIRMED) && this.slot(row) > slot) return row;
      }
    }
    return until;
  }

  /** `row`, or where the first chunk behind it begins that may have a ticket for a slot after `slot`. Costs nothing a row. */
  skipQuiet(row: number, slot: number): number {
    let at = row;
    while (at < this.size && this.#bounds[at >>> CHUNK_BITS].last <= slot)
      at = this.#endOfChunk(at);
    return at;
  }

  /** Whether the ticket loads the books. */
  isInForce(row: number): boolean {
    const state = this.state(row);
    return state >= ISSUED && state <= PICKED_UP;
  }

  /** The words of all rows, a chunk at a time. */
  *words(): Generator<Int32Array> {
    for (let row = 0; row < this.size; row += CHUNK_ROWS) {
      const rows = Math.min(this.size - row, CHUNK_ROWS);
      yield this.#chunks[row >>> CHUNK_BITS].subarray(0, rows * WORDS);
    }
  }

  #endOfChunk(row: number): number {
    return Math.min(this.size, ((row >>> CHUNK_BITS) + 1) << CHUNK_BITS);
  }

  #word(row: number, word: number): number {
    return this.#chunks[row >>> CHUNK_BITS][(row & (CHUNK_ROWS - 1)) * WORDS + word];
  }
}
