import type { Scenario } from '../../network/scenario.js';

/**
 * Parcels at their shippers: ready and not yet released, first in, first out within a flow. What really
 * becomes ready is `cohortParcels`, not the forecast.
 */
export class Shippers {
  /** Parcels waiting, per flow. */
  readonly waiting: Float64Array;
  /** All that has become ready. */
  ready = 0;
  /** All that waits. */
  total = 0;
  /** What waits without a route: nobody can release it. */
  stranded = 0;
  /** First cohort with parcels left, per flow, and what is left of it. */
  readonly #head: Int32Array;
  readonly #left: Int32Array;
  /** First cohort that is not ready yet, per flow. */
  readonly #coming: Int32Array;

  constructor(
    private readonly scenario: Scenario,
    private readonly cohortParcels: Int32Array,
  ) {
    const flows = scenario.demand.flowPair.length;
    this.waiting = new Float64Array(flows);
    this.#head = scenario.demand.cohortStart.slice(0, flows);
    this.#coming = this.#head.slice();
    this.#left = new Int32Array(flows);
  }

  /** What becomes ready in slot t joins; returns how many. */
  advance(t: number): number {
    const { cohortStart, cohortSlot, flowPair } = this.scenario.demand;
    const { routeStart } = this.scenario.pairs;
    let joined = 0;
    for (let f = 0; f < this.waiting.length; f++) {
      let k = this.#coming[f];
      const until = cohortStart[f + 1];
      if (k === until || cohortSlot[k] > t) continue;
      let more = 0;
      const none = this.waiting[f] === 0;
      for (; k < until && cohortSlot[k] <= t; k++) more += this.cohortParcels[k];
      if (none) this.#open(f, this.#coming[f]);
      this.#coming[f] = k;
      this.waiting[f] += more;
      joined += more;
      const pair = flowPair[f];
      if (routeStart[pair] === routeStart[pair + 1]) this.stranded += more;
    }
    this.ready += joined;
    this.total += joined;
    return joined;
  }

  /** Takes n of what waits in flow f, oldest first; `visit` is told each part's ready slot and parcels. */
  take(f: number, n: number, visit: (ready: number, parcels: number) => void): void {
    if (!(n >= 0) || n > this.waiting[f] || !Number.isInteger(n)) {
      throw new Error(`flow ${f}: cannot release ${n} of ${this.waiting[f]} parcels`);
    }
    let left = n;
    while (left > 0) {
      const part = Math.min(left, this.#left[f]);
      if (part > 0) visit(this.scenario.demand.cohortSlot[this.#head[f]], part);
      left -= part;
      this.#left[f] -= part;
      if (this.#left[f] === 0) this.#open(f, this.#head[f] + 1);
    }
    this.waiting[f] -= n;
    this.total -= n;
  }

  each(visit: (flow: number, ready: number, parcels: number) => void): void {
    const { cohortSlot } = this.scenario.demand;
    for (let f = 0; f < this.waiting.length; f++) {
      if (this.waiting[f] === 0) continue;
      if (this.#left[f] > 0) visit(f, cohortSlot[this.#head[f]], this.#left[f]);
      for (let k = this.#head[f] + 1; k < this.#coming[f]; k++) {
        if (this.cohortParcels[k] > 0) visit(f, cohortSlot[k], this.cohortParcels[k]);
      }
    }
  }

  #open(f: number, k: number): void {
    const end = this.scenario.demand.cohortStart[f + 1];
    this.#head[f] = k;
    this.#left[f] = k < end ? this.cohortParcels[k] : 0;
  }
}
