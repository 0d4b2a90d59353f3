import { carryCost, holdingCost, type Scenario } from '../../src/network/scenario.js';
import type { LinearProgramme } from './linear-programme.js';

/**
 * The release planning problem as a linear programme over cohorts (docs/spec/release-planning.md,
 * section 3), carry-over substituted out: y(k, t, ρ) ≥ 0 parcels of cohort k released in slot t on
 * route ρ,
 *
 *     minimise    Σ carry(k)·N(k) + Σ (c(t−s) + w·cost(ρ) − carry(k)) · y(k, t, ρ)
 *     subject to  Σ over t, ρ of y(k, t, ρ) ≤ N(k)                    for each cohort k
 *                 Σ loads · y ≤ capacity left                         for each resource and slot loaded
 *
 * Only columns that can be of use are made: those cheaper than carrying over and without a step where
 * nothing is left. That loses no optimum and spares a solver what its presolve would find.
 */
export interface ReleaseLp extends LinearProgramme {
  readonly colCohort: Int32Array;
  readonly colSlot: Int32Array;
  readonly colRoute: Int32Array;
  /** Rows 0 … cohorts − 1 are the cohorts', the others the resources'. */
  readonly cohorts: number;
  /** Resource and slot of row cohorts + i. */
  readonly rowResource: Int32Array;
  readonly rowSlot: Int32Array;
  /** Resources and slots where nothing is left, with a price that keeps every parcel out. */
  readonly closed: readonly { resource: number; slot: number; price: number }[];
}

export function buildReleaseLp(scenario: Scenario): ReleaseLp {
  const size = { columns: 0, entries: 0 };
  eachColumn(scenario, (_cohort, _slot, _route, _cost, loads) => {
    size.columns += 1;
    size.entries += 1 + loads.size;
  });
  const reach = reachOf(scenario);
  const rowOf = new Int32Array(scenario.resources.capacity.length * reach).fill(-1);
  const rows: number[] = [];
  const lp = {
    colCost: new Float64Array(size.columns),
    colCohort: new Int32Array(size.columns),
    colSlot: new Int32Array(size.columns),
    colRoute: new Int32Array(size.columns),
    colStart: new Int32Array(size.columns + 1),
    index: new Int32Array(size.entries),
    value: new Float64Array(size.entries),
  };
  const cohorts = scenario.demand.cohortSlot.length;
  let column = 0;
  let entry = 0;
  eachColumn(scenario, (cohort, slot, route, cost, loads) => {
    lp.colCost[column] = cost;
    lp.colCohort[column] = cohort;
    lp.colSlot[column] = slot;
    lp.colRoute[column] = route;
    lp.index[entry] = cohort;
    lp.value[entry++] = 1;
    for (const [offset, count] of loads) {
      const at = offset + slot;
      if (rowOf[at] < 0) rowOf[at] = rows.push(at) - 1;
      lp.index[entry] = cohorts + rowOf[at];
      lp.value[entry++] = count;
    }
    lp.colStart[++column] = entry;
  });
  const left = capacityLeft(scenario, reach);
  const [ready, offset] = readyParcels(scenario);
  return {
    offset,
    ...lp,
    rowLower: new Float64Array(cohorts + rows.length).fill(Number.NEGATIVE_INFINITY),
    rowUpper: Float64Array.from([...ready, ...rows.map((at) => left[at])]),
    cohorts,
    rowResource: Int32Array.from(rows, (at) => Math.floor(at / reach)),
    rowSlot: Int32Array.from(rows, (at) => at % reach),
    closed: closedCells(scenario, left, reach),
  };
}

function closedCells(scenario: Scenario, left: Float64Array, reach: number) {
  const oldest = scenario.demand.cohortSlot.reduce((least, s) => Math.min(least, s), 0);
  const price = Math.max(...scenario.services.map((s) => carryCost(scenario, s, oldest)));
  return Array.from(left.keys()).flatMap((at) =>
    left[at] > 0 ? [] : [{ resource: Math.floor(at / reach), slot: at % reach, price }],
  );
}

