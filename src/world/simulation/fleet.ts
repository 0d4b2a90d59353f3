import type { Scenario } from '../../network/scenario.js';
import type { WorldParameters } from './options.js';
import { HUB, type Ways } from './ways.js';

/**
 * The vehicles of every place that sends parcels to hubs, counted as room for parcels. A place's fleet
 * suffices, as long as all come back in time, to send all that the place can take on to hubs, on the mix of
 * legs that the cheapest routes give:
 *
 *     room(r) = fleetHeadroom · capacity(r) · Σ over legs l from r to hubs of  share(l) · (2·time(l) + 1)
 *
 * with capacity(r) the most declared in any slot, share(l) the part of what r sends to hubs that goes over
 * l. A vehicle is gone until it has been unloaded and is back; one that waits outside a full hub is missing
 * at home. A place without vehicles hires a few, at most `hire` of its rated flow an hour; as many of the
 * next that come back leave it again.
 */
export class Fleet {
  /** Room at home, per resource. */
  readonly room: Float64Array;
  /** Room that may still be hired in this slot. */
  readonly hireable: Float64Array;
  /** Hired room still out. */
  readonly #owed: Float64Array;
  /** Room on its way home: [resource · ring + slot mod ring]. */
  readonly #back: Float64Array;
  readonly #hire: Float64Array;
  readonly #ring: number;
  /** Room on its way home, all together. */
  coming = 0;

  constructor(scenario: Scenario, ways: Ways, world: WorldParameters, ring: number) {
    const rated = ratedCapacity(scenario);
    const size = rated.length;
    this.room = ratedRoom(scenario, ways, rated, world.fleetHeadroom);
    this.hireable = new Float64Array(size);
    this.#owed = new Float64Array(size);
    this.#back = new Float64Array(size * ring);
    this.#ring = ring;
    const perSlot = (world.hire * scenario.slotMinutes) / 60;
    this.#hire = rated.map((capacity) => Math.floor(capacity * perSlot));
  }

  /** Vehicles due in slot t are home; the slot's hiring begins. */
  begin(t: number): void {
    const at = t % this.#ring;
    for (let r = 0; r < this.room.length; r++) {
      const back = this.#back[r * this.#ring + at];
      if (back > 0) {
        this.#back[r * this.#ring + at] = 0;
        const returned = Math.min(back, this.#owed[r]);
        this.#owed[r] -= returned;
        this.room[r] += back - returned;
        this.coming -= back;
      }
      this.hireable[r] = this.#hire[r];
    }
  }

  /** Room that can leave now. */
  free(r: number): number {
    return Math.floor(this.room[r] + this.hireable[r]);
  }

  send(r: number, parcels: number): void {
    const hired = Math.max(0, parcels - this.room[r]);
    this.room[r] -= parcels - hired;
    this.hireable[r] -= hired;
    this.#owed[r] += hired;
  }

  comeBack(r: number, parcels: number, slot: number): void {
    this.#back[r * this.#ring + (slot % this.#ring)] += parcels;
    this.coming += parcels;
  }
}

/** The most that is declared for each resource in any slot: a site that opens for the season has a fleet. */
function ratedCapacity({ resources }: Scenario): Float64Array {
  const rated = resources.capacity.slice();
  const { resource, value } = resources.overrides;
  for (let i = 0; i < resource.length; i++) {
    rated[resource[i]] = Math.max(rated[resource[i]], value[i]);
  }
  return rated;
}

function ratedRoom(
  scenario: Scenario,
  ways: Ways,
  rated: Float64Array,
  headroom: number,
): Float64Array {
  const { legs } = ways;
  const volume = volumeByLeg(scenario, ways);
  const handled = new Float64Array(rated.length);
  const need = new Float64Array(rated.length);
  const longest = new Float64Array(rated.length);
  for (let l = 0; l < legs.size; l++) {
    const [from, to] = [legs.from[l], legs.to[l]];
    if (from < 0) continue;
    if (to < 0 || ways.role[to] !== HUB) continue;
    handled[from] += volume[l];
    need[from] += volume[l] * (2 * legs.time[l] + 1);
    longest[from] = Math.max(longest[from], 2 * legs.time[l] + 1);
  }
  // A place that only detours pass has a fleet for its longest leg.
  return rated.map((c, r) =>
    Math.ceil(headroom * c * (handled[r] > 0 ? need[r] / handled[r] : longest[r])),
  );
}

/** Forecast parcels on each leg over the cheapest routes. */
function volumeByLeg(scenario: Scenario, ways: Ways): Float64Array {
  const { demand, pairs, routes } = scenario;
  const volume = new Float64Array(ways.legs.size);
  for (let f = 0; f < demand.flowPair.length; f++) {
    const pair = demand.flowPair[f];
    let best = -1;
    for (let i = pairs.routeStart[pair]; i < pairs.routeStart[pair + 1]; i++) {
      const route = pairs.routeList[i];
      if (best < 0 || routes.cost[route] < routes.cost[best]) best = route;
    }
    if (best < 0) continue;
    let parcels = 0;
    const last = demand.rowStart[demand.cohortStart[f + 1]];
    for (let i = demand.rowStart[demand.cohortStart[f]]; i < last; i++) {
      parcels += demand.rowParcels[i];
    }
    for (let i = ways.legStart[best]; i < ways.legStart[best + 1]; i++) {
      volume[ways.legList[i]] += parcels;
    }
  }
  return volume;
}
