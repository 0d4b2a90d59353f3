import type { Spilled } from './spill.js';

/** The scans of a part by parcel, each parcel's in the order of their receipt. */
export class ParcelChains {
  /** First scan of each parcel. */
  readonly first: Int32Array;
  /** The scan of the same parcel after each; −1 after the last. */
  readonly next: Int32Array;
  readonly parcels: number;

  constructor(scans: Spilled) {
    const count = scans.position.length;
    const mask = 2 ** Math.ceil(Math.log2(2 * count + 2)) - 1;
    const table = new Int32Array(mask + 1).fill(-1);
    const first = new Int32Array(count);
    const last = new Int32Array(count);
    this.next = new Int32Array(count).fill(-1);
    let parcels = 0;
    for (let n = 0; n < count; n++) {
      let slot = placeOf(scans, n) & mask;
      while (table[slot] >= 0 && !scans.isSameParcel(first[table[slot]], n)) {
        slot = (slot + 1) & mask;
      }
      if (table[slot] < 0) {
        table[slot] = parcels;
        first[parcels] = n;
        parcels += 1;
      } else this.next[last[table[slot]]] = n;
      last[table[slot]] = n;
    }
    this.first = first.subarray(0, parcels);
    this.parcels = parcels;
  }
}

/** Mixed again: parts were chosen by the same words. */
function placeOf({ words, position }: Spilled, n: number): number {
  const at = position[n];
  let h = words[at] ^ Math.imul(words[at + 1], 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15) ^ words[at + 2], 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 13) ^ words[at + 3], 0x27d4eb2f);
  return h ^ (h >>> 16);
}
