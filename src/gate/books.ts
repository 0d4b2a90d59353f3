import type { SlotTable } from '../plan/slot-table.js';
import { type GateNetwork, lagOf, spanOf } from './gate-network.js';

/** Words an entry: capacity, taken. */
const WORDS = 2;

/** More than any resource takes in a slot; twice it still fits an entry's word. */
const CAPACITY_MOST = 2 ** 30;

/** A capacity as the books have it. */
export function wholeParcels(capacity: number): number {
  return Math.min(CAPACITY_MOST, Math.max(0, Math.floor(capacity)));
}

/**
 * The books: for each resource and slot of the window, in parcels,
 *
 *     capacity   in force now
 *     taken      = ticketed + open: what tickets in force load, and what shares not yet drawn would load
 *     free       = capacity − taken
 *
 * and at all times free ≥ 0, or open = 0 and free = −overhang (G8). Drawing a share moves parcels from open to
 * ticketed and leaves `taken` as it is, so only the share is debited; `openLoads` of the state tells the two apart.
 * n parcels over way ρ in slot t load (resource, u) by n for each of ρ's steps and each
 * u = t + lag … t + lag + span − 1; loads add (G3). What falls before the window is past and not kept. A bit per
 * entry says free ≥ 1, so that the slots in which a way has room are an AND of shifted words.
 */
export class Books {
  /** First slot of the window, and how many: the plan's horizon and the tail that it can load. */
  readonly from: number;
  readonly slots: number;
  readonly #network: GateNetwork;
  readonly #entry: Int32Array;
  readonly #roomy: Int32Array;
  /** Words of bits a resource, one more than needed: shifted reads look one ahead. */
  readonly #wordsEach: number;

  constructor(network: GateNetwork, from: number, capacity: SlotTable) {
    this.from = from;
    this.slots = capacity.slots;
    this.#network = network;
    this.#entry = new Int32Array(network.resources * this.slots * WORDS);
    this.#wordsEach = Math.ceil((this.slots + network.tail) / 32) + 2;
    this.#roomy = new Int32Array(network.resources * this.#wordsEach);
    for (let e = 0; e < network.resources * this.slots; e++) {
      this.setCapacity(e, capacity.values[e]);
    }
  }

  /** The entry of a resource in a slot of the window. */
  entryOf(resource: number, slot: number): number {
    return resource * this.slots + slot - this.from;
  }

  has(slot: number): boolean {
    return slot >= this.from && slot < this.from + this.slots;
  }

  resourceOf(entry: number): number {
    return Math.floor(entry / this.slots);
  }

  slotOf(entry: number): number {
    return this.from + (entry % this.slots);
  }

  /** All entries as words. */
  get words(): Int32Array {
    return this.#entry;
  }

  get entries(): number {
    return this.#entry.length / WORDS;
  }

  capacity(entry: number): number {
    return this.#entry[entry * WORDS];
  }

  taken(entry: number): number {
    return this.#entry[entry * WORDS + 1];
  }

  free(entry: number): number {
    return this.#entry[entry * WORDS] - this.#entry[entry * WORDS + 1];
  }

