import { holdingCost, type Scenario } from '../src/network/scenario.js';
import type { LinearProgramme } from '../test/support/linear-programme.js';

/**
 * The release planning problem as a linear programme over flows: the most compact exact form that we
 * know, so that a general solver is measured at its best. Costs c are convex, so within a flow first
 * in, first out is optimal and only cumulated releases matter. With D(t) the flow's parcels ready up to
 * slot t, m(a) = c(a+1) − c(a) what a parcel of age a pays to stay one slot more, and
 *
 *     x(t, ρ) ≥ 0  released,    I(t) ≥ 0  stock left waiting,    u(a, t) ≥ 0  of it, age ≥ a,
 *
 *     minimise    Σ w·cost(ρ)·x(t, ρ) + Σ m(0)·I(t) + Σ over a ≥ 1 of (m(a) − m(a−1))·u(a, t)
 *                 + w·carryPenalty·I(T−1) + what the parcels ready before slot 0 cost already
 *     subject to  I(t) − I(t−1) + Σ over ρ of x(t, ρ) = D(t) − D(t−1)
 *                 I(t) − u(a, t) ≤ D(t) − D(t−a)
 *                 loads of x ≤ capacity left
 *
 * Columns that nothing can use (a step where nothing is left, m(a) = m(a−1), D(t−a) = 0) are left out.
 * Its optimum is that of the cohorts' form (test/support/release-lp.ts); a test compares the two.
 */
export function buildFlowLp(scenario: Scenario): LinearProgramme {
  const lp = new Builder();
  const room = new RoomRows(scenario, lp);
  for (let flow = 0; flow < scenario.demand.flowPair.length; flow++) {
    addFlow(scenario, flow, lp, room);
  }
  return lp.build();
}

function addFlow(scenario: Scenario, flow: number, lp: Builder, room: RoomRows): void {
  const { demand, pairs, routes, slots: T } = scenario;
  const service = scenario.services[demand.flowService[flow]];
  const ready = new Ready(scenario, flow);
  const cost = (h: number) => holdingCost(service, h);
  const stay = (age: number) => cost(age + 1) - cost(age);
  ready.each((s, parcels) => lp.addOffset(parcels * cost(Math.max(0, -s))));
  const balance = Array.from({ length: T }, (_, t) => {
    const arrived = ready.until(t) - (t === 0 ? 0 : ready.until(t - 1));
    return lp.addRow(arrived, arrived);
  });
  const pair = demand.flowPair[flow];
  for (let i = pairs.routeStart[pair]; i < pairs.routeStart[pair + 1]; i++) {
    const route = pairs.routeList[i];
    for (let t = 0; t < T; t++) {
      const loads = room.loadsOf(route, t);
      if (!loads || ready.until(t) === 0) continue;
      lp.addColumn(service.weight * routes.cost[route], [[balance[t], 1], ...loads]);
    }
  }
  for (let t = 0; t < T; t++) {
    const penalty = t === T - 1 ? service.weight * scenario.carryPenalty : 0;
    const entries: Entry[] = [[balance[t], 1]];
    if (t < T - 1) entries.push([balance[t + 1], -1]);
    for (let a = 1; ready.until(t - a) > 0; a++) {
      const more = stay(a) - stay(a - 1);
      if (more <= 1e-12 * stay(a)) continue;
      const row = lp.addRow(Number.NEGATIVE_INFINITY, ready.until(t) - ready.until(t - a));
      entries.push([row, 1]);
      lp.addColumn(more, [[row, -1]]);
    }
    lp.addColumn(stay(0) + penalty, entries);
  }
}

/** Parcels of a flow by ready slot, and D. */
class Ready {
  readonly #parcels = new Map<number, number>();
  readonly #until: number[] = [];
  readonly #first: number;

