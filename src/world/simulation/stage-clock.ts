import type { Scenario } from '../../network/scenario.js';
import { GATE, HUB, LAST_MILE, type Ways } from './ways.js';

/** Mean hours between the moments of a parcel's way. The first three are of parcels between two cities. */
export interface StageHours {
  /** From pickup to the gate of the first hub, until it is sorted there. */
  readonly toFirstHub: number;
  /** From the first hub's gate to the last one's; 0 for those that pass only one. */
  readonly betweenHubs: number;
  readonly toOutlet: number;
  /** At the outlet until a courier first sets out with it: of all parcels. */
  readonly atOutlet: number;
  /** From setting out until it is delivered, or the recipient is not there. */
  readonly round: number;
  /** Until the next day's shift, after deliveries that failed: over all parcels. */
  readonly again: number;
  /** Share of those between two cities that pass two hubs or more. */
  readonly transferred: number;
}

const PICKUP = 0;
const FIRST_HUB = 1;
const LAST_HUB = 2;
const OUTLET = 3;

/**
 * Keeps Σ parcels · slot at four moments of those that go from one city to another by pickup, hub and
 * outlet: the stages of the State Post Bureau are the differences (docs/maths/calibration.md#stages).
 */
export class StageClock {
  readonly #parcels = new Float64Array(4);
  readonly #slots = new Float64Array(4);
  #transferred = 0;
  /** Places before the first and the last hub, and before the outlet; 0 where the route does not count. */
  readonly #first: Uint16Array;
  readonly #last: Uint16Array;
  readonly #outlet: Uint16Array;

  constructor({ routes, pairs }: Scenario, { role, legs, legStart, legList }: Ways) {
    const size = routes.pair.length;
    this.#first = new Uint16Array(size);
    this.#last = new Uint16Array(size);
    this.#outlet = new Uint16Array(size);
    const roleAt = (i: number): number =>
      legs.to[legList[i]] < 0 ? -1 : role[legs.to[legList[i]]];
    for (let route = 0; route < size; route++) {
      const [from, until] = [legStart[route], legStart[route + 1] - 1];
      if (pairs.origin[routes.pair[route]] === pairs.destination[routes.pair[route]]) continue;
      if (roleAt(from) !== GATE || roleAt(until) !== LAST_MILE) continue;
      this.#outlet[route] = until - from;
      for (let i = from; i < until; i++) {
        if (roleAt(i) !== HUB) continue;
        if (this.#first[route] === 0) this.#first[route] = i - from;
        this.#last[route] = i - from;
      }
    }
  }

  /** Parcels get through place `stage` of their route, or come to the outlet that it is, in slot t. */
  note(route: number, stage: number, parcels: number, t: number): void {
    const first = this.#first[route];
    if (first === 0) return;
    if (stage === 0) this.#add(PICKUP, parcels, t);
    if (stage === first) this.#add(FIRST_HUB, parcels, t);
    if (stage === this.#last[route]) {
      this.#add(LAST_HUB, parcels, t);
      if (stage > first) this.#transferred += parcels;
    }
    if (stage === this.#outlet[route]) this.#add(OUTLET, parcels, t);
  }

  #add(moment: number, parcels: number, t: number): void {
    this.#parcels[moment] += parcels;
    this.#slots[moment] += parcels * t;
  }

  /** Means in slots; undefined where no such parcels are, or some have not come to their outlet. */
  means(): Omit<StageHours, 'atOutlet' | 'round' | 'again'> | undefined {
    const [parcels] = this.#parcels;
    if (parcels === 0 || this.#parcels.some((n) => n !== parcels)) return undefined;
    const [pickup, first, last, outlet] = this.#slots.map((slots) => slots / parcels);
    return {
      toFirstHub: first - pickup,
      betweenHubs: last - first,
      toOutlet: outlet - last,
      transferred: this.#transferred / parcels,
    };
  }
}
