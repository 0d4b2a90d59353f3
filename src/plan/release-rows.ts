import type { ReleaseBatch } from '../network/plan-files.js';
import type { Demand } from '../network/scenario.js';
import type { Packing } from '../solver/packing.js';
import { Shares } from './shares.js';

/** Rows a batch: enough that a writer's work per batch does not count. */
const batchRows = 16_384;

/**
 * The rows of a plan: releases of each flow serve its cohorts first in, first out, and those of a
 * cohort are shared among its shippers. By flow, cohort, slot; what is carried over closes a cohort.
 * The batch is used again for the next one.
 */
export function* releaseRows(demand: Demand, packing: Packing): Generator<ReleaseBatch> {
  const { optionStart } = packing.problem;
  let routesMost = 1;
  for (let b = 0; b + 1 < optionStart.length; b++) {
    routesMost = Math.max(routesMost, optionStart[b + 1] - optionStart[b]);
  }
  const rows = new RowWriter(demand, routesMost);
  for (let f = 0; f < demand.flowPair.length; f++) {
    let run = packing.start[f];
    const end = run + packing.count[f];
    let left = run < end ? packing.amount[run] : 0;
    for (let k = demand.cohortStart[f]; k < demand.cohortStart[f + 1]; k++) {
      let ready = rows.open(f, k);
      while (ready > 0 && run < end) {
        // All releases of one slot are shared at once.
        const t = packing.slot[run];
        let together = 0;
        rows.clear();
        while (ready > 0 && run < end && packing.slot[run] === t) {
          const n = Math.min(ready, left);
          rows.add(packing.option[run], n);
          together += n;
          ready -= n;
          left -= n;
          if (left === 0) left = ++run < end ? packing.amount[run] : 0;
        }
        rows.release(t, together);
        if (rows.full) yield rows.take();
      }
      if (ready > 0) rows.carryOver();
      if (rows.full) yield rows.take();
    }
  }
  if (rows.batch.rows > 0 && !rows.taken) yield rows.take();
}

class RowWriter {
  readonly batch: ReleaseBatch;
  readonly #shares = new Shares();
  #before = new Float64Array(16);
  #routes = new Int32Array(8);
  #amounts = new Float64Array(8);
  #ways = 0;
  #flow = 0;
  #cohort = 0;
  /** Whether the batch has been handed out since the last row. */
  taken = false;

  constructor(
    private readonly demand: Demand,
    routesMost: number,
  ) {
    // Before the batch is seen to be full, one release and what is carried over may be added: a row a
    // shipper each, and one more for each further route.
    let shippers = 1;
    for (let k = 0; k < demand.cohortSlot.length; k++) {
      shippers = Math.max(shippers, demand.rowStart[k + 1] - demand.rowStart[k]);
    }
    const size = batchRows + 2 * shippers + routesMost;
    this.batch = {
      rows: 0,
      shipper: new Int32Array(size),
      service: new Int32Array(size),
      pair: new Int32Array(size),
      readySlot: new Int32Array(size),
      releaseSlot: new Int32Array(size),
      route: new Int32Array(size),
      parcels: new Float64Array(size),
    };
  }

  get full(): boolean {
    return !this.taken && this.batch.rows >= batchRows;
  }

  /** The batch; the next row starts a new one. */
  take(): ReleaseBatch {
    this.taken = true;
    return this.batch;
  }

  /** Begins cohort k of flow f and gives its parcels. */
  open(f: number, k: number): number {
    this.#flow = f;
    this.#cohort = k;
    const from = this.demand.rowStart[k];
    const until = this.demand.rowStart[k + 1];
    this.#shares.open(this.demand.rowParcels, from, until);
    if (this.#before.length < until - from) this.#before = new Float64Array(2 * (until - from));
    let parcels = 0;
    for (let i = from; i < until; i++) parcels += this.demand.rowParcels[i];
    return parcels;
  }

  clear(): void {
    this.#ways = 0;
  }

  /** Some of the release about to be shared takes this route. */
  add(route: number, parcels: number): void {
    if (this.#ways === this.#routes.length) {
      const routes = new Int32Array(2 * this.#ways);
      routes.set(this.#routes);
      this.#routes = routes;
      const amounts = new Float64Array(2 * this.#ways);
      amounts.set(this.#amounts);
      this.#amounts = amounts;
    }
    this.#routes[this.#ways] = route;
    this.#amounts[this.#ways++] = parcels;
  }

  /** Shares a release in slot t, over the routes added, among the cohort's shippers. */
  release(t: number, parcels: number): void {
    const shares = this.#shares;
    const before = this.#before;
    for (let i = 0; i < shares.count; i++) before[i] = shares.given[i];
    shares.release(parcels);
    let way = 0;
    for (let i = 0; i < shares.count; i++) {
      for (let n = shares.given[i] - before[i]; n > 0; ) {
        while (this.#amounts[way] === 0) way++;
        const x = Math.min(n, this.#amounts[way]);
        this.#put(i, t, this.#routes[way], x);
        this.#amounts[way] -= x;
        n -= x;
      }
    }
  }

  carryOver(): void {
    const from = this.demand.rowStart[this.#cohort];
    for (let i = 0; i < this.#shares.count; i++) {
      const left = this.demand.rowParcels[from + i] - this.#shares.given[i];
      if (left > 0) this.#put(i, -1, -1, left);
    }
  }

  #put(i: number, t: number, route: number, parcels: number): void {
    const { batch, demand } = this;
    if (this.taken) {
      batch.rows = 0;
      this.taken = false;
    }
    const at = batch.rows++;
    batch.shipper[at] = demand.rowShipper[demand.rowStart[this.#cohort] + i];
    batch.service[at] = demand.flowService[this.#flow];
    batch.pair[at] = demand.flowPair[this.#flow];
    batch.readySlot[at] = demand.cohortSlot[this.#cohort];
    batch.releaseSlot[at] = t;
    batch.route[at] = route;
    batch.parcels[at] = parcels;
  }
}
