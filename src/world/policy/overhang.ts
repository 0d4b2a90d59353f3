import type { Scenario } from '../../network/scenario.js';
import type { Ledger } from '../../plan/ledger.js';
import type { Door } from './policy.js';

/**
 * Share of a hub's floor above which what stands there is overhang. A hub at its rate needs about two
 * hours' worth for sorting, a third to a half of the floor; from nine tenths on it works slower. Lower,
 * ordinary fluctuation holds parcels back; higher, what is already on its way fills the floor.
 */
const CALM = 0.7;
/** Releases that load a hub within so many hours can still relieve it; what comes later meets another queue. */
const REACH_HOURS = 12;

/**
 * Hubs with more on their floors than is good for them (G8). What stands above CALM · floor has to be sorted
 * beside what was planned; until the hub has so much room to spare in the next hours, nothing new is let
 * through to it:
 *
 *     spare(h) = Σ over the next REACH hours of what h can still take − max(0, stock seen − CALM · floor)
 *
 * Shares that would load h within reach are held back, and make room, until spare(h) ≥ 0; what is free is
 * given away only as far as spare(h) > 0. Hubs without overhang are not looked at.
 */
export class Overhang {
  /** Infinity where there is no overhang. */
  readonly #spare: Float64Array;
  readonly #hubs: Int32Array;
  readonly #reach: number;
  /** Whether any hub has overhang. */
  any = false;

  constructor(private readonly scenario: Scenario) {
    const { kind, floor, capacity } = scenario.resources;
    this.#spare = new Float64Array(capacity.length).fill(Infinity);
    this.#hubs = Int32Array.from(kind.keys()).filter((r) => kind[r] === 'hub' && floor[r] > 0);
    this.#reach = Math.max(1, Math.round((REACH_HOURS * 60) / scenario.slotMinutes));
  }

  /** What scans show now. */
  look({ slot, seenStock }: Door, ledger: Ledger): void {
    const { floor } = this.scenario.resources;
    this.any = false;
    for (const hub of this.#hubs) {
      const over = Math.ceil(seenStock[hub] - CALM * floor[hub]);
      this.#spare[hub] = over > 0 ? ledger.freeOf(hub, slot, slot + this.#reach) - over : Infinity;
      this.any ||= over > 0;
    }
  }

  /** How many of a share of n parcels over a route are to be held back. */
  heldBack(route: number, n: number): number {
    return this.any ? Math.min(n, Math.max(0, -this.#least(route))) : 0;
  }

  /** The most that may be released over a route beyond shares. */
  room(route: number): number {
    return this.any ? Math.max(0, this.#least(route)) : Infinity;
  }

  /** So many parcels fewer (more, if negative) than was written down will load the route's hubs. */
  relieve(route: number, parcels: number): void {
    if (!this.any) return;
    const { stepStart, stepResource, stepLag } = this.scenario.routes;
    for (let i = stepStart[route]; i < stepStart[route + 1]; i++) {
      if (stepLag[i] < this.#reach) this.#spare[stepResource[i]] += parcels;
    }
  }

  #least(route: number): number {
    const { stepStart, stepResource, stepLag } = this.scenario.routes;
    let least = Infinity;
    for (let i = stepStart[route]; i < stepStart[route + 1]; i++) {
      if (stepLag[i] < this.#reach) least = Math.min(least, this.#spare[stepResource[i]]);
    }
    return least;
  }
}
