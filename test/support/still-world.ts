import type { Scenario } from '../../src/network/scenario.js';
import {
  addRelease,
  capacityLeft,
  emptySlotTable,
  type SlotTable,
  tailSlots,
} from '../../src/plan/slot-table.js';
import {
  type MeasuredPolicy,
  makePolicy,
  type PolicyOptions,
} from '../../src/world/policy/make-policy.js';
import type { Door, DueTable, PolicyName, Truth } from '../../src/world/policy/policy.js';

/** One release, per cohort. */
export interface Released {
  readonly slot: number;
  readonly flow: number;
  readonly readySlot: number;
  readonly route: number;
  readonly parcels: number;
}

/**
 * A world in which nothing happens: what is released loads its resources as the timetable says, nothing
 * queues. It holds policies to the door's terms, and keeps what they release.
 */
export class StillWorld implements Door {
  slot = 0;
  readonly waiting: Float64Array;
  readonly seenStock: Float64Array;
  readonly seenQueue: Float64Array;
  readonly seenRate: Float64Array;
  readonly released: Released[] = [];
  /** Parcels that load each resource, by slot of the season. */
  readonly load: SlotTable;
  readonly #left: Float64Array;

  constructor(
    readonly scenario: Scenario,
    cohortParcels: ArrayLike<number>,
    private readonly end: number,
  ) {
    const resources = scenario.resources.capacity.length;
    this.waiting = new Float64Array(scenario.demand.flowPair.length);
    this.seenStock = new Float64Array(resources);
    this.seenQueue = new Float64Array(resources);
    this.seenRate = new Float64Array(resources).fill(1);
    this.load = emptySlotTable(resources, end + tailSlots(scenario.routes));
    this.#left = Float64Array.from(cohortParcels);
    this.#count();
  }

  /** Runs to the end; what then still waits stays in `waiting`. */
  async run(policy: { decide(door: Door): void | Promise<void> }): Promise<this> {
    for (; this.slot < this.end; this.slot++) {
      this.#count();
      await policy.decide(this);
    }
    return this;
  }

  eachWaiting(visit: (flow: number, readySlot: number, parcels: number) => void): void {
    this.#eachReady((flow, k) => {
      if (this.#left[k] > 0) visit(flow, this.scenario.demand.cohortSlot[k], this.#left[k]);
    });
  }

  due(): DueTable {
    const { slots, values } = this.load;
    const ahead = slots - this.slot;
    const due = emptySlotTable(values.length / slots, ahead).values;
    for (let r = 0; r < values.length / slots; r++) {
      due.set(values.subarray(r * slots + this.slot, (r + 1) * slots), r * ahead);
    }
    return { from: this.slot, slots: ahead, values: due };
  }

  release(flow: number, route: number, parcels: number): void {
    const { demand, routes } = this.scenario;
    if (routes.pair[route] !== demand.flowPair[flow]) throw new Error('a route of another pair');
    if (!Number.isInteger(parcels) || parcels < 1 || parcels > this.waiting[flow]) {
      throw new Error(`${parcels} of ${this.waiting[flow]} parcels`);
    }
    this.waiting[flow] -= parcels;
    addRelease(this.load, routes, route, this.slot, parcels);
    let left = parcels;
    for (let k = demand.cohortStart[flow]; left > 0; k++) {
      const n = Math.min(left, this.#left[k]);
      if (n === 0) continue;
      this.#left[k] -= n;
      left -= n;
      const readySlot = demand.cohortSlot[k];
      this.released.push({ slot: this.slot, flow, readySlot, route, parcels: n });
    }
  }

  #count(): void {
    this.waiting.fill(0);
    this.eachWaiting((flow, _, parcels) => (this.waiting[flow] += parcels));
  }

  #eachReady(visit: (flow: number, cohort: number) => void): void {
    const { flowPair, cohortStart, cohortSlot } = this.scenario.demand;
    for (let f = 0; f < flowPair.length; f++) {
      for (let k = cohortStart[f]; k < cohortStart[f + 1] && cohortSlot[k] <= this.slot; k++) {
        visit(f, k);
      }
    }
  }
}

/** Parcels of each cohort as forecast. */
export function forecastOf({ demand }: Scenario): Float64Array {
  return Float64Array.from(demand.cohortSlot, (_, k) => {
    const [from, until] = [demand.rowStart[k], demand.rowStart[k + 1]];
    return demand.rowParcels.subarray(from, until).reduce((sum, n) => sum + n, 0);
  });
}

/** Runs a policy through a still season, `after` slots beyond its end; demand as forecast unless told. */
export async function runStill(
  name: PolicyName,
  scenario: Scenario,
  options: Partial<PolicyOptions['planner']> &
    Pick<PolicyOptions, 'cache' | 'onPlan'> & {
      readonly cohortParcels?: ArrayLike<number>;
      readonly after?: number;
      /** What scans say, per resource. */
      readonly seenStock?: (slot: number) => readonly number[];
    } = {},
): Promise<StillWorld & { readonly policy: MeasuredPolicy }> {
  const { after = 0, cohortParcels: told, seenStock, cache, onPlan, ...planner } = options;
  const cohortParcels = Int32Array.from(told ?? forecastOf(scenario));
  const slotHours = scenario.slotMinutes / 60;
  const whole = (scenario.slots + after) * slotHours;
  const policy = makePolicy(name, scenario, {
    planner: {
      gap: 0,
      threads: 1,
      reserve: 0,
      replanHours: whole,
      horizonHours: scenario.slots * slotHours,
      ...planner,
    },
    truth: declared(scenario, 100 * scenario.slots, cohortParcels),
    clock: { now: () => 0, pause: async () => {} },
    ...(cache ? { cache } : {}),
    ...(onPlan ? { onPlan } : {}),
  });
  const world = new StillWorld(scenario, cohortParcels, scenario.slots + after);
  await world.run({
    decide(door) {
      if (seenStock) world.seenStock.set(seenStock(door.slot));
      return policy.decide(door);
    },
  });
  return Object.assign(world, { policy });
}

/** What is declared is what comes. */
function declared(scenario: Scenario, slots: number, cohortParcels: Int32Array): Truth {
  const left = capacityLeft(scenario, slots).values;
  return { cohortParcels, capacityAt: (r, t) => left[r * slots + t] };
}
