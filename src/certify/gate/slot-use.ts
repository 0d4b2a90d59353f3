import type { Scenario } from '../../network/scenario.js';
import type { PlanCapacity } from './plan-capacity.js';

/** Of every resource and slot of a season: parcels on tickets, and the capacity in force. */
export class SlotUse {
  readonly #slots: number;
  readonly #used: Float64Array;
  readonly #capacity: Float64Array;
  /** The fullest there ever was. */
  #peak = { share: 0, at: -1, parcels: 0, capacity: 0 };

  /** @param slots of the season and the tail that its last tickets load. */
  constructor(
    private readonly scenario: Scenario,
    slots: number,
  ) {
    this.#slots = slots;
    this.#used = new Float64Array(scenario.resources.capacity.length * slots);
    this.#capacity = new Float64Array(this.#used.length);
  }

  /** A plan is in force: capacities outside of it are none. */
  adopt({ from, slots, values }: PlanCapacity): void {
    this.#capacity.fill(0);
    values.forEach((value, i) => {
      const slot = from + (i % slots);
      if (slot >= 0 && slot < this.#slots) {
        this.#capacity[Math.floor(i / slots) * this.#slots + slot] = Math.floor(value);
      }
    });
  }

  /** Gives false where there is no such resource and slot. */
  setCapacity(resource: number, slot: number, parcels: number): boolean {
    const isThere = slot >= 0 && slot < this.#slots && resource >= 0;
    if (!isThere || resource * this.#slots >= this.#capacity.length) return false;
    this.#capacity[resource * this.#slots + slot] = parcels;
    return true;
  }

  /** Takes parcels on a route in a slot; negative gives them back. */
  take(route: number, slot: number, parcels: number): void {
    const { stepStart, stepResource, stepLag, stepSpan } = this.scenario.routes;
    for (let i = stepStart[route]; i < stepStart[route + 1]; i++) {
      const first = stepResource[i] * this.#slots + slot + stepLag[i];
      for (let at = first; at < first + stepSpan[i]; at++) this.#used[at] += parcels;
    }
  }

  /** Where a ticket on a route in a slot is above capacity: resource · slots + slot, or −1 (P1). */
  over(route: number, slot: number): number {
    const { stepStart, stepResource, stepLag, stepSpan } = this.scenario.routes;
    for (let i = stepStart[route]; i < stepStart[route + 1]; i++) {
      const first = stepResource[i] * this.#slots + slot + stepLag[i];
      for (let at = first; at < first + stepSpan[i]; at++) {
        if (this.#used[at] > this.#capacity[at]) return at;
        if (this.#used[at] > this.#peak.share * this.#capacity[at]) this.#mark(at);
      }
    }
    return -1;
  }

  /** What `over` found, in words. */
  describe(at: number): string {
    return `${this.#name(at)} has ${this.#used[at]} parcels on tickets, capacity ${this.#capacity[at]}`;
  }

  get peak() {
    const { at, parcels, capacity } = this.#peak;
    if (at < 0) return undefined;
    const resource = this.scenario.resources.ids.get(Math.floor(at / this.#slots));
    return { resource, slot: at % this.#slots, parcels, capacity };
  }

  #mark(at: number): void {
    const parcels = this.#used[at];
    const capacity = this.#capacity[at];
    this.#peak = { share: parcels / capacity, at, parcels, capacity };
  }

  #name(at: number): string {
    const resource = this.scenario.resources.ids.get(Math.floor(at / this.#slots));
    return `${resource}, slot ${at % this.#slots}`;
  }
}