  constructor(scenario: Scenario, flow: number) {
    const { cohortStart, cohortSlot, rowStart, rowParcels } = scenario.demand;
    this.#first = cohortSlot[cohortStart[flow]];
    for (let k = cohortStart[flow]; k < cohortStart[flow + 1]; k++) {
      const rows = rowParcels.subarray(rowStart[k], rowStart[k + 1]);
      this.#parcels.set(
        cohortSlot[k],
        rows.reduce((sum, n) => sum + n, 0),
      );
    }
    let sum = 0;
    for (let s = this.#first; s < scenario.slots; s++) {
      sum += this.#parcels.get(s) ?? 0;
      this.#until.push(sum);
    }
  }

  each(visit: (s: number, parcels: number) => void): void {
    this.#parcels.forEach((parcels, s) => visit(s, parcels));
  }

  /** D(t), 0 before the first. */
  until(t: number): number {
    return t < this.#first ? 0 : this.#until[t - this.#first];
  }
}

/** One row for each resource and slot that is loaded, made when first used. */
class RoomRows {
  readonly #row = new Map<string, number>();
  readonly #left: (resource: number, slot: number) => number;

  constructor(
    readonly scenario: Scenario,
    readonly lp: Builder,
  ) {
    const { capacity, overrides, commitments } = scenario.resources;
    const exception = new Map<string, number>();
    overrides.value.forEach((value, i) => {
      exception.set(`${overrides.resource[i]}/${overrides.slot[i]}`, value);
    });
    commitments.value.forEach((value, i) => {
      const key = `${commitments.resource[i]}/${commitments.slot[i]}`;
      const whole = exception.get(key) ?? capacity[commitments.resource[i]];
      exception.set(key, Math.max(0, whole - value));
    });
    this.#left = (resource, slot) => exception.get(`${resource}/${slot}`) ?? capacity[resource];
  }

  /** The rows that a parcel released in slot t on the route loads, undefined when one has nothing left. */
  loadsOf(route: number, t: number): Entry[] | undefined {
    const { stepStart, stepResource, stepLag, stepSpan } = this.scenario.routes;
    const loads = new Map<number, number>();
    for (let step = stepStart[route]; step < stepStart[route + 1]; step++) {
      for (let u = t + stepLag[step]; u < t + stepLag[step] + stepSpan[step]; u++) {
        if (this.#left(stepResource[step], u) === 0) return undefined;
        const row = this.#rowOf(stepResource[step], u);
        loads.set(row, (loads.get(row) ?? 0) + 1);
      }
    }
    return [...loads];
  }

  #rowOf(resource: number, slot: number): number {
    const key = `${resource}/${slot}`;
    const row =
      this.#row.get(key) ?? this.lp.addRow(Number.NEGATIVE_INFINITY, this.#left(resource, slot));
    this.#row.set(key, row);
    return row;
  }
}

/** Row and coefficient. */
type Entry = readonly [number, number];

class Builder {
  #offset = 0;
  readonly #cost: number[] = [];
  readonly #start: number[] = [0];
  readonly #index: number[] = [];
  readonly #value: number[] = [];
  readonly #lower: number[] = [];
  readonly #upper: number[] = [];

  addOffset(cost: number): void {
    this.#offset += cost;
  }

  addRow(lower: number, upper: number): number {
    this.#lower.push(lower);
    return this.#upper.push(upper) - 1;
  }

  addColumn(cost: number, entries: readonly Entry[]): void {
    this.#cost.push(cost);
    for (const [row, value] of entries) {
      this.#index.push(row);
      this.#value.push(value);
    }
    this.#start.push(this.#index.length);
  }

  build(): LinearProgramme {
    return {
      offset: this.#offset,
      colCost: Float64Array.from(this.#cost),
      colStart: Int32Array.from(this.#start),
      index: Int32Array.from(this.#index),
      value: Float64Array.from(this.#value),
      rowLower: Float64Array.from(this.#lower),
      rowUpper: Float64Array.from(this.#upper),
    };
  }
}
