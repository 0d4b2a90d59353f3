import type { Scenario } from '../network/scenario.js';

/** Finds the demand row that a release belongs to, by its key; −1 where there is none. */
export class DemandIndex {
  /** Flows of pair p: flowStart[p] … flowStart[p+1] − 1. */
  readonly #flowStart: Int32Array;
  #cohort = 0;
  #flow = 0;

  constructor(readonly scenario: Scenario) {
    const { flowPair } = scenario.demand;
    this.#flowStart = new Int32Array(scenario.pairs.size + 1);
    for (const pair of flowPair) this.#flowStart[pair + 1] += 1;
    for (let p = 0; p < scenario.pairs.size; p++) this.#flowStart[p + 1] += this.#flowStart[p];
  }

  /** Flow and cohort of the row found last. */
  get flow(): number {
    return this.#flow;
  }

  get cohort(): number {
    return this.#cohort;
  }

  find(pair: number, service: number, slot: number, shipper: number): number {
    const { rowStart, rowShipper } = this.scenario.demand;
    if (!this.#findCohort(pair, service, slot)) return -1;
    const [from, until] = [rowStart[this.#cohort], rowStart[this.#cohort + 1]];
    const row = firstNotBelow(rowShipper, shipper, from, until);
    return row < until && rowShipper[row] === shipper ? row : -1;
  }

  #findCohort(pair: number, service: number, slot: number): boolean {
    if (!this.#findFlow(pair, service)) return false;
    const { cohortStart, cohortSlot } = this.scenario.demand;
    const until = cohortStart[this.#flow + 1];
    const cohort = firstNotBelow(cohortSlot, slot, cohortStart[this.#flow], until);
    this.#cohort = cohort;
    return cohort < until && cohortSlot[cohort] === slot;
  }

  #findFlow(pair: number, service: number): boolean {
    if (pair < 0 || pair >= this.scenario.pairs.size) return false;
    for (let flow = this.#flowStart[pair]; flow < this.#flowStart[pair + 1]; flow++) {
      this.#flow = flow;
      if (this.scenario.demand.flowService[flow] === service) return true;
    }
    return false;
  }
}

/** The first i in [from, until) with sorted[i] ≥ value, else until. */
function firstNotBelow(
  sorted: Int32Array | Int16Array,
  value: number,
  from: number,
  until: number,
): number {
  let [low, high] = [from, until];
  while (low < high) {
    const mid = (low + high) >>> 1;
    if (sorted[mid] < value) low = mid + 1;
    else high = mid;
  }
  return low;
}
