import type { PriceTable } from '../../src/network/plan-files.js';
import type { Scenario } from '../../src/network/scenario.js';
import { type MemoryPlan, planOfRows, type Release, rowsOfReleases } from './plan-rows.js';

/**
 * A feasible plan by the plainest rule, for trying what reads plans: cohort after cohort, earliest
 * slot first, routes in their order, as many parcels as still fit; the rest is carried over.
 */
export function naivePlan(scenario: Scenario, prices?: PriceTable, bound = 0): MemoryPlan {
  const { demand, pairs } = scenario;
  const room = new Room(scenario);
  const releases: Release[][] = [];
  for (let flow = 0; flow < demand.flowPair.length; flow++) {
    const pair = demand.flowPair[flow];
    const routes = pairs.routeList.subarray(pairs.routeStart[pair], pairs.routeStart[pair + 1]);
    for (let k = demand.cohortStart[flow]; k < demand.cohortStart[flow + 1]; k++) {
      let waiting = 0;
      for (let row = demand.rowStart[k]; row < demand.rowStart[k + 1]; row++) {
        waiting += demand.rowParcels[row];
      }
      const mine: Release[] = [];
      for (let slot = Math.max(0, demand.cohortSlot[k]); slot < scenario.slots; slot++) {
        for (const route of routes) {
          const parcels = room.take(route, slot, waiting);
          waiting -= parcels;
          if (parcels > 0) mine.push({ slot, route, parcels });
        }
      }
      releases.push(mine);
    }
  }
  return planOfRows(scenario, rowsOfReleases(scenario, releases), prices, { bound });
}

/** Room left by resource and slot. */
class Room {
  readonly #left = new Map<string, number>();

  constructor(readonly scenario: Scenario) {
    const { overrides, commitments } = scenario.resources;
    overrides.value.forEach((value, i) => {
      this.#left.set(`${overrides.resource[i]}/${overrides.slot[i]}`, value);
    });
    commitments.value.forEach((value, i) => {
      const [resource, slot] = [commitments.resource[i], commitments.slot[i]];
      this.#set(resource, slot, Math.max(0, this.#get(resource, slot) - value));
    });
  }

  /** Takes as many parcels as fit, at most `wanted`. */
  take(route: number, slot: number, wanted: number): number {
    let parcels = wanted;
    while (parcels > 0 && !this.#add(route, slot, parcels)) parcels -= 1;
    return parcels;
  }

  #add(route: number, slot: number, parcels: number): boolean {
    const cells = this.#cellsOf(route, slot);
    for (const [r, u] of cells) this.#set(r, u, this.#get(r, u) - parcels);
    if (cells.every(([r, u]) => this.#get(r, u) >= 0)) return true;
    for (const [r, u] of cells) this.#set(r, u, this.#get(r, u) + parcels);
    return false;
  }

  #cellsOf(route: number, slot: number): [number, number][] {
    const { stepStart, stepResource, stepLag, stepSpan } = this.scenario.routes;
    const cells: [number, number][] = [];
    for (let step = stepStart[route]; step < stepStart[route + 1]; step++) {
      for (let u = 0; u < stepSpan[step]; u++) {
        cells.push([stepResource[step], slot + stepLag[step] + u]);
      }
    }
    return cells;
  }

  #get(resource: number, slot: number): number {
    const { capacity } = this.scenario.resources;
    return this.#left.get(`${resource}/${slot}`) ?? capacity[resource];
  }

  #set(resource: number, slot: number, value: number): void {
    this.#left.set(`${resource}/${slot}`, value);
  }
}
