import type { Scenario } from '../../network/scenario.js';
import { Ledger } from '../../plan/ledger.js';
import { Overhang } from './overhang.js';
import type { Door } from './policy.js';
import { firstInTurn } from './turn.js';
import type { WindowPlan } from './window-plan.js';

/** What serving a plan needs to know of a season, made once. */
export interface Precedence {
  /** Routes of each pair by rising cost, where `pairs.routeStart` says. */
  readonly routeList: Int32Array;
  /** Flows by falling weight of their service, then number; where each weight begins, and the end. */
  readonly flows: Int32Array;
  readonly groupStart: readonly number[];
}

export function precedenceOf({ pairs, routes, demand, services }: Scenario): Precedence {
  const routeList = pairs.routeList.slice();
  for (let p = 0; p < pairs.size; p++) {
    const own = routeList.subarray(pairs.routeStart[p], pairs.routeStart[p + 1]);
    if (own.length > 1) own.sort((a, b) => routes.cost[a] - routes.cost[b] || a - b);
  }
  const flows = new Int32Array(demand.flowPair.length);
  const groupStart = [0];
  const weights = new Set(services.map(({ weight }) => weight));
  let count = 0;
  for (const weight of [...weights].toSorted((a, b) => b - a)) {
    for (let f = 0; f < flows.length; f++) {
      if (services[demand.flowService[f]].weight === weight) flows[count++] = f;
    }
    groupStart.push(count);
  }
  return { routeList, flows, groupStart };
}

/**
 * A plan while it is carried out, by the rules of the gate (G3, G4, G5, G7, G8): one ledger of what every
 * resource can still take holds at all times
 *
 *     released + shares still open ≤ capacity left of the plan's window       per resource and slot
 *
 * In each slot, first the plan's share of each flow goes to the longest waiting. What of a share nobody
 * asks for lapses, and what it would have loaded is free. Then those who wait beyond their share take
 * what is free, the dearest service first, within one service from another flow on each slot: over the
 * cheapest of their routes with room at every resource in every slot that it loads, if that is worth
 * its detour. The youngest of n that wait would be served by the flow's share in which the sum of its
 * coming shares reaches n, in slot u over a route of cost c, or not before the next plan in slot u. Going
 * now over a route of cost d saves at least u − t slots of holding, so it goes if d < c + u − t.
 *
 * Where scans show a hub's floor filling, less is let through to it (overhang.ts), the dearest service
 * spared longest.
 */
export class RunningPlan {
  readonly #ledger: Ledger;
  readonly #overhang: Overhang;
  /** First run of each flow that is still to come. */
  readonly #next: Int32Array;
  /** What waits beyond the shares of this slot, per flow. */
  readonly #beyond: Float64Array;

  /** `until`: the slot of the next plan. */
  constructor(
    private readonly scenario: Scenario,
    private readonly precedence: Precedence,
    private readonly plan: WindowPlan,
    private readonly until: number,
  ) {
    const { slots, values } = plan.free;
    const free = { slots, values: values.slice() };
    this.#ledger = new Ledger(scenario.routes, free, plan.window.from);
    this.#overhang = new Overhang(scenario);
    this.#next = plan.runs.start.slice(0, -1);
    this.#beyond = new Float64Array(this.#next.length);
  }

  release(door: Door): void {
    this.#overhang.look(door, this.#ledger);
    this.#serveShares(door);
    for (let g = 0; g + 1 < this.precedence.groupStart.length; g++) {
      this.#inTurn(g, door.slot, (f) => {
        if (this.#beyond[f] > 0) this.#advance(door, f);
      });
    }
  }

  /** Where some have to be held back, the dearest come last; else in the order of memory. */
  #serveShares(door: Door): void {
    if (!this.#overhang.any) {
      for (let f = 0; f < this.#next.length; f++) this.#serveShare(door, f);
      return;
    }
    for (let g = this.precedence.groupStart.length - 2; g >= 0; g--) {
      this.#inTurn(g, door.slot, (f) => this.#serveShare(door, f));
    }
  }

  /** Visits the flows of a group, in each slot from another one on. */
  #inTurn(group: number, slot: number, visit: (flow: number) => void): void {
    const { flows, groupStart } = this.precedence;
    const [from, until] = [groupStart[group], groupStart[group + 1]];
    const first = from + firstInTurn(slot, until - from);
    for (let i = first; i < until; i++) visit(flows[i]);
    for (let i = from; i < first; i++) visit(flows[i]);
  }

  #serveShare(door: Door, f: number): void {
    const { start, slot, route, parcels } = this.plan.runs;
    const { from } = this.plan.window;
    const now = door.slot - from;
    let waits = door.waiting[f];
    let i = this.#next[f];
    // Slots in which nothing waits at all may be passed over: their shares lapse now.
    for (; i < start[f + 1] && slot[i] <= now; i++) {
      const asked = slot[i] === now ? Math.min(waits, parcels[i]) : 0;
      const n = asked - this.#overhang.heldBack(route[i], asked);
      if (n < parcels[i]) {
        this.#ledger.giveBack(route[i], from + slot[i], parcels[i] - n);
        this.#overhang.relieve(route[i], parcels[i] - n);
      }
      if (n === 0) continue;
      door.release(f, route[i], n);
      waits -= n;
    }
    this.#next[f] = i;
    this.#beyond[f] = waits;
  }

  /** Those of flow f who would be served last are asked first: they have most to save. */
  #advance(door: Door, f: number): void {
    const { start, slot, route, parcels } = this.plan.runs;
    let left = this.#beyond[f];
    let i = this.#next[f];
    let covered = 0;
    while (i < start[f + 1] && covered < left) covered += parcels[i++];
    if (covered < left) {
      const n = left - covered;
      if (this.#place(door, f, n, this.until - door.slot) < n) return;
      left = covered;
    }
    while (i-- > this.#next[f]) {
      covered -= parcels[i];
      const saved = slot[i] + this.plan.window.from - door.slot;
      const n = left - covered;
      if (this.#place(door, f, n, saved + this.scenario.routes.cost[route[i]]) < n) return;
      left = covered;
    }
  }

  /** Releases up to n parcels over routes that cost less than `worth`; gives how many. */
  #place(door: Door, f: number, n: number, worth: number): number {
    const { pairs, routes, demand } = this.scenario;
    const pair = demand.flowPair[f];
    let placed = 0;
    for (let i = pairs.routeStart[pair]; i < pairs.routeStart[pair + 1] && placed < n; i++) {
      const route = this.precedence.routeList[i];
      if (routes.cost[route] >= worth) break;
      const room = Math.min(this.#ledger.room(route, door.slot), this.#overhang.room(route));
      const more = Math.min(n - placed, room);
      if (more === 0) continue;
      this.#ledger.take(route, door.slot, more);
      this.#overhang.relieve(route, -more);
      door.release(f, route, more);
      placed += more;
    }
    return placed;
  }
}
