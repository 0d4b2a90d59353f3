import type { ReleaseBatch } from '../network/plan-files.js';
import { holdingCost, type Scenario } from '../network/scenario.js';
import { CohortIndex } from './cohort-index.js';
import { addRelease, emptySlotTable, loadedSlots, type SlotTable } from './slot-table.js';

/** Parcels of one shipper that have a ticket in force; slots are the season's. */
export interface Ticketed {
  readonly shipper: number;
  readonly pair: number;
  readonly service: number;
  readonly readySlot: number;
  readonly slot: number;
  readonly route: number;
  readonly parcels: number;
}

/** Rows a batch. */
const BATCH_ROWS = 16_384;

/**
 * What a new plan finds done, and leaves as it is: what the plan before let go earlier than slot `from`, or more where
 * tickets say so, and what has tickets from then on. Parcels are taken from the demand's rows (a cohort's parcels of one
 * shipper); those of tickets beyond those only load their route.
 *
 * Give the plan's releases first, then the tickets.
 */
export class LetGo {
  /** Of each row of the demand, parcels that nobody has let go. */
  readonly left: Float64Array;
  /** What they load, all slots of the season. */
  readonly load: SlotTable;
  /** What holding them cost: Σ c(t − s) + w · cost(ρ). */
  cost = 0;
  readonly #index: CohortIndex;
  readonly #batches: ReleaseBatch[] = [];
  /** Of each row, parcels let go by plan that no ticket was seen of yet. */
  readonly #unseen: Float64Array;

  constructor(
    private readonly scenario: Scenario,
    private readonly from: number,
  ) {
    this.#index = new CohortIndex(scenario);
    this.left = Float64Array.from(scenario.demand.rowParcels);
    this.#unseen = new Float64Array(this.left.length);
    this.load = emptySlotTable(scenario.resources.capacity.length, loadedSlots(scenario));
  }

  /** The rows let go, in batches. */
  get batches(): readonly ReleaseBatch[] {
    return this.#batches;
  }

  addPlanned(batch: ReleaseBatch): void {
    for (let i = 0; i < batch.rows; i++) {
      const slot = batch.releaseSlot[i];
      if (slot < 0 || slot >= this.from) continue;
      const { shipper, pair, service, readySlot, route, parcels } = batch;
      const row = this.#rowOf(pair[i], service[i], readySlot[i], shipper[i]);
      if (row < 0) continue;
      const n = Math.min(parcels[i], this.left[row]);
      this.#unseen[row] += n;
      this.#let(row, shipper[i], pair[i], service[i], readySlot[i], slot, route[i], n);
    }
  }

  /** A ticket's parcels are the oldest of its flow and shipper that were ready when it says, as the plan serves them. */
  addTicket(ticket: Ticketed): void {
    const { pair, service, slot, route, parcels, shipper } = ticket;
    let n = parcels;
    if (slot < this.from) {
      n = this.#oldest(ticket, this.#unseen, n, (row, _, m) => {
        this.#unseen[row] -= m;
      });
    }
    n = this.#oldest(ticket, this.left, n, (row, ready, m) =>
      this.#let(row, shipper, pair, service, ready, slot, route, m),
    );
    if (n > 0) addRelease(this.load, this.scenario.routes, route, slot, n);
  }

  /** Takes n parcels of what rows of the ticket's flow and shipper have, the oldest first; gives how many are missing. */
  #oldest(
    { pair, service, shipper, readySlot }: Ticketed,
    have: Float64Array,
    n: number,
    take: (row: number, readySlot: number, parcels: number) => void,
  ): number {
    const { cohortStart, cohortSlot } = this.scenario.demand;
    const flow = this.#index.flow(pair, service);
    if (flow < 0) return n;
    let missing = n;
    for (let k = cohortStart[flow]; missing > 0 && k < cohortStart[flow + 1]; k++) {
      if (cohortSlot[k] > readySlot) break;
      const row = this.#rowIn(k, shipper);
      const m = row < 0 ? 0 : Math.min(missing, have[row]);
      if (m > 0) take(row, cohortSlot[k], m);
      missing -= m;
    }
    return missing;
  }

  #let(
    row: number,
    shipper: number,
    pair: number,
    service: number,
    readySlot: number,
    slot: number,
    route: number,
    parcels: number,
  ): void {
    if (parcels <= 0) return;
    const { scenario } = this;
    const { weight } = scenario.services[service];
    const hold = holdingCost(scenario.services[service], slot - readySlot);
    this.cost += parcels * (hold + weight * scenario.routes.cost[route]);
    this.left[row] -= parcels;
    addRelease(this.load, scenario.routes, route, slot, parcels);
    let batch = this.#batches.at(-1);
    if (!batch || batch.rows === BATCH_ROWS) {
      batch = emptyBatch();
      this.#batches.push(batch);
    }
    const at = batch.rows++;
    batch.shipper[at] = shipper;
    batch.service[at] = service;
    batch.pair[at] = pair;
    batch.readySlot[at] = readySlot;
    batch.releaseSlot[at] = slot;
    batch.route[at] = route;
    batch.parcels[at] = parcels;
  }

  #rowOf(pair: number, service: number, slot: number, shipper: number): number {
    const cohort = this.#index.find(pair, service, slot);
    return cohort < 0 ? -1 : this.#rowIn(cohort, shipper);
  }

  /** The demand's row of a cohort and shipper, or −1. */
  #rowIn(cohort: number, shipper: number): number {
    const { rowStart, rowShipper } = this.scenario.demand;
    let [low, high] = [rowStart[cohort], rowStart[cohort + 1]];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (rowShipper[middle] < shipper) low = middle + 1;
      else high = middle;
    }
    return low < rowStart[cohort + 1] && rowShipper[low] === shipper ? low : -1;
  }
}

function emptyBatch(): ReleaseBatch {
  const ints = () => new Int32Array(BATCH_ROWS);
  return {
    rows: 0,
    shipper: ints(),
    service: ints(),
    pair: ints(),
    readySlot: ints(),
    releaseSlot: ints(),
    route: ints(),
    parcels: new Float64Array(BATCH_ROWS),
  };
}
