import type { Scenario } from '../../network/scenario.js';
import type { Door, DueTable } from '../policy/policy.js';
import { eachAhead } from './ahead.js';
import type { Flow } from './flow.js';
import type { Holds } from './holds.js';
import type { Shippers } from './shippers.js';

/** What the last slot counts in the rate that a resource is seen to have. */
const RATE_WEIGHT = 0.5;

/** The one door between shippers and the network (policy.ts), on the simulated world. */
export class WorldDoor implements Door {
  slot = 0;
  readonly seenStock: Float64Array;
  readonly seenQueue: Float64Array;
  readonly seenRate: Float64Array;
  /** Slots that a route may still load after its release. */
  readonly #reach: number;

  constructor(
    readonly scenario: Scenario,
    private readonly shippers: Shippers,
    private readonly flow: Flow,
    private readonly holds: Holds,
  ) {
    this.seenStock = new Float64Array(scenario.resources.capacity.length);
    this.seenQueue = new Float64Array(this.seenStock.length);
    this.seenRate = new Float64Array(this.seenStock.length).fill(1);
    const { stepLag, stepSpan } = scenario.routes;
    let reach = 1;
    for (let i = 0; i < stepLag.length; i++) reach = Math.max(reach, stepLag[i] + stepSpan[i]);
    this.#reach = reach;
  }

  get waiting(): Float64Array {
    return this.shippers.waiting;
  }

  eachWaiting(visit: (flow: number, readySlot: number, parcels: number) => void): void {
    this.shippers.each(visit);
  }

  release(flow: number, route: number, parcels: number): void {
    if (this.scenario.routes.pair[route] !== this.scenario.demand.flowPair[flow]) {
      throw new Error(`route ${route} does not serve flow ${flow}`);
    }
    this.shippers.take(flow, parcels, (ready, n) => {
      this.flow.enter(route, ready, n, this.slot);
      this.holds.add(flow, ready, this.slot, n);
    });
  }

  /** What each place is seen to hold: arrivals of the last slot whose scans are late, or lost, are not. */
  look(t: number): void {
    const { flow, seenStock, seenQueue } = this;
    for (let r = 0; r < seenStock.length; r++) {
      const waits = flow.queued[r] + flow.waitingOutside[r];
      const there = flow.hubOf[r] < 0 ? waits : flow.stock[r] + flow.waitingOutside[r];
      const { late, missing } = flow.fate.scansLost(r, t);
      const queues = flow.queue.head[r] >= 0;
      const declared = flow.fate.declaredAt(r, t);
      const rate = queues && declared > 0 ? Math.min(1, flow.served[r] / declared) : 1;
      this.seenRate[r] += RATE_WEIGHT * (rate - this.seenRate[r]);
      const unseen = Math.round((late + missing) * flow.served[r]);
      seenStock[r] = Math.max(0, there - unseen);
      seenQueue[r] = Math.max(0, waits - unseen);
    }
  }

  /**
   * What is in the network, place by place, and the resources that it loads or will still load. Each step
   * counts at the lag that it has behind the place, from now or from the arrival there; at outlets, where
   * parcels come earlier and wait, still at its lag.
   */
  due(): DueTable {
    const table = { from: this.slot, slots: this.#reach + this.flow.ring, values: this.#values() };
    const add = (resource: number, u: number, span: number, parcels: number): void => {
      for (let v = u; v < Math.min(u + span, table.slots); v++) {
        table.values[resource * table.slots + v] += parcels;
      }
    };
    eachAhead(this.flow, this.slot, add);
    for (let r = 0; r < this.seenStock.length; r++) {
      for (let u = 0; u < this.flow.stay; u++) add(r, u, 1, this.flow.occupiedAt(r, this.slot + u));
    }
    return table;
  }

  #values(): Float64Array {
    return new Float64Array(this.seenStock.length * (this.#reach + this.flow.ring));
  }
}
