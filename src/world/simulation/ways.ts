import type { Scenario } from '../../network/scenario.js';
import { Tuples } from './tuples.js';

/** What a resource is to a parcel that comes to it. */
export const LANE = 0;
/** A rate without a floor: pickup, and every kind that is none of the others. */
export const GATE = 1;
export const HUB = 2;
/** Outlets with couriers, stations and lockers: where routes end. */
export const LAST_MILE = 3;

/**
 * Routes as the world walks them. Steps are taken by rising lag. Resources other than line-hauls are
 * places where parcels queue; what lies between two of them, before the first or after the last is a leg,
 * with the line-hauls on it. Routes that move alike share legs, so that what leaves a place in one slot
 * on one leg is one departure.
 */
export interface Ways {
  /** LANE, GATE, HUB or LAST_MILE, per resource. */
  readonly role: Uint8Array;
  /** Legs of route ρ: legList[legStart[ρ]] … legList[legStart[ρ+1] − 1]; place i lies at the end of leg i. */
  readonly legStart: Int32Array;
  readonly legList: Int32Array;
  readonly legs: Legs;
}

/** One entry a leg; times in slots. */
export interface Legs {
  readonly size: number;
  /** Resource it leaves; −1 at the shipper. */
  readonly from: Int32Array;
  /** Resource it goes to; −1 for the recipient. */
  readonly to: Int32Array;
  /** From the one to the other by the routes' lags. */
  readonly time: Int32Array;
  /** Slots for which a parcel occupies the resource it goes to. */
  readonly span: Int32Array;
  /** Line-hauls on leg l: laneStart[l] … laneStart[l+1] − 1 of the lane columns. */
  readonly laneStart: Int32Array;
  readonly lane: Int32Array;
  /** Slots from leaving `from` by the routes' lags. */
  readonly laneTime: Int32Array;
  readonly laneSpan: Int32Array;
}

const LAST_MILE_KINDS = new Set(['delivery', 'outlet', 'station', 'locker']);

/** Cost: one look into a table for each place of each route. */
export function compileWays(scenario: Scenario): Ways {
  const { routes } = scenario;
  const order = stepsByLag(scenario);
  const role = rolesOf(scenario, order);
  const table = new LegTable();
  const legStart = new Int32Array(routes.pair.length + 1);
  const legList = new Int32Array(routes.stepLag.length + routes.pair.length);
  let count = 0;
  for (let route = 0; route < routes.pair.length; route++) {
    legStart[route] = count;
    let from = -1;
    let left = 0;
    table.open();
    for (let i = routes.stepStart[route]; i < routes.stepStart[route + 1]; i++) {
      const step = order ? order[i] : i;
      const resource = routes.stepResource[step];
      const time = routes.stepLag[step] - left;
      const span = routes.stepSpan[step];
      if (role[resource] === LANE) {
        table.addLane(resource, time, span);
      } else {
        legList[count++] = table.close(from, resource, time, span);
        table.open();
        from = resource;
        left = routes.stepLag[step];
      }
    }
    // A last mile delivers itself; behind any other place, or line-hauls, there is a way to the recipient.
    const ends = from >= 0 && role[from] === LAST_MILE && table.lanes === 0;
    if (!ends) legList[count++] = table.close(from, -1, table.reach, 1);
  }
  legStart[routes.pair.length] = count;
  return { role, legStart, legList: legList.slice(0, count), legs: table.legs() };
}

/** Step indices by rising lag in each route; undefined where the files have them so. */
function stepsByLag({ routes }: Scenario): Int32Array | undefined {
  let order: Int32Array | undefined;
  for (let route = 0; route < routes.pair.length; route++) {
    const [from, until] = [routes.stepStart[route], routes.stepStart[route + 1]];
    let sorted = true;
    for (let i = from + 1; i < until; i++) sorted &&= routes.stepLag[i] >= routes.stepLag[i - 1];
    if (sorted) continue;
    order ??= Int32Array.from(routes.stepLag, (_, i) => i);
    order.subarray(from, until).sort((a, b) => routes.stepLag[a] - routes.stepLag[b] || a - b);
  }
  return order;
}

/** A last-mile kind is a last mile only if every route that comes to it ends there. */
function rolesOf({ routes, resources }: Scenario, order: Int32Array | undefined): Uint8Array {
  const role = Uint8Array.from(resources.kind, (kind) => {
    if (kind === 'lane') return LANE;
    if (kind === 'hub') return HUB;
    return LAST_MILE_KINDS.has(kind) ? LAST_MILE : GATE;
  });
  for (let route = 0; route < routes.pair.length; route++) {
    const last = routes.stepStart[route + 1] - 1;
    for (let i = routes.stepStart[route]; i < last; i++) {
      const resource = routes.stepResource[order ? order[i] : i];
      if (role[resource] === LAST_MILE) role[resource] = GATE;
    }
  }
  return role;
}

/** Distinct legs, numbered in the order of their first route. */
class LegTable {
  /** Lists of line-hauls, from 1 on: the list before it, then one more with its time and span. */
  readonly #lists = new Tuples();
  /** From, to (0 for none, else one more than the resource). */
  readonly #ends = new Tuples();
  /** Ends, list, time, span. */
  readonly #legs = new Tuples();
  #list = 0;
  lanes = 0;
  /** Time of the last line-haul on the open leg. */
  reach = 0;

  open(): void {
    this.#list = 0;
    this.lanes = 0;
    this.reach = 0;
  }

  addLane(resource: number, time: number, span: number): void {
    this.#list = this.#lists.intern(this.#list, resource, time, span) + 1;
    this.lanes += 1;
    this.reach = time;
  }

  close(from: number, to: number, time: number, span: number): number {
    return this.#legs.intern(this.#ends.intern(from, to, 0, 0), this.#list, time, span);
  }

  legs(): Legs {
    const size = this.#legs.size;
    const from = new Int32Array(size);
    const to = new Int32Array(size);
    const time = new Int32Array(size);
    const span = new Int32Array(size);
    const laneStart = new Int32Array(size + 1);
    const lanes: number[] = [];
    for (let l = 0; l < size; l++) {
      const ends = column(this.#legs, 0, l);
      from[l] = column(this.#ends, 0, ends);
      to[l] = column(this.#ends, 1, ends);
      time[l] = column(this.#legs, 2, l);
      span[l] = column(this.#legs, 3, l);
      const chain: number[] = [];
      for (let list = column(this.#legs, 1, l); list > 0; ) {
        chain.unshift(list - 1);
        list = column(this.#lists, 0, list - 1);
      }
      lanes.push(...chain);
      laneStart[l + 1] = lanes.length;
    }
    const laneColumn = (c: number) =>
      Int32Array.from(lanes, (list) => column(this.#lists, c, list));
    return {
      size,
      from,
      to,
      time,
      span,
      laneStart,
      lane: laneColumn(1),
      laneTime: laneColumn(2),
      laneSpan: laneColumn(3),
    };
  }
}

function column(table: Tuples, c: number, i: number): number {
  return table.rows[4 * i + c];
}
