/** Columns that are sorted together. */
export interface SortedColumns {
  readonly slot: Int16Array;
  readonly shipper: Int32Array;
  readonly parcels: Uint32Array;
}

/** Up to so many rows insertion is faster than counting. */
const INSERTION_MAX = 48;

/**
 * Sorts rows [from, until) by (slot, shipper). Rows in order are left alone; a few are inserted; many
 * are sorted by counting, byte by byte from the last: O(rows).
 */
export function sortRows(rows: SortedColumns, from: number, until: number): void {
  const { slot, shipper } = rows;
  let i = from + 1;
  while (i < until && !isAfter(slot, shipper, i - 1, i)) i += 1;
  if (i >= until) return;
  if (until - from <= INSERTION_MAX) insert(rows, from, until, i);
  else count(rows, from, until);
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

function count(rows: SortedColumns, from: number, until: number): void {
  const slot = rows.slot.subarray(from, until);
  const shipper = rows.shipper.subarray(from, until);
  const parcels = rows.parcels.subarray(from, until);
  let order: Int32Array = Int32Array.from(slot, (_, i) => i);
  for (const key of digits(shipper, slot)) order = countByByte(order, key);
  for (const column of [slot, shipper, parcels]) {
    const old = column.slice();
    for (let i = 0; i < order.length; i++) column[i] = old[order[i]];
  }
}

/** The bytes of (slot, shipper) that differ between rows, from the last to the first. */
function digits(shipper: Int32Array, slot: Int16Array): Uint8Array[] {
  const bytes: Uint8Array[] = [];
  const add = (values: Int32Array | Int16Array, least: number, most: number) => {
    for (let shift = 0; most - least >= 2 ** shift; shift += 8) {
      bytes.push(Uint8Array.from(values, (v) => (v - least) >>> shift));
    }
  };
  add(
    shipper,
    0,
    shipper.reduce((a, b) => Math.max(a, b)),
  );
  add(
    slot,
    slot.reduce((a, b) => Math.min(a, b)),
    slot.reduce((a, b) => Math.max(a, b)),
  );
  return bytes;
}

/** The order, stably sorted by the key of its entries. */
function countByByte(order: Int32Array, key: Uint8Array): Int32Array {
  const next = new Int32Array(257);
  for (let i = 0; i < order.length; i++) next[key[i] + 1] += 1;
  for (let b = 0; b < 256; b++) next[b + 1] += next[b];
  const sorted = new Int32Array(order.length);
  for (let i = 0; i < order.length; i++) sorted[next[key[order[i]]]++] = order[i];
  return sorted;
}
