/** One entry of a shard's journal as it is kept; docs/decisions/0005-gate-ledger.md has the reasons. */
export interface LedgerEntry {
  /** 1, 2, 3 … */
  readonly seq: number;
  readonly epoch: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly firstRow: number;
  readonly rows: number;
  /** Records, one after the other. */
  readonly words: Int32Array;
  /** UTF-8 ids of the requests among them, each closed by a zero byte. */
  readonly ids: Uint8Array;
  readonly hash: Uint8Array;
}

/** Kinds of records: the first word of each. */
export const Kind = {
  clock: 1,
  plan: 2,
  capacity: 3,
  request: 4,
  sharesLapsed: 5,
  state: 6,
  moved: 7,
} as const;

/** Words of a record by its kind; a request has four more for each of its tickets: run, slot, way, parcels. */
const WORDS = [0, 3, 2, 5, 21, 2, 3, 5];
export const REQUEST_WORDS = 21;
export const TICKET_WORDS = 4;

/** Where the words of a request's record are that a recount looks at. */
export const At = {
  tickets: 1,
  row: 2,
  shipper: 3,
  flow: 4,
  readyAt: 5,
  asked: 7,
  notAfter: 8,
  divisible: 9,
  version: 20,
} as const;

/** States of a ticket as a record has them; 0 is a refusal. */
export const State = {
  refused: 0,
  issued: 1,
  confirmed: 2,
  pickedUp: 3,
  cancelled: 4,
  lapsed: 5,
} as const;

/** Words of the record at `at`; 0 where none begins. */
export function wordsOfRecord(words: Int32Array, at: number): number {
  const size = WORDS[words[at]] ?? 0;
  if (words[at] !== Kind.request) return at + size > words.length ? 0 : size;
  const tickets = words[at + At.tickets];
  const whole = size + TICKET_WORDS * tickets;
  return tickets < 0 || at + whole > words.length ? 0 : whole;
}

/** The double in two words. */
export function doubleOf(words: Int32Array, at: number): number {
  halves[0] = words[at];
  halves[1] = words[at + 1];
  return double[0];
}

const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);
