import type { Scenario } from '../../src/network/scenario.js';
import { addRelease, emptySlotTable, loadedSlots } from '../../src/plan/slot-table.js';
import type { Releases, Seen } from '../../src/warn/seen.js';
import { makePolicy } from '../../src/world/policy/make-policy.js';
import { PlanCache } from '../../src/world/policy/plan-cache.js';
import type { PolicyName } from '../../src/world/policy/policy.js';
import { checkSlot } from '../../src/world/simulation/check.js';
import { WorldDoor } from '../../src/world/simulation/door.js';
import { Fate } from '../../src/world/simulation/fate.js';
import { Flow, ON_FLOOR } from '../../src/world/simulation/flow.js';
import { Holds } from '../../src/world/simulation/holds.js';
import { NO_SURPRISE, PLANNER, type Surprises, WORLD } from '../../src/world/simulation/options.js';
import { Shippers } from '../../src/world/simulation/shippers.js';
import { compileWays } from '../../src/world/simulation/ways.js';

/** Slots behind the season's demand in which hubs are still watched. */
const AFTER = 72;
/** Slots of flows that are seen. */
const PAST = 96;

/** Parcels let go in a slot over a route. */
interface Release {
  readonly route: number;
  readonly parcels: number;
}

/** What a slot began with, as scans show it, and how it ended. Arrays by resource. */
interface Row {
  readonly stock: Float64Array;
  readonly bound: Float64Array;
  readonly overdue: Float64Array;
  /** Of the slot itself. */
  readonly arrived: Float64Array;
  readonly departed: Float64Array;
  readonly releases: readonly Release[];
  /** 1 where stock was above the floor at the slot's end: the truth. */
  readonly overflow: Uint8Array;
}

/** A season lived under a policy, with what could be known at the beginning of each slot. */
export class LivedSeason {
  readonly slots: number;
  readonly #width: number;
  /** By slot: parcels due at each resource in slot u by the timetable, [resource · width + u], of releases made and expected. */
  readonly #due: Float64Array;
  #dueAt = 0;

  constructor(
    readonly scenario: Scenario,
    readonly rows: readonly Row[],
    private readonly expected: readonly (readonly Release[])[],
  ) {
    this.slots = rows.length;
    const size = scenario.resources.capacity.length;
    this.#width = loadedSlots(scenario) + AFTER + PAST;
    this.#due = emptySlotTable(size, this.#width).values;
    for (const [t, releases] of expected.entries()) {
      for (const { route, parcels } of releases) {
        this.#load(this.#due, route, t, parcels);
      }
    }
  }

