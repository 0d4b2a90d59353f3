import type { Demand, Scenario, SlotValues } from '../../network/scenario.js';
import { emptySlotTable, tailSlots, unusualValues } from '../../plan/slot-table.js';
import type { Truth } from './policy.js';

/**
 * A season as it will really be, as a scenario: what a planner with perfect foresight believes. Demand is
 * what becomes ready; capacities, until `horizon` slots after the season at least, are what resources really
 * take, commitments already taken off. Behind that they are as declared.
 */
export function seasonAsItWillBe(season: Scenario, truth: Truth, horizon: number): Scenario {
  const { resources } = season;
  const slots = Math.max(
    season.slots + horizon + tailSlots(season.routes),
    1 + lastSlot(resources.overrides),
    1 + lastSlot(resources.commitments),
  );
  const table = emptySlotTable(resources.capacity.length, slots);
  for (let at = 0; at < table.values.length; at++) {
    const taken = truth.capacityAt(Math.floor(at / slots), at % slots);
    table.values[at] = Math.max(0, Math.floor(taken));
  }
  return {
    ...season,
    resources: {
      ...resources,
      overrides: unusualValues(table, resources.capacity),
      commitments: {
        resource: new Int32Array(0),
        slot: new Int32Array(0),
        value: new Float64Array(0),
      },
    },
    demand: trueDemand(season.demand, truth.cohortParcels),
  };
}

function lastSlot({ slot }: SlotValues): number {
  return slot.reduce((last, u) => Math.max(last, u), -1);
}

/** The same flows; cohorts that come to nothing are left out, shippers merged. */
function trueDemand(demand: Demand, cohortParcels: ArrayLike<number>): Demand {
  const flows = demand.flowPair.length;
  const cohortStart = new Int32Array(flows + 1);
  const cohortSlot = new Int16Array(demand.cohortSlot.length);
  const rowParcels = new Uint32Array(demand.cohortSlot.length);
  let count = 0;
  for (let f = 0; f < flows; f++) {
    for (let k = demand.cohortStart[f]; k < demand.cohortStart[f + 1]; k++) {
      if (cohortParcels[k] === 0) continue;
      cohortSlot[count] = demand.cohortSlot[k];
      rowParcels[count++] = cohortParcels[k];
    }
    cohortStart[f + 1] = count;
  }
  return {
    ...demand,
    cohortStart,
    cohortSlot: cohortSlot.subarray(0, count),
    rowStart: new Int32Array(count + 1).map((_, k) => k),
    rowShipper: new Int32Array(count),
    rowParcels: rowParcels.subarray(0, count),
  };
}
