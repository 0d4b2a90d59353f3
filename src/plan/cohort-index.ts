import type { Scenario } from '../network/scenario.js';

/** Finds cohorts by their key, and the flow of a cohort. */
export class CohortIndex {
  /** Flow of (pair, service), −1 where none: entry pair · services + service. */
  readonly #flow: Int32Array;

  constructor(readonly scenario: Scenario) {
    const { demand, pairs, services } = scenario;
    this.#flow = new Int32Array(pairs.size * services.length).fill(-1);
    demand.flowPair.forEach((pair, flow) => {
      this.#flow[pair * services.length + demand.flowService[flow]] = flow;
    });
  }

  /** The cohort of a pair and service that became ready in a slot, or −1. */
  find(pair: number, service: number, slot: number): number {
    const { demand } = this.scenario;
    const flow = this.flow(pair, service);
    if (flow < 0) return -1;
    let [low, high] = [demand.cohortStart[flow], demand.cohortStart[flow + 1]];
    while (high - low > 1) {
      const mid = (low + high) >>> 1;
      if (demand.cohortSlot[mid] <= slot) low = mid;
      else high = mid;
    }
    return demand.cohortSlot[low] === slot ? low : -1;
  }

  /** The flow of a pair and service, or −1. */
  flow(pair: number, service: number): number {
    return this.#flow[pair * this.scenario.services.length + service];
  }

  flowOf(cohort: number): number {
    const { cohortStart } = this.scenario.demand;
    let [low, high] = [0, cohortStart.length - 1];
    while (high - low > 1) {
      const mid = (low + high) >>> 1;
      if (cohortStart[mid] <= cohort) low = mid;
      else high = mid;
    }
    return low;
  }
}