  /** Whether free ≥ 1, by its bit. */
  isRoomy(entry: number): boolean {
    const resource = this.resourceOf(entry);
    const u = entry - resource * this.slots;
    return (this.#roomy[resource * this.#wordsEach + (u >> 5)] & (1 << (u & 31))) !== 0;
  }

  /** Tickets above the capacity in force: nothing is open where free is below 0. */
  overhang(entry: number): number {
    return Math.max(0, -this.free(entry));
  }

  /** Parts of a parcel are no capacity. */
  setCapacity(entry: number, capacity: number): void {
    this.#entry[entry * WORDS] = wholeParcels(capacity);
    this.#mark(this.resourceOf(entry), entry % this.slots);
  }

  /** Takes over what tickets load from the books of the plan before, of which `open` was open. */
  carryTickets(before: Books, open: Int32Array): void {
    const from = Math.max(this.from, before.from);
    const until = Math.min(this.from + this.slots, before.from + before.slots);
    for (let r = 0; r < this.#network.resources; r++) {
      for (let slot = from; slot < until; slot++) {
        const entry = this.entryOf(r, slot);
        const old = before.entryOf(r, slot);
        this.#entry[entry * WORDS + 1] = before.taken(old) - open[old];
        this.#mark(r, slot - this.from);
      }
    }
  }

  /** A ticket on free capacity. Throws if some entry has no room for it (P1). */
  ticket(way: number, t: number, parcels: number): void {
    if (this.room(way, t) < parcels) throw new Error('a ticket beyond capacity was written');
    this.#post(way, t, parcels);
  }

  /** A ticket in force no longer loads the books. */
  giveBack(way: number, t: number, parcels: number): void {
    this.#post(way, t, -parcels);
  }

  /** Undoes `giveBack`, over capacity too: the ticket may be part of an overhang. */
  putBack(way: number, t: number, parcels: number): void {
    this.#post(way, t, parcels);
  }

  /** A share is opened; with −parcels, lapsed or cut. */
  share(way: number, t: number, parcels: number): void {
    this.#post(way, t, parcels);
  }

  /** The most parcels for which a way has room in slot t of the horizon; never below 0. */
  room(way: number, t: number): number {
    const { start, step } = this.#network.loads;
    const times = this.#network.repeats[way] === 1;
    let room = Infinity;
    for (let i = start[way]; i < start[way + 1]; i++) {
      const lag = lagOf(step[2 * i + 1]);
      const end = lag + spanOf(step[2 * i + 1]);
      const entry = step[2 * i] * this.slots + t - this.from;
      for (let u = lag; u < end; u++) {
        let free = this.free(entry + u);
        if (times) free = Math.floor(free / this.timesLoaded(way, step[2 * i], u));
        if (free < room) room = free;
      }
      if (room <= 0) return 0;
    }
    return room;
  }

  /** The first slot of first … last in which a way has room for so many parcels, or −1. */
  earliest(way: number, parcels: number, first: number, last: number): number {
    const lo = first - this.from;
    const hi = last - this.from;
    const exact = parcels > 1 || this.#network.repeats[way] === 1;
    for (let word = lo >> 5; word <= hi >> 5; word++) {
      let bits = this.#roomyWord(way, word);
      if (word === lo >> 5) bits &= -1 << (lo & 31);
      if (word === hi >> 5) bits &= -1 >>> (31 - (hi & 31));
      for (; bits !== 0; bits &= bits - 1) {
        const t = this.from + word * 32 + 31 - Math.clz32(bits & -bits);
        if (!exact || this.room(way, t) >= parcels) return t;
      }
    }
    return -1;
  }

  /** Bit b: the way has room for one parcel a load in slot 32·word + b of the window. */
  #roomyWord(way: number, word: number): number {
    const { start, step } = this.#network.loads;
    const roomy = this.#roomy;
    let bits = -1;
    for (let i = start[way]; i < start[way + 1] && bits !== 0; i++) {
      const base = step[2 * i] * this.#wordsEach + word;
      const lag = lagOf(step[2 * i + 1]);
      const end = lag + spanOf(step[2 * i + 1]);
      for (let u = lag; u < end; u++) {
        const at = base + (u >> 5);
        const shift = u & 31;
        bits &= shift === 0 ? roomy[at] : (roomy[at] >>> shift) | (roomy[at + 1] << (32 - shift));
      }
    }
    return bits;
  }

  /** How often the way loads the resource `lag` slots after release. */
  timesLoaded(way: number, resource: number, lag: number): number {
    const { start, step } = this.#network.loads;
    let times = 0;
    for (let j = start[way]; j < start[way + 1]; j++) {
      const after = lag - lagOf(step[2 * j + 1]);
      if (step[2 * j] === resource && after >= 0 && after < spanOf(step[2 * j + 1])) times += 1;
    }
    return times;
  }

  #post(way: number, t: number, parcels: number): void {
    const { start, step } = this.#network.loads;
    for (let i = start[way]; i < start[way + 1]; i++) {
      const first = t - this.from + lagOf(step[2 * i + 1]);
      const end = first + spanOf(step[2 * i + 1]);
      for (let u = Math.max(0, first); u < end; u++) {
        this.#entry[(step[2 * i] * this.slots + u) * WORDS + 1] += parcels;
        this.#mark(step[2 * i], u);
      }
    }
  }

  #mark(resource: number, u: number): void {
    const at = resource * this.#wordsEach + (u >> 5);
    if (this.free(resource * this.slots + u) >= 1) this.#roomy[at] |= 1 << (u & 31);
    else this.#roomy[at] &= ~(1 << (u & 31));
  }
}