type Visit = (
  cohort: number,
  slot: number,
  route: number,
  /** Cost less that of carrying over, < 0. */
  cost: number,
  /** Parcels of load by resource · reach + lag: add the slot. */
  loads: ReadonlyMap<number, number>,
) => void;

function eachColumn(scenario: Scenario, visit: Visit): void {
  const { demand, pairs } = scenario;
  const reach = reachOf(scenario);
  const left = capacityLeft(scenario, reach);
  for (let flow = 0; flow < demand.flowPair.length; flow++) {
    const pair = demand.flowPair[flow];
    const service = scenario.services[demand.flowService[flow]];
    for (let i = pairs.routeStart[pair]; i < pairs.routeStart[pair + 1]; i++) {
      const route = pairs.routeList[i];
      const detour = service.weight * scenario.routes.cost[route];
      const loads = loadsOf(scenario, route, reach);
      const open = Array.from({ length: scenario.slots }, (_, t) =>
        [...loads.keys()].every((offset) => left[offset + t] > 0),
      );
      for (let k = demand.cohortStart[flow]; k < demand.cohortStart[flow + 1]; k++) {
        const s = demand.cohortSlot[k];
        const carry = carryCost(scenario, service, s);
        for (let t = Math.max(s, 0); t < scenario.slots; t++) {
          const cost = holdingCost(service, t - s) + detour - carry;
          if (cost >= 0) break;
          if (open[t]) visit(k, t, route, cost, loads);
        }
      }
    }
  }
}

function loadsOf(scenario: Scenario, route: number, reach: number): Map<number, number> {
  const { stepStart, stepResource, stepLag, stepSpan } = scenario.routes;
  const loads = new Map<number, number>();
  for (let step = stepStart[route]; step < stepStart[route + 1]; step++) {
    const first = stepResource[step] * reach + stepLag[step];
    for (let u = first; u < first + stepSpan[step]; u++) loads.set(u, (loads.get(u) ?? 0) + 1);
  }
  return loads;
}

/** N(k) of every cohort, and Σ carry(k)·N(k). */
function readyParcels(scenario: Scenario): [Float64Array, number] {
  const { flowService, cohortStart, cohortSlot, rowStart, rowParcels } = scenario.demand;
  const ready = new Float64Array(cohortSlot.length);
  let offset = 0;
  for (let flow = 0; flow < flowService.length; flow++) {
    const service = scenario.services[flowService[flow]];
    for (let k = cohortStart[flow]; k < cohortStart[flow + 1]; k++) {
      for (let row = rowStart[k]; row < rowStart[k + 1]; row++) ready[k] += rowParcels[row];
      offset += ready[k] * carryCost(scenario, service, cohortSlot[k]);
    }
  }
  return [ready, offset];
}

function reachOf(scenario: Scenario): number {
  const { stepLag, stepSpan } = scenario.routes;
  return scenario.slots + stepLag.reduce((most, lag, i) => Math.max(most, lag + stepSpan[i]), 0);
}

/** Capacity left by resource · reach + slot. */
function capacityLeft(scenario: Scenario, reach: number): Float64Array {
  const { capacity, overrides, commitments } = scenario.resources;
  const left = Float64Array.from(
    { length: capacity.length * reach },
    (_, at) => capacity.at(Math.floor(at / reach))!,
  );
  overrides.value.forEach((value, i) => {
    if (overrides.slot[i] < reach) left[overrides.resource[i] * reach + overrides.slot[i]] = value;
  });
  commitments.value.forEach((value, i) => {
    const at = commitments.resource[i] * reach + commitments.slot[i];
    if (commitments.slot[i] < reach) left[at] = Math.max(0, left[at] - value);
  });
  return left;
}
