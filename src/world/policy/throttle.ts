import type { Scenario } from '../../network/scenario.js';
import { cheapestRoutes } from '../../plan/at-once.js';
import { Ledger } from '../../plan/ledger.js';
import { rollOn } from '../../plan/roll-on.js';
import {
  addRelease,
  capacityLeft,
  emptySlotTable,
  type SlotTable,
  tailSlots,
} from '../../plan/slot-table.js';
import type { Door, ReleasePolicy } from './policy.js';
import { firstInTurn } from './turn.js';

/**
 * Rounds of filling: the first cuts everybody by his fullest resource, the others give away what that leaves.
 * With one round holds are a seventh longer; more than three change nothing that can be seen.
 */
const ROUNDS = 3;

/**
 * Proportional throttling by the fullest resource, what operators do by telephone, done well.
 *
 * In slot t every pair p wants to release all that waits, W(p), over its cheapest route ρ(p). With
 *
 *     room(r, u)   = capacity left as declared − what was released before and is due then by the timetable,
 *                    and the queue seen at r, rolled on (roll-on.ts)
 *     wanted(r, u) = Σ over pairs whose route loads r in u of W(p)
 *     share(p)     = min over (r, u) that ρ(p) loads of min(1, room(r, u) / wanted(r, u))
 *
 * each flow releases that share of what waits. What a pair leaves because it is throttled elsewhere is
 * shared out again in the same way, twice. Parcels are whole: a flow's fraction is kept for later slots, so
 * that a small flow's turn comes; nothing is released above the room left. Every service is treated alike,
 * and nothing is kept for what will become ready.
 */
export class Throttle implements ReleasePolicy {
  readonly name = 'throttle';
  readonly #route: Int32Array;
  /** Parcels that wait, and the share of them released, per pair. */
  readonly #waiting: Float64Array;
  readonly #share: Float64Array;
  readonly #wants: Uint8Array;
  /** Fractions of a parcel owed to each flow. */
  readonly #owed: Float64Array;
  /** What was released and loads each resource from now on, by the timetable. */
  readonly #due: SlotTable;
  readonly #width: number;
  #now = 0;

  constructor(private readonly scenario: Scenario) {
    this.#route = cheapestRoutes(scenario);
    this.#waiting = new Float64Array(scenario.pairs.size);
    this.#share = new Float64Array(scenario.pairs.size);
    this.#wants = new Uint8Array(scenario.pairs.size);
    this.#owed = new Float64Array(scenario.demand.flowPair.length);
    this.#width = 1 + tailSlots(scenario.routes);
    this.#due = emptySlotTable(scenario.resources.capacity.length, this.#width);
  }

  decide(door: Door): void {
    for (; this.#now < door.slot; this.#now++) this.#forget();
    const room = this.#room(door);
    this.#sumWaiting(door);
    this.#fillShares(room);
    this.#release(door, room);
  }

  /** A slot is over: what was due in it is not any more. */
  #forget(): void {
    const { values, slots } = this.#due;
    values.copyWithin(0, 1);
    for (let at = slots - 1; at < values.length; at += slots) values[at] = 0;
  }

  #room(door: Door): SlotTable {
    const room = capacityLeft(this.scenario, this.#width, door.slot);
    const due = { slots: this.#width, values: this.#due.values.slice() };
    for (let r = 0; r < door.seenQueue.length; r++) {
      due.values[r * this.#width] += door.seenQueue[r];
    }
    const taken = rollOn(due, room, door.seenRate);
    for (let at = 0; at < room.values.length; at++) room.values[at] -= taken.values[at];
    return room;
  }

  #sumWaiting({ waiting }: Door): void {
    const { flowPair } = this.scenario.demand;
    this.#waiting.fill(0);
    this.#share.fill(0);
    for (let f = 0; f < flowPair.length; f++) this.#waiting[flowPair[f]] += waiting[f];
  }

  #fillShares(room: SlotTable): void {
    const { routes, resources } = this.scenario;
    const left = { slots: room.slots, values: room.values.slice() };
    const factor = emptySlotTable(resources.capacity.length, this.#width);
    for (let round = 0; round < ROUNDS; round++) {
      factor.values.fill(0);
      this.#findWanting(left);
      this.#eachWanting((p, route) => {
        addRelease(factor, routes, route, 0, this.#waiting[p] * (1 - this.#share[p]));
      });
      for (let at = 0; at < factor.values.length; at++) {
        const wanted = factor.values[at];
        factor.values[at] = wanted > left.values[at] ? left.values[at] / wanted : 1;
      }
      this.#eachWanting((p, route) => {
        const more = (1 - this.#share[p]) * this.#least(factor, route);
        this.#share[p] += more;
        addRelease(left, routes, route, 0, -this.#waiting[p] * more);
      });
    }
  }

  /** Pairs with parcels that have no share yet, and a route that is not full. */
  #findWanting(left: SlotTable): void {
    for (let p = 0; p < this.#route.length; p++) {
      const wants = this.#route[p] >= 0 && this.#waiting[p] > 0 && this.#share[p] < 1;
      this.#wants[p] = wants && this.#least(left, this.#route[p]) >= 1 ? 1 : 0;
    }
  }

  #eachWanting(visit: (pair: number, route: number) => void): void {
    for (let p = 0; p < this.#route.length; p++) {
      if (this.#wants[p] === 1) visit(p, this.#route[p]);
    }
  }

  /** The least value that a route meets. */
  #least({ slots, values }: SlotTable, route: number): number {
    const { stepStart, stepResource, stepLag, stepSpan } = this.scenario.routes;
    let least = Infinity;
    for (let i = stepStart[route]; i < stepStart[route + 1]; i++) {
      const first = stepResource[i] * slots + stepLag[i];
      for (let at = first; at < first + stepSpan[i]; at++) least = Math.min(least, values[at]);
    }
    return least;
  }

  #release(door: Door, room: SlotTable): void {
    const { demand, routes } = this.scenario;
    const ledger = new Ledger(routes, room, door.slot);
    const flows = demand.flowPair.length;
    const first = firstInTurn(door.slot, flows);
    for (let i = 0; i < flows; i++) {
      const f = first + i < flows ? first + i : first + i - flows;
      const waits = door.waiting[f];
      const pair = demand.flowPair[f];
      if (waits === 0 || this.#route[pair] < 0) continue;
      const owed = Math.min(waits, waits * this.#share[pair] + this.#owed[f]);
      const n =
        owed < 1 ? 0 : Math.min(Math.floor(owed), ledger.room(this.#route[pair], door.slot));
      // What found no room is not owed twice: the next slot's share is of what waits then.
      this.#owed[f] = Math.min(1, owed - n);
      if (n === 0) continue;
      ledger.take(this.#route[pair], door.slot, n);
      addRelease(this.#due, routes, this.#route[pair], 0, n);
      door.release(f, this.#route[pair], n);
    }
  }
}
