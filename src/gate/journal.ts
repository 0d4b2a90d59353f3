/** Kinds of records. */
export const CLOCK = 1;
export const PLAN = 2;
export const CAPACITY = 3;
export const REQUEST = 4;
export const SHARES_LAPSED = 5;
export const STATE = 6;
export const MOVED = 7;

/** Words of a request's record before its tickets. */
export const HEADER = 21;
/** Words of each ticket: run drawn or −1, slot, way, parcels. */
export const TICKET = 4;

/**
 * The journal: what was decided, as records of 32-bit words, appended and never edited. The state is a
 * function of it (replay.ts): a store writes what `take` gives, in one transaction, before anyone is told.
 *
 *     CLOCK          now, low and high word of the milliseconds
 *     PLAN           version; its content is kept by version
 *     CAPACITY       resource, slot, parcels, code of the reason
 *     REQUEST        tickets k, row, shipper, flow, readyAt low, high, parcels asked, notAfter, divisible,
 *                    hash (shelf, mark, rest, restMore), ready slot, code, resource, slot, price low, high,
 *                    plan version; then k tickets
 *     SHARES_LAPSED  slot
 *     STATE          row, new state
 *     MOVED          row, slot, way, code of the reason
 *
 * The first word of each is its kind.
 */
export class Journal {
  words: Int32Array = new Int32Array(1 << 12);
  length = 0;
  readonly #double = new Float64Array(1);
  readonly #halves = new Int32Array(this.#double.buffer);

  /** Makes room for so many words more. */
  reserve(count: number): void {
    if (this.length + count <= this.words.length) return;
    const words = new Int32Array(Math.max(this.length + count, 2 * this.words.length));
    words.set(this.words.subarray(0, this.length));
    this.words = words;
  }

  push(kind: number, a: number, b = 0, c = 0, d = 0): void {
    this.reserve(5);
    const { words } = this;
    words[this.length] = kind;
    words[this.length + 1] = a;
    words[this.length + 2] = b;
    words[this.length + 3] = c;
    words[this.length + 4] = d;
    this.length += SIZE[kind];
  }

  pushDouble(kind: number, value: number): void {
    this.#double[0] = value;
    this.push(kind, this.#halves[0], this.#halves[1]);
  }

  setDouble(at: number, value: number): void {
    this.#double[0] = value;
    this.words[at] = this.#halves[0];
    this.words[at + 1] = this.#halves[1];
  }

  /** What was appended since the last time, to keep. */
  take(): Int32Array {
    const words = this.words.slice(0, this.length);
    this.length = 0;
    return words;
  }
}

/** Words of a record of each kind; of a request, without its tickets. */
const SIZE: readonly number[] = [0, 3, 2, 5, HEADER, 2, 3, 5];

export function sizeOf(words: Int32Array, at: number): number {
  const kind = words[at];
  return SIZE[kind] + (kind === REQUEST ? words[at + 1] * TICKET : 0);
}

export function doubleAt(words: Int32Array, at: number): number {
  halves[0] = words[at];
  halves[1] = words[at + 1];
  return double[0];
}

const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);

/** Words of a request's record. */
export const Header = {
  tickets: 1,
  row: 2,
  shipper: 3,
  flow: 4,
  readyAt: 5,
  asked: 7,
  notAfter: 8,
  divisible: 9,
  shelf: 10,
  mark: 11,
  rest: 12,
  restMore: 13,
  ready: 14,
  code: 15,
  resource: 16,
  slot: 17,
  price: 18,
  version: 20,
} as const;
