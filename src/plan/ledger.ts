import type { Routes } from '../network/scenario.js';
import type { SlotTable } from './slot-table.js';

/**
 * What every resource can still take in each slot, while releases are written into it one by one.
 *
 *     free(r, u) = capacity left(r, u) − Σ over releases written of how often they load r in u  ≥ 0
 *
 * A release of one parcel over a route in slot t loads (resource, t + lag … t + lag + span − 1) of each
 * step; steps that load the same (resource, slot) add. Slots are those of the season, from `from` on.
 * Cost: the steps of the route for each question and each entry.
 */
export class Ledger {
  readonly from: number;
  readonly slots: number;
  readonly #free: Float64Array;

  /** Takes over `left`, capacity left in slots from, from + 1, …; parts of a parcel are no room. */
  constructor(
    private readonly routes: Routes,
    left: SlotTable,
    from: number,
  ) {
    this.from = from;
    this.slots = left.slots;
    this.#free = left.values;
    for (let at = 0; at < this.#free.length; at++) this.#free[at] = Math.floor(this.#free[at]);
  }

  /** The most parcels that can be released over a route in slot t. */
  room(route: number, t: number): number {
    const { stepStart, stepResource, stepLag, stepSpan } = this.routes;
    let room = Infinity;
    for (let i = stepStart[route]; i < stepStart[route + 1]; i++) {
      const first = stepResource[i] * this.slots + t - this.from + stepLag[i];
      for (let at = first; at < first + stepSpan[i]; at++) {
        if (this.#free[at] < room) room = this.#free[at];
      }
      if (room === 0) return 0;
    }
    return this.#repeats(route) ? this.#roomOfRepeats(route, t) : room;
  }

  /** Writes a release down. Throws if some resource has no room for it. */
  take(route: number, t: number, parcels: number): void {
    const { stepStart, stepResource, stepLag, stepSpan } = this.routes;
    for (let i = stepStart[route]; i < stepStart[route + 1]; i++) {
      const first = stepResource[i] * this.slots + t - this.from + stepLag[i];
      for (let at = first; at < first + stepSpan[i]; at++) {
        this.#free[at] -= parcels;
        if (this.#free[at] < 0) throw new Error('a release beyond capacity was written');
      }
    }
  }

  /** Strikes out a release, or a part of it, that was written before. */
  giveBack(route: number, t: number, parcels: number): void {
    this.take(route, t, -parcels);
  }

  /** What a resource can still take in slots t … until − 1, as far as the ledger reaches. */
  freeOf(resource: number, t: number, until: number): number {
    let sum = 0;
    const first = resource * this.slots - this.from;
    const end = Math.min(until, this.from + this.slots);
    for (let u = t; u < end; u++) sum += this.#free[first + u];
    return sum;
  }

  /** The same ledger from a later slot on; `left` tells the capacity left of slots it did not reach yet. */
  movedTo(from: number, left: SlotTable): Ledger {
    const kept = Math.min(left.slots, this.from + this.slots - from);
    for (let r = 0; r < left.values.length / left.slots; r++) {
      const first = r * this.slots + from - this.from;
      left.values.set(this.#free.subarray(first, first + kept), r * left.slots);
    }
    return new Ledger(this.routes, left, from);
  }

  #repeats(route: number): boolean {
    const { stepStart, stepResource } = this.routes;
    for (let j = stepStart[route] + 1; j < stepStart[route + 1]; j++) {
      for (let i = stepStart[route]; i < j; i++) {
        if (stepResource[i] === stepResource[j]) return true;
      }
    }
    return false;
  }

  /** Room of a route that may load a resource more than once in one slot. */
  #roomOfRepeats(route: number, t: number): number {
    const { stepStart, stepResource, stepLag, stepSpan } = this.routes;
    let room = Infinity;
    for (let i = stepStart[route]; i < stepStart[route + 1]; i++) {
      for (let lag = stepLag[i]; lag < stepLag[i] + stepSpan[i]; lag++) {
        let times = 0;
        for (let j = stepStart[route]; j < stepStart[route + 1]; j++) {
          const here = stepResource[j] === stepResource[i];
          if (here && stepLag[j] <= lag && lag < stepLag[j] + stepSpan[j]) times += 1;
        }
        const free = this.#free[stepResource[i] * this.slots + t - this.from + lag];
        room = Math.min(room, Math.floor(free / times));
      }
    }
    return room;
  }
}
