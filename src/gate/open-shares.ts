import type { Accounts } from './accounts.js';
import type { ShareRows } from './gate-plan.js';

/**
 * What is left of the plan's shares: runs of (account, slot, way), by account, slot and way, equal keys
 * added. A run only ever shrinks. 15 bytes a run.
 */
export class OpenShares {
  /** Runs of account a: start[a] … start[a + 1] − 1. Accounts opened after the plan have none. */
  readonly #start: Int32Array;
  /** First run of each account that may still have something left. */
  readonly #next: Int32Array;
  readonly runs: number;
  readonly account: Int32Array;
  readonly slot: Int16Array;
  readonly way: Uint8Array;
  /** Parcels. */
  readonly left: Int32Array;
  /** Runs by slot, then number; those of slot `from` + i begin at #slotStart[i]. */
  readonly #bySlot: Int32Array;
  readonly #slotStart: Int32Array;

  /** Opens an account for whoever has a share. */
  constructor(
    accounts: Accounts,
    rows: ShareRows,
    private readonly from: number,
    slots: number,
  ) {
    const account = new Int32Array(rows.count);
    for (let i = 0; i < rows.count; i++) {
      account[i] = accounts.open(rows.shipper[i], rows.flow[i]);
    }
    const order = sorted(account, rows, accounts.size);
    this.account = new Int32Array(rows.count);
    this.slot = new Int16Array(rows.count);
    this.way = new Uint8Array(rows.count);
    this.left = new Int32Array(rows.count);
    this.runs = this.#merge(account, rows, order);
    this.#start = startsOf(this.account, this.runs, 0, accounts.size);
    this.#next = this.#start.slice(0, -1);
    this.#slotStart = startsOf(this.slot, this.runs, from, slots);
    this.#bySlot = byKey(this.slot, this.runs, this.#slotStart, from);
  }

  /** The account's first run that may have something left; runs go on to `end`. */
  first(account: number): number {
    if (account >= this.#next.length) return 0;
    let run = this.#next[account];
    const end = this.#start[account + 1];
    while (run < end && this.left[run] === 0) run += 1;
    this.#next[account] = run;
    return run;
  }

  /** Reads the account's next run, for nothing but having it near. */
  peek(account: number): number {
    if (account < 0 || account >= this.#next.length) return 0;
    const run = this.#next[account];
    return this.left[run] ^ this.slot[run] ^ this.way[run];
  }

  end(account: number): number {
    return account >= this.#next.length ? 0 : this.#start[account + 1];
  }

  /** So many parcels of a run are ticketed. Throws if it has fewer left. */
  draw(run: number, parcels: number): void {
    this.left[run] -= parcels;
    if (this.left[run] < 0) throw new Error('more was drawn than the share');
  }

  /** Runs of a slot, as a view. */
  ofSlot(slot: number): Int32Array {
    const i = slot - this.from;
    if (i < 0 || i + 1 >= this.#slotStart.length) return this.#bySlot.subarray(0, 0);
    return this.#bySlot.subarray(this.#slotStart[i], this.#slotStart[i + 1]);
  }

  #merge(account: Int32Array, rows: ShareRows, order: Int32Array): number {
    let run = -1;
    for (const i of order) {
      const isSame =
        run >= 0 &&
        this.account[run] === account[i] &&
        this.slot[run] === rows.slot[i] &&
        this.way[run] === rows.way[i];
      if (!isSame) run += 1;
      this.account[run] = account[i];
      this.slot[run] = rows.slot[i];
      this.way[run] = rows.way[i];
      this.left[run] += rows.parcels[i];
    }
    return run + 1;
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