  /** What is seen when slot t begins. Slots are asked for in order. */
  seen(t: number): Seen {
    const { scenario, rows } = this;
    const size = scenario.resources.capacity.length;
    const past = (of: (row: Row) => Float64Array) =>
      this.#past(t, (i, r) => (rows[i] ? of(rows[i])[r] : 0));
    return {
      at: Date.parse(scenario.start) + t * scenario.slotMinutes * 60_000,
      slot: t,
      stock: rows[t].stock,
      bound: rows[t].bound,
      arrived: past((row) => row.arrived),
      departed: past((row) => row.departed),
      released: this.#releases(
        t - PAST,
        t,
        rows.map((row) => row.releases),
      ),
      planned: this.#releases(t - PAST, t + PAST, this.expected),
      ageHours: new Float64Array(size),
    };
  }

  #releases(from: number, until: number, bySlot: readonly (readonly Release[])[]): Releases {
    const route: number[] = [];
    const slot: number[] = [];
    const parcels: number[] = [];
    for (let t = Math.max(0, from); t < Math.min(until, bySlot.length); t++) {
      for (const release of bySlot[t]) {
        route.push(release.route);
        slot.push(t);
        parcels.push(release.parcels);
      }
    }
    return { route, slot, parcels };
  }

  /** Parcels due at resource r in slots t … t + slots − 1 by the timetable: released before t, or expected to be from t on. */
  due(t: number, r: number, slots: number): Float64Array {
    for (; this.#dueAt < t; this.#dueAt++) {
      for (const { route, parcels } of this.expected[this.#dueAt] ?? [])
        this.#load(this.#due, route, this.#dueAt, -parcels);
      for (const { route, parcels } of this.rows[this.#dueAt].releases)
        this.#load(this.#due, route, this.#dueAt, parcels);
    }
    return this.#due.subarray(
      r * this.#width + t,
      r * this.#width + Math.min(t + slots, this.#width),
    );
  }

  #load(values: Float64Array, route: number, t: number, parcels: number): void {
    if (t + AFTER < this.#width) {
      addRelease({ slots: this.#width, values }, this.scenario.routes, route, t, parcels);
    }
  }

  #past(t: number, value: (slot: number, r: number) => number): Seen['arrived'] {
    const size = this.scenario.resources.capacity.length;
    const slots = Math.min(PAST, t);
    const table = emptySlotTable(size, slots);
    for (let r = 0; r < size; r++) {
      for (let i = 0; i < slots; i++) table.values[r * slots + i] = value(t - slots + i, r);
    }
    return table;
  }
}

const expectedReleases = new WeakMap<Scenario, Map<PolicyName, Release[][]>>();
const cache = new PlanCache();

/** Lives through a season; what is expected of it is the same season under the same policy without surprise. */
export async function liveSeason(
  scenario: Scenario,
  policy: PolicyName,
  surprises: Surprises,
  seed: number,
): Promise<LivedSeason> {
  const kept = expectedReleases.get(scenario) ?? new Map<PolicyName, Release[][]>();
  expectedReleases.set(scenario, kept);
  let expected = kept.get(policy);
  if (!expected) {
    const rows = await live(scenario, policy, NO_SURPRISE, 1);
    kept.set(policy, (expected = rows.map((row) => [...row.releases])));
  }
  return new LivedSeason(scenario, await live(scenario, policy, surprises, seed), expected);
}

/** The world slot by slot, as `simulate` lives it, with what scans show written down. */
async function live(
  scenario: Scenario,
  name: PolicyName,
  surprises: Surprises,
  seed: number,
): Promise<Row[]> {
  const ways = compileWays(scenario);
  const fate = new Fate(scenario, ways, surprises, seed);
  const shippers = new Shippers(scenario, fate.cohortParcels);
  const slots = scenario.slots + AFTER;
  const flow = new Flow(scenario, ways, fate, WORLD, () => {});
  const door = new WatchedDoor(scenario, shippers, flow, new Holds(scenario, slots + 1));
  const clock = { now: () => 0, pause: async () => {} };
  const planner = { ...PLANNER, gap: 0.02, threads: 1 };
  const policy = makePolicy(name, scenario, { planner, truth: fate, clock, cache });
  const rows: Row[] = [];
  for (let t = 0; t < slots; t++) {
    const begins = look(flow, fate, t - 1, rows.at(-1));
    shippers.advance(t);
    door.slot = t;
    door.look(t - 1);
    if (shippers.total > shippers.stranded) await policy.decide(door);
    const [stock, queued] = [flow.stock.slice(), flow.queued.slice()];
    flow.step(t);
    const overflow = Uint8Array.from(flow.stock, (n, r) => (n > flow.floor[r] ? 1 : 0));
    checkSlot(
      t,
      flow,
      shippers,
      Uint8Array.from(flow.hubs, (r) => overflow[r]),
    );
    // What was unloaded stands in the queue or was sorted; what is not on the floor any more has left.
    const arrived = flow.served.map(
      (n, r) => n + (flow.hubOf[r] < 0 ? 0 : flow.queued[r] - queued[r]),
    );
    const departed = flow.served.map((n, r) =>
      flow.hubOf[r] < 0 ? n : stock[r] + arrived[r] - flow.stock[r],
    );
    rows.push({ ...begins, arrived, departed, releases: door.takeReleases(), overflow });
  }
  return rows;
}

/** Stock and what is bound, as scans of slot t and before show them: arrivals whose scans are late still seem bound. */
function look(
  flow: Flow,
  fate: Fate,
  t: number,
  last: Row | undefined,
): Pick<Row, 'stock' | 'bound' | 'overdue'> {
  const stock = flow.stock.slice();
  const bound = flow.waitingOutside.map((n, r) => (flow.hubOf[r] < 0 ? 0 : n));
  const overdue = flow.queued.map((n, r) => (flow.hubOf[r] < 0 ? n : 0));
  const { loads, road, outside } = flow;
  const { legs, role } = flow.ways;
  const add = (head: number): void => {
    for (let load = head; load >= 0; load = loads.next[load]) {
      const to = legs.to[loads.leg[load]];
      if (loads.lanes[load] === ON_FLOOR || to < 0) continue;
      bound[to] += loads.parcels[load];
      const lane = legs.laneStart[loads.leg[load]];
      if (lane < legs.laneStart[loads.leg[load] + 1]) stock[legs.lane[lane]] += loads.parcels[load];
    }
  };
  for (const head of road.head) add(head);
  for (const [r, head] of outside.head.entries()) if (role[r] === 0) add(head);
  for (const r of flow.hubs) {
    const { late, missing } = fate.scansLost(r, t);
    const unseen = Math.min(stock[r], Math.round((late + missing) * (last?.arrived[r] ?? 0)));
    stock[r] -= unseen;
    bound[r] += unseen;
  }
  return { stock, bound, overdue };
}

/** The door, with what goes through it by route. */
class WatchedDoor extends WorldDoor {
  #parcels = new Map<number, number>();

  /** Since it was last asked. */
  takeReleases(): Release[] {
    const releases = [...this.#parcels].map(([route, parcels]) => ({ route, parcels }));
    this.#parcels = new Map();
    return releases;
  }

  override release(flow: number, route: number, parcels: number): void {
    if (parcels > 0) this.#parcels.set(route, (this.#parcels.get(route) ?? 0) + parcels);
    super.release(flow, route, parcels);
  }
}
