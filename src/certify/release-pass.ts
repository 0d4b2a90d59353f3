import type { ReleaseBatch } from '../network/plan-files.js';
import type { Scenario } from '../network/scenario.js';
import { CompensatedSum } from './compensated-sum.js';
import type { Costs } from './cost.js';
import { DemandIndex } from './demand-index.js';
import { cohortLabel, nameOf } from './labels.js';
import { ReleaseLedger } from './release-ledger.js';
import type { ViolationList } from './report.js';

const PARCELS_MAX = 2 ** 32 - 1;

/**
 * Reads the releases once, in any order: adds up Z and the load of every resource and slot, and keeps
 * each row in the ledger for what is true only of whole cohorts. A row that cannot be is reported and
 * left out.
 */
export class ReleasePass {
  /** Entry resource · reach + slot: parcels that load the resource in the slot. Whole numbers. */
  readonly load: Float64Array;
  readonly ledger: ReleaseLedger;
  released = 0;
  carried = 0;
  readonly #cost = new CompensatedSum();
  readonly #index: DemandIndex;

  constructor(
    readonly scenario: Scenario,
    readonly costs: Costs,
    readonly reach: number,
    readonly violations: ViolationList,
  ) {
    this.load = new Float64Array(scenario.resources.capacity.length * reach);
    this.ledger = new ReleaseLedger(scenario.demand.rowParcels.length);
    this.#index = new DemandIndex(scenario);
  }

  /** Z so far: c(t−s) + w·cost(ρ) for each parcel released, c(T−s) + w·carryPenalty for each carried over. */
  get objective(): number {
    return this.#cost.total;
  }

  add(batch: ReleaseBatch): void {
    for (let i = 0; i < batch.rows; i++) {
      const row = this.#rowOf(batch, i);
      const fault = row < 0 ? 'no such parcels are ready' : this.#faultOf(batch, i);
      if (fault) this.#report(batch, i, fault);
      else {
        if (batch.route[i] < 0) this.#carry(batch, i);
        else this.#release(batch, i);
        this.ledger.append(row, batch.releaseSlot[i], batch.parcels[i]);
      }
    }
  }

  #release(batch: ReleaseBatch, i: number): void {
    const [service, route, t] = [batch.service[i], batch.route[i], batch.releaseSlot[i]];
    const parcels = batch.parcels[i];
    const { cost, stepStart, stepResource, stepLag, stepSpan } = this.scenario.routes;
    const detour = this.scenario.services[service].weight * cost[route];
    this.#cost.add(parcels * (this.costs.hold[service][t - batch.readySlot[i]] + detour));
    this.released += parcels;
    for (let step = stepStart[route]; step < stepStart[route + 1]; step++) {
      const from = stepResource[step] * this.reach + t + stepLag[step];
      for (let u = from; u < from + stepSpan[step]; u++) this.load[u] += parcels;
    }
  }

  #carry(batch: ReleaseBatch, i: number): void {
    const service = batch.service[i];
    const held = this.scenario.slots - batch.readySlot[i];
    const each = this.costs.hold[service][held] + this.costs.carry[service];
    this.#cost.add(batch.parcels[i] * each);
    this.carried += batch.parcels[i];
  }

  #rowOf(batch: ReleaseBatch, i: number): number {
    return this.#index.find(batch.pair[i], batch.service[i], batch.readySlot[i], batch.shipper[i]);
  }

  /** Why row i, of demand that exists, cannot be; empty when it can. */
  #faultOf(batch: ReleaseBatch, i: number): string {
    const [parcels, t, route] = [batch.parcels[i], batch.releaseSlot[i], batch.route[i]];
    if (!(Number.isInteger(parcels) && parcels > 0 && parcels <= PARCELS_MAX)) {
      return 'parcels is not a whole number > 0';
    }
    if (t < 0 && route < 0) return '';
    if (t < 0 || route < 0) return 'one of releaseSlot and route is empty';
    if (t < batch.readySlot[i]) return 'released before it is ready';
    if (t >= this.scenario.slots) return 'released after the last slot';
    if (this.scenario.routes.pair[route] !== batch.pair[i]) return 'the route is of another pair';
    return '';
  }

  #report(batch: ReleaseBatch, i: number, fault: string): void {
    const shipper = nameOf(this.scenario.demand.shippers, batch.shipper[i]);
    const route = nameOf(this.scenario.routes.ids, batch.route[i]);
    const cohort = cohortLabel(this.scenario, batch.pair[i], batch.service[i], batch.readySlot[i]);
    this.violations.add('row', () => ({
      where: `${shipper} ${cohort}, release ${batch.releaseSlot[i]} on ${route}`,
      text: `${batch.parcels[i]} parcels: ${fault}`,
      by: batch.parcels[i],
    }));
  }
}
