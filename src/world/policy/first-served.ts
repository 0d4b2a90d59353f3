import type { Scenario } from '../../network/scenario.js';
import { cheapestRoutes } from '../../plan/at-once.js';
import { Ledger } from '../../plan/ledger.js';
import { capacityLeft, emptySlotTable, tailSlots } from '../../plan/slot-table.js';
import { Bookings } from './bookings.js';
import type { Door, ReleasePolicy } from './policy.js';
import { firstInTurn } from './turn.js';

/** Slots that the lists reach ahead at first, and grow by: a week of hours, more than most seasons need. */
const AHEAD = 168;

/**
 * First planned, first served, as air traffic flow management allocates departure slots (Eurocontrol's
 * CASA). Every resource keeps a list of what it takes in each slot, its declared capacity left. Parcels
 * become known when they are ready, and in that order each takes, over the cheapest route of its pair, the
 * earliest release for which the most restrictive resource of the route has room; then it is booked on
 * the lists of all of them and waits for its slot. Nothing booked moves.
 *
 * Two choices where the original does not fit as it is. CASA books a flight on the other lists whether or
 * not they have room: controllers absorb the excess. A hub cannot, so here every list must have room. Tried
 * both ways on generated seasons of 25 and 50 cities, this one delivers as early or 0.05 h earlier in the mean,
 * and overloads hubs for fewer hours. Within a slot nobody is first: flows of equal ready time are served
 * from another one on each slot.
 *
 * Cost: rooms only shrink, so the earliest release of a pair only moves on, and each (pair, slot) is looked
 * at about once in a season.
 */
export class FirstServed implements ReleasePolicy {
  readonly name = 'first-served';
  readonly #route: Int32Array;
  readonly #tail: number;
  readonly #bookings = new Bookings();
  /** Parcels of each flow booked and not yet released. */
  readonly #booked: Float64Array;
  /** No earlier slot has room on the pair's route. */
  readonly #earliest: Int32Array;
  #lists: Ledger;

  constructor(private readonly scenario: Scenario) {
    this.#route = passableRoutes(scenario);
    this.#tail = tailSlots(scenario.routes);
    this.#booked = new Float64Array(scenario.demand.flowPair.length);
    this.#earliest = new Int32Array(scenario.pairs.size);
    const slots = AHEAD + this.#tail;
    this.#lists = new Ledger(scenario.routes, capacityLeft(scenario, slots), 0);
  }

  decide(door: Door): void {
    const { flowPair } = this.scenario.demand;
    const first = firstInTurn(door.slot, flowPair.length);
    for (let i = 0; i < flowPair.length; i++) {
      const f = first + i < flowPair.length ? first + i : first + i - flowPair.length;
      const ready = door.waiting[f] - this.#booked[f];
      if (ready > 0 && this.#route[flowPair[f]] >= 0) this.#book(f, door.slot, ready);
    }
    this.#bookings.take(door.slot, (flow, parcels) => {
      this.#booked[flow] -= parcels;
      door.release(flow, this.#route[flowPair[flow]], parcels);
    });
  }

  #book(flow: number, now: number, ready: number): void {
    const pair = this.scenario.demand.flowPair[flow];
    const route = this.#route[pair];
    let slot = Math.max(now, this.#earliest[pair]);
    for (let left = ready; left > 0; ) {
      if (slot + this.#tail >= this.#lists.from + this.#lists.slots) this.#lengthen(now);
      const parcels = Math.min(left, this.#lists.room(route, slot));
      if (parcels > 0) {
        this.#lists.take(route, slot, parcels);
        this.#bookings.add(slot, flow, parcels);
        left -= parcels;
      }
      if (left > 0) slot += 1;
    }
    this.#earliest[pair] = slot;
    this.#booked[flow] += ready;
  }

  /** Lists from now on, longer by AHEAD. */
  #lengthen(now: number): void {
    const slots = this.#lists.from + this.#lists.slots + AHEAD - now;
    this.#lists = this.#lists.movedTo(now, capacityLeft(this.scenario, slots, now));
  }
}

/** The cheapest routes; −1 where the route could not take one parcel even in an empty network. */
function passableRoutes(scenario: Scenario): Int32Array {
  const { routes, resources } = scenario;
  const width = 1 + tailSlots(routes);
  const empty = emptySlotTable(resources.capacity.length, width);
  for (let at = 0; at < empty.values.length; at++) {
    empty.values[at] = resources.capacity[Math.floor(at / width)];
  }
  const ledger = new Ledger(routes, empty, 0);
  return cheapestRoutes(scenario).map((route) =>
    route >= 0 && ledger.room(route, 0) > 0 ? route : -1,
  );
}
