import type { Scenario } from '../../src/network/scenario.js';
import { emptySlotTable, type SlotTable } from '../../src/plan/slot-table.js';
import type { Door } from '../../src/world/policy/policy.js';
import { checkSlot } from '../../src/world/simulation/check.js';
import { WorldDoor } from '../../src/world/simulation/door.js';
import { Fate } from '../../src/world/simulation/fate.js';
import { Flow } from '../../src/world/simulation/flow.js';
import type { FlowWatch } from '../../src/world/simulation/flow-watch.js';
import { Holds } from '../../src/world/simulation/holds.js';
import type { OnDelivered } from '../../src/world/simulation/last-mile.js';
import {
  NO_SURPRISE,
  type SimulationOptions,
  type Surprises,
  type WorldParameters,
} from '../../src/world/simulation/options.js';
import { Recorder } from '../../src/world/simulation/recorder.js';
import { Shippers } from '../../src/world/simulation/shippers.js';
import { compileWays } from '../../src/world/simulation/ways.js';

/** The physics of tests: theirs alone, so that nothing here turns on how the world is tuned. */
export const PHYSICS: WorldParameters = {
  collectSurge: 2,
  processHours: 2,
  capacityDrop: 0.35,
  crowdedFrom: 0.9,
  vehicleParcels: 10_000,
  fleetHeadroom: 1.3,
  hire: 0.02,
  shift: [8, 20],
  outletWaitHours: 3,
  roundHours: 3,
  lockerShare: 0.4,
  lockerEffort: 0.5,
  lockerRoom: 1.5,
  lockerHalfHours: 8,
  failedShare: 0.06,
};

/** Room and vehicles for whatever comes: only capacities and lags say when a parcel is where. */
export const AMPLE: WorldParameters = { ...PHYSICS, fleetHeadroom: 1e6, outletWaitHours: 0 };

/** Parcels of one cohort let go over a route. */
export interface Sent {
  readonly slot: number;
  readonly flow: number;
  readonly readySlot: number;
  readonly route: number;
  readonly parcels: number;
}

/** The simulated world slot by slot, released into by hand: what `simulate` does around a policy. */
export class LivedWorld {
  readonly fate: Fate;
  readonly flow: Flow;
  readonly shippers: Shippers;
  readonly holds: Holds;
  readonly recorder: Recorder;
  readonly door: WatchedDoor;
  /** What each resource took, slot by slot. */
  readonly served: Float64Array[] = [];
  /** The next slot. */
  slot = 0;

  constructor(
    readonly scenario: Scenario,
    world: WorldParameters = AMPLE,
    surprises: Surprises = NO_SURPRISE,
    seed = 1,
    watch?: FlowWatch,
  ) {
    const ways = compileWays(scenario);
    this.fate = new Fate(scenario, ways, surprises, seed);
    this.shippers = new Shippers(scenario, this.fate.cohortParcels);
    this.holds = new Holds(scenario, 10_000);
    const onDelivered: OnDelivered = (ready, slot, parcels) => {
      this.recorder.deliver(ready, slot, parcels);
    };
    this.flow = new Flow(scenario, ways, this.fate, world, onDelivered, watch);
    this.recorder = new Recorder(scenario, this.flow.hubs);
    this.door = new WatchedDoor(scenario, this.shippers, this.flow, this.holds);
  }

  /** Lives through one slot; breaches of what must always hold throw. */
  async step(decide: (door: Door) => void | Promise<void> = () => {}): Promise<void> {
    const t = this.slot;
    const joined = this.shippers.advance(t);
    this.door.slot = t;
    this.door.look(t - 1);
    const before = this.flow.released;
    await decide(this.door);
    this.flow.step(t);
    this.recorder.record(this.flow, joined, this.flow.released - before);
    checkSlot(t, this.flow, this.shippers, this.recorder.overflow[t]);
    this.served.push(this.flow.served.slice());
    this.slot += 1;
  }

  /** Lives on until nothing is in the network, at most so many slots. */
  async finish(slotsMost = 500): Promise<void> {
    while (this.flow.inNetwork > 0 && slotsMost-- > 0) await this.step();
  }

  /** What resources took from a slot on, as a table. */
  servedFrom(from: number, slots: number): SlotTable {
    const table = emptySlotTable(this.flow.served.length, slots);
    for (let t = from; t < Math.min(from + slots, this.slot); t++) {
      this.served[t].forEach((n, r) => (table.values[r * slots + t - from] = n));
    }
    return table;
  }
}

/** The door, with a list of who went through it. */
class WatchedDoor extends WorldDoor {
  readonly sent: Sent[] = [];

  override release(flow: number, route: number, parcels: number): void {
    let left = parcels;
    this.eachWaiting((f, readySlot, waits) => {
      const n = f === flow ? Math.min(left, waits) : 0;
      if (n > 0) this.sent.push({ slot: this.slot, flow, readySlot, route, parcels: n });
      left -= n;
    });
    super.release(flow, route, parcels);
  }
}

/** What `simulate` is asked with, where a test does not say otherwise. */
export function askedFor(options: Partial<SimulationOptions> = {}): SimulationOptions {
  return {
    policy: 'at-once',
    seed: 1,
    surprises: NO_SURPRISE,
    world: PHYSICS,
    planner: { gap: 0.05, threads: 1, reserve: 0, replanHours: 24, horizonHours: 72 },
    clock: { now: () => 0, pause: async () => {} },
    ...options,
  };
}
