import { KINDS } from './scan-rows.js';

/** More slots than a season can have: 795 days of minutes. */
const SLOTS = 2 ** 21;

/** Distinct scans by resource, kind and slot: open addressing, 12 bytes a place. */
export class FlowCounts {
  size = 0;
  #keys = new Float64Array(1024).fill(-1);
  #counts = new Int32Array(1024);

  add(resource: number, kind: number, slot: number): void {
    const key = (resource * KINDS.length + kind - 1) * SLOTS + slot;
    const place = this.#place(key);
    if (this.#keys[place] < 0) {
      this.#keys[place] = key;
      this.#counts[place] = 1;
      this.size += 1;
      if (this.size * 2 > this.#keys.length) this.#grow();
    } else this.#counts[place] += 1;
  }

  /** Flows as columns, by resource, kind, slot. */
  sorted(): FlowColumns {
    const keys = this.#keys.filter((key) => key >= 0).toSorted();
    const resource = new Int32Array(keys.length);
    const kind = new Int32Array(keys.length);
    const slot = new Int32Array(keys.length);
    const scans = new Int32Array(keys.length);
    for (let i = 0; i < keys.length; i++) {
      const cell = Math.floor(keys[i] / SLOTS);
      resource[i] = Math.floor(cell / KINDS.length);
      kind[i] = (cell % KINDS.length) + 1;
      slot[i] = keys[i] % SLOTS;
      scans[i] = this.#counts[this.#place(keys[i])];
    }
    return { resource, kind, slot, scans };
  }

  #place(key: number): number {
    const mask = this.#keys.length - 1;
    const mixed = Math.imul(key % 2 ** 32, 0x9e3779b1) ^ Math.imul(key / 2 ** 21, 0x85ebca6b);
    let place = (mixed ^ (mixed >>> 15)) & mask;
    while (this.#keys[place] >= 0 && this.#keys[place] !== key) place = (place + 1) & mask;
    return place;
  }

  #grow(): void {
    const [keys, counts] = [this.#keys, this.#counts];
    this.#keys = new Float64Array(2 * keys.length).fill(-1);
    this.#counts = new Int32Array(2 * keys.length);
    for (const [i, key] of keys.entries()) {
      if (key < 0) continue;
      const place = this.#place(key);
      this.#keys[place] = key;
      this.#counts[place] = counts[i];
    }
  }
}

export interface FlowColumns {
  readonly resource: Int32Array;
  readonly kind: Int32Array;
  readonly slot: Int32Array;
  readonly scans: Int32Array;
}
