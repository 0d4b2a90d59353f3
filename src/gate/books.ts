import type { SlotTable } from '../plan/slot-table.js';
import type { GateNetwork } from './gate-network.js';

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
 * n parcels over route ρ in slot t load (resource, u) by n for each of ρ's steps and each
 * u = t + lag … t + lag + span − 1; loads add (G3). What falls before the window is past and not kept. A bit per
 * entry says free ≥ 1, so that the slots in which a route has room are an AND of shifted words.
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

  /** Tickets above the capacity in force: nothing is open where free is below 0. */
  overhang(entry: number): number {
    return Math.max(0, -this.free(entry));
  }

  /** Parts of a parcel are no capacity. */
  setCapacity(entry: number, capacity: number): void {
    this.#entry[entry * WORDS] = wholeParcels(capacity);
    this.#mark(entry);
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
        this.#mark(entry);
      }
    }
  }

  /** A ticket on free capacity. Throws if some entry has no room for it (P1). */
  ticket(route: number, t: number, parcels: number): void {
    if (this.room(route, t) < parcels) throw new Error('a ticket beyond capacity was written');
    this.#post(route, t, parcels);
  }

  /** A ticket in force no longer loads the books. */
  giveBack(route: number, t: number, parcels: number): void {
    this.#post(route, t, -parcels);
  }

  /** Undoes `giveBack`, over capacity too: the ticket may be part of an overhang. */
  putBack(route: number, t: number, parcels: number): void {
    this.#post(route, t, parcels);
  }

  /** A share is opened; with −parcels, lapsed or cut. */
  share(route: number, t: number, parcels: number): void {
    this.#post(route, t, parcels);
  }

  /** The most parcels for which a route has room in slot t of the horizon; never below 0. */
  room(route: number, t: number): number {
    const { stepStart, stepResource, stepLag, stepSpan } = this.#network.routes;
    const times = this.#network.repeats[route] === 1;
    let room = Infinity;
    for (let i = stepStart[route]; i < stepStart[route + 1]; i++) {
      for (let lag = stepLag[i]; lag < stepLag[i] + stepSpan[i]; lag++) {
        let free = this.free(stepResource[i] * this.slots + t - this.from + lag);
        if (times) free = Math.floor(free / this.timesLoaded(route, stepResource[i], lag));
        if (free < room) room = free;
      }
      if (room <= 0) return 0;
    }
    return room;
  }

  /** The first slot of first … last in which a route has room for so many parcels, or −1. */
  earliest(route: number, parcels: number, first: number, last: number): number {
    const lo = first - this.from;
    const hi = last - this.from;
    const exact = parcels > 1 || this.#network.repeats[route] === 1;
    for (let word = lo >> 5; word <= hi >> 5; word++) {
      let bits = this.#roomyWord(route, word);
      if (word === lo >> 5) bits &= -1 << (lo & 31);
      if (word === hi >> 5) bits &= -1 >>> (31 - (hi & 31));
      for (; bits !== 0; bits &= bits - 1) {
        const t = this.from + word * 32 + 31 - Math.clz32(bits & -bits);
        if (!exact || this.room(route, t) >= parcels) return t;
      }
    }
    return -1;
  }

  /** Bit b: the route has room for one parcel a load in slot 32·word + b of the window. */
  #roomyWord(route: number, word: number): number {
    const { stepStart, stepResource, stepLag, stepSpan } = this.#network.routes;
    const roomy = this.#roomy;
    let bits = -1;
    for (let i = stepStart[route]; i < stepStart[route + 1] && bits !== 0; i++) {
      const base = stepResource[i] * this.#wordsEach + word;
      for (let lag = stepLag[i]; lag < stepLag[i] + stepSpan[i]; lag++) {
        const at = base + (lag >> 5);
        const shift = lag & 31;
        bits &= shift === 0 ? roomy[at] : (roomy[at] >>> shift) | (roomy[at + 1] << (32 - shift));
      }
    }
    return bits;
  }

  /** How often the route loads the resource `lag` slots after release. */
  timesLoaded(route: number, resource: number, lag: number): number {
    const { stepStart, stepResource, stepLag, stepSpan } = this.#network.routes;
    let times = 0;
    for (let j = stepStart[route]; j < stepStart[route + 1]; j++) {
      const here = stepResource[j] === resource;
      if (here && stepLag[j] <= lag && lag < stepLag[j] + stepSpan[j]) times += 1;
    }
    return times;
  }

  #post(route: number, t: number, parcels: number): void {
    const { stepStart, stepResource, stepLag, stepSpan } = this.#network.routes;
    for (let i = stepStart[route]; i < stepStart[route + 1]; i++) {
      const start = t - this.from + stepLag[i];
      for (let u = Math.max(0, start); u < start + stepSpan[i]; u++) {
        const entry = stepResource[i] * this.slots + u;
        this.#entry[entry * WORDS + 1] += parcels;
        this.#mark(entry);
      }
    }
  }

  #mark(entry: number): void {
    const resource = Math.floor(entry / this.slots);
    const u = entry - resource * this.slots;
    const at = resource * this.#wordsEach + (u >> 5);
    if (this.free(entry) >= 1) this.#roomy[at] |= 1 << (u & 31);
    else this.#roomy[at] &= ~(1 << (u & 31));
  }
}
