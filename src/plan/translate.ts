import type { Scenario, SlotValues } from '../network/scenario.js';
import type { HoldingClass, Problem } from '../solver/problem.js';
import { layResourceRows } from '../solver/rows.js';

/**
 * The release planning problem as the solver sees it: parcels become amounts, pairs bundles, routes
 * options, services holding classes. Shippers are merged: a cohort's releases are split among them
 * when the plan is written. Costs keep their unit, slots of holding times weight.
 */
export function translate(scenario: Scenario): Problem {
  const { demand, pairs, routes } = scenario;
  const rows = layResourceRows(scenario.resources.ids.size, scenario.slots, {
    resource: routes.stepResource,
    lag: routes.stepLag,
    span: routes.stepSpan,
  });
  fillCapacityLeft(scenario, rows);
  let longest = scenario.slots;
  for (const s of demand.cohortSlot) longest = Math.max(longest, scenario.slots - s);
  const cohortAmount = new Float64Array(demand.cohortSlot.length);
  for (let k = 0; k < cohortAmount.length; k++) {
    for (let i = demand.rowStart[k]; i < demand.rowStart[k + 1]; i++) {
      cohortAmount[k] += demand.rowParcels[i];
    }
  }
  return {
    slots: scenario.slots,
    classes: scenario.services.map((service) => holdingClass(service, longest, scenario)),
    resources: rows,
    optionStart: pairs.routeStart,
    optionList: pairs.routeList,
    optionCost: routes.cost,
    stepStart: routes.stepStart,
    stepResource: routes.stepResource,
    stepLag: routes.stepLag,
    stepSpan: routes.stepSpan,
    flowBundle: demand.flowPair,
    flowClass: demand.flowService,
    cohortStart: demand.cohortStart,
    cohortSlot: demand.cohortSlot,
    cohortAmount,
  };
}

/** holding(h) = h + β·max(0, h − P) + γ·h·(h − 1)/2, in slots. */
function holdingClass(
  { weight, promise, late, growth }: Scenario['services'][number],
  longest: number,
  { carryPenalty }: Scenario,
): HoldingClass {
  const holding = Float64Array.from(
    { length: longest + 1 },
    (_, h) => h + late * Math.max(0, h - promise) + (growth * h * (h - 1)) / 2,
  );
  return { weight, holding, carryPenalty };
}

/** Capacity left is max(0, capacity − parcels already committed), per entry. */
function fillCapacityLeft(
  { resources }: Scenario,
  rows: { at: Int32Array; first: Int32Array; capacity: Float64Array },
): void {
  for (let r = 0; r < resources.ids.size; r++) {
    rows.capacity.fill(resources.capacity[r], rows.at[r], rows.at[r + 1]);
  }
  eachEntry(resources.overrides, rows, (i, capacity) => {
    rows.capacity[i] = capacity;
  });
  eachEntry(resources.commitments, rows, (i, parcels) => {
    rows.capacity[i] = Math.max(0, rows.capacity[i] - parcels);
  });
}

function eachEntry(
  values: SlotValues,
  rows: { at: Int32Array; first: Int32Array },
  put: (entry: number, value: number) => void,
): void {
  for (let i = 0; i < values.resource.length; i++) {
    const r = values.resource[i];
    const entry = rows.at[r] + values.slot[i] - rows.first[r];
    if (entry >= rows.at[r] && entry < rows.at[r + 1]) put(entry, values.value[i]);
  }
}
