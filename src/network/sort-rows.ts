/** Columns that are sorted together. */
export interface SortedColumns {
  readonly slot: Int16Array;
  readonly shipper: Int32Array;
  readonly parcels: Uint32Array;
}

/** Up to so many rows insertion is faster than counting. */
const INSERTION_MAX = 24;

/**
 * Sorts runs of rows by (slot, shipper). Rows in order are left alone; a few are inserted; many are
 * sorted by counting, byte by byte from the last: O(rows). The arrays it needs are used again for the
 * next run.
 */
export class RowSorter {
  #slot = new Int32Array(0);
  #shipper = new Int32Array(0);
  #parcels = new Uint32Array(0);
  #order = new Int32Array(0);
  #spare = new Int32Array(0);
  readonly #next = new Int32Array(257);

  constructor(private readonly rows: SortedColumns) {}

  /** Sorts rows [from, until). */
  sort(from: number, until: number): void {
    const { slot, shipper } = this.rows;
    let i = from + 1;
    while (i < until && !isAfter(slot, shipper, i - 1, i)) i += 1;
    if (i >= until) return;
    if (until - from <= INSERTION_MAX) insert(this.rows, from, until, i);
    else this.#count(from, until);
  }

  #count(from: number, until: number): void {
    const { slot, shipper, parcels } = this.rows;
    const n = until - from;
    this.#reserve(n);
    let leastSlot = slot[from];
    let mostSlot = slot[from];
    let mostShipper = 0;
    for (let i = 0; i < n; i++) {
      this.#order[i] = i;
      this.#slot[i] = slot[from + i];
      this.#shipper[i] = shipper[from + i];
      this.#parcels[i] = parcels[from + i];
      leastSlot = Math.min(leastSlot, slot[from + i]);
      mostSlot = Math.max(mostSlot, slot[from + i]);
      mostShipper = Math.max(mostShipper, shipper[from + i]);
    }
    this.#countBytes(this.#shipper, n, 0, mostShipper);
    this.#countBytes(this.#slot, n, leastSlot, mostSlot);
    for (let i = 0; i < n; i++) {
      const row = this.#order[i];
      slot[from + i] = this.#slot[row];
      shipper[from + i] = this.#shipper[row];
      parcels[from + i] = this.#parcels[row];
    }
  }

  /** Sorts the order stably by keys from `least` to `most`, byte by byte. */
  #countBytes(keys: Int32Array, n: number, least: number, most: number): void {
    for (let shift = 0; shift < 32 && (most - least) >>> shift > 0; shift += 8) {
      const next = this.#next.fill(0);
      for (let i = 0; i < n; i++) next[(((keys[i] - least) >>> shift) & 255) + 1] += 1;
      for (let b = 0; b < 256; b++) next[b + 1] += next[b];
      for (let i = 0; i < n; i++) {
        const row = this.#order[i];
        this.#spare[next[((keys[row] - least) >>> shift) & 255]++] = row;
      }
      [this.#order, this.#spare] = [this.#spare, this.#order];
    }
  }

  #reserve(n: number): void {
    if (n <= this.#order.length) return;
    const size = Math.max(n, 2 * this.#order.length, 256);
    this.#slot = new Int32Array(size);
    this.#shipper = new Int32Array(size);
    this.#parcels = new Uint32Array(size);
    this.#order = new Int32Array(size);
    this.#spare = new Int32Array(size);
  }
}

function isAfter(slot: Int16Array, shipper: Int32Array, a: number, b: number): boolean {
  return slot[a] > slot[b] || (slot[a] === slot[b] && shipper[a] > shipper[b]);
}

/** Inserts rows [first, until) into the sorted rows [from, first). */
function insert(
  { slot, shipper, parcels }: SortedColumns,
  from: number,
  until: number,
  first: number,
): void {
  for (let i = first; i < until; i++) {
    const s = slot[i];
    const m = shipper[i];
    const p = parcels[i];
    let at = i;
    for (; at > from; at--) {
      if (slot[at - 1] < s || (slot[at - 1] === s && shipper[at - 1] <= m)) break;
      slot[at] = slot[at - 1];
      shipper[at] = shipper[at - 1];
      parcels[at] = parcels[at - 1];
    }
    slot[at] = s;
    shipper[at] = m;
    parcels[at] = p;
  }
}
