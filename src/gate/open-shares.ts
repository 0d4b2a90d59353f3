import type { Accounts } from './accounts.js';
import type { ShareRows } from './gate-plan.js';

// Words of a run, side by side, for they are read together.
const WORDS = 2;
const PLACE = 0; // slot 16, way 8, and LAST
const LEFT = 1; // parcels
/** The account has no further run. */
const LAST = 1 << 24;

/**
 * What is left of the plan's shares: runs of (account, slot, way), by account, slot and way, equal keys
 * added. A run only ever shrinks. 16 bytes a run. Accounts know their first (accounts.ts).
 */
export class OpenShares {
  readonly runs: number;
  /** Kept so that reading ahead is not optimised away. */
  seen = 0;
  readonly #run: Int32Array;
  readonly #account: Int32Array;
  /** Runs by slot, then number; those of slot `from` + i begin at #slotStart[i]. */
  readonly #bySlot: Int32Array;
  readonly #slotStart: Int32Array;

  /** Opens an account for whoever has a share. */
  constructor(
    private readonly accounts: Accounts,
    rows: ShareRows,
    private readonly from: number,
    slots: number,
  ) {
    const account = new Int32Array(rows.count);
    for (let i = 0; i < rows.count; i++) {
      account[i] = accounts.open(rows.shipper[i], rows.flow[i]);
    }
    const order = sorted(account, rows, accounts.size);
    this.#run = new Int32Array(WORDS * rows.count);
    this.#account = new Int32Array(rows.count);
    this.runs = this.#merge(account, rows, order);
    this.#tellAccounts();
    const slot = new Int16Array(this.runs);
    for (let run = 0; run < this.runs; run++) slot[run] = this.slot(run);
    this.#slotStart = startsOf(slot, this.runs, from, slots);
    this.#bySlot = byKey(slot, this.runs, this.#slotStart, from);
  }

  account(run: number): number {
    return this.#account[run];
  }

  slot(run: number): number {
    return this.#run[WORDS * run + PLACE] & 0xffff;
  }

  way(run: number): number {
    return (this.#run[WORDS * run + PLACE] >>> 16) & 0xff;
  }

  /** Parcels not drawn. */
  left(run: number): number {
    return this.#run[WORDS * run + LEFT];
  }

  setLeft(run: number, parcels: number): void {
    this.#run[WORDS * run + LEFT] = parcels;
  }

  /** The account's first run that may have something left, or −1. */
  first(account: number): number {
    const first = this.accounts.run(account);
    let run = first;
    while (run >= 0 && this.left(run) === 0 && !this.#isLast(run)) run += 1;
    if (run !== first) this.accounts.setRun(account, run);
    return run;
  }

  /** The account's next run, or −1. */
  next(run: number): number {
    return this.#isLast(run) ? -1 : run + 1;
  }

  /** Reads runs, −1 for none, for nothing but having them near. */
  peekAll(run: Int32Array, until: number): void {
    const of = this.#run;
    let seen = 0;
    for (let i = 0; i < until; i++) seen |= of[WORDS * Math.max(0, run[i])];
    this.seen = seen;
  }

  /** The slots of the first runs of many accounts, −1 where there is none, into `to`. */
  firstSlots(account: Int32Array, from: number, until: number, to: Int32Array): void {
    const { accounts } = this;
    const run = this.#run;
    for (let i = from; i < until; i++) to[i] = account[i] < 0 ? -1 : accounts.run(account[i]);
    for (let i = from; i < until; i++) {
      to[i] = to[i] < 0 ? -1 : run[WORDS * to[i] + PLACE] & 0xffff;
    }
  }

  /** So many parcels of a run are ticketed. Throws if it has fewer left. */
  draw(run: number, parcels: number): void {
    const left = this.#run[WORDS * run + LEFT] - parcels;
    if (left < 0) throw new Error('more was drawn than the share');
    this.#run[WORDS * run + LEFT] = left;
  }

  /** Runs of a slot, as a view. */
  ofSlot(slot: number): Int32Array {
    const i = slot - this.from;
    if (i < 0 || i + 1 >= this.#slotStart.length) return this.#bySlot.subarray(0, 0);
    return this.#bySlot.subarray(this.#slotStart[i], this.#slotStart[i + 1]);
  }

  /** All runs as words. */
  get words(): Int32Array {
    return this.#run.subarray(0, WORDS * this.runs);
  }

  #isLast(run: number): boolean {
    return (this.#run[WORDS * run + PLACE] & LAST) !== 0;
  }

  #merge(account: Int32Array, rows: ShareRows, order: Int32Array): number {
    let run = -1;
    for (const i of order) {
      const place = rows.slot[i] | (rows.way[i] << 16);
      const isSame =
        run >= 0 && this.#account[run] === account[i] && this.#run[WORDS * run + PLACE] === place;
      if (!isSame) run += 1;
      this.#account[run] = account[i];
      this.#run[WORDS * run + PLACE] = place;
      this.#run[WORDS * run + LEFT] += rows.parcels[i];
    }
    return run + 1;
  }

  /** Tells each account its first run, and marks its last. */
  #tellAccounts(): void {
    const { accounts } = this;
    for (let account = 0; account < accounts.size; account++) accounts.setRun(account, -1);
    for (let run = this.runs - 1; run >= 0; run--) {
      const account = this.#account[run];
      if (accounts.run(account) < 0) this.#run[WORDS * run + PLACE] |= LAST;
      accounts.setRun(account, run);
    }
  }
}

/** Rows by account, slot and way. */
function sorted(account: Int32Array, rows: ShareRows, accounts: number): Int32Array {
  const start = startsOf(account, rows.count, 0, accounts);
  const order = byKey(account, rows.count, start, 0);
  const key = (i: number): number => rows.slot[i] * 256 + rows.way[i];
  for (let a = 0; a < accounts; a++) {
    const own = order.subarray(start[a], start[a + 1]);
    if (own.length > 1) own.sort((i, j) => key(i) - key(j) || i - j);
  }
  return order;
}

type Keys = Int32Array | Int16Array;

/** Where each key first … first + keys − 1 begins when sorted. */
function startsOf(key: Keys, count: number, first: number, keys: number): Int32Array {
  const start = new Int32Array(keys + 1);
  for (let i = 0; i < count; i++) start[key[i] - first + 1] += 1;
  for (let k = 0; k < keys; k++) start[k + 1] += start[k];
  return start;
}

function byKey(key: Keys, count: number, start: Int32Array, first: number): Int32Array {
  const at = start.slice();
  const order = new Int32Array(count);
  for (let i = 0; i < count; i++) order[at[key[i] - first]++] = i;
  return order;
}
