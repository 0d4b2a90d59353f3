import type { PriceTable, ReleaseBatch } from '../network/plan-files.js';
import type { Demand, Scenario } from '../network/scenario.js';
import type { LetGo } from './let-go.js';
import { type PlanOptions, planSeason } from './plan.js';
import { emptySlotTable, type SlotTable } from './slot-table.js';
import { windowResources } from './window.js';

/** A plan of a whole season of which the slots before `from` are over. */
export interface Replan {
  /** Z of all parcels: of what had been let go, and of what was planned now. */
  readonly objective: number;
  /** No plan of the season that leaves what had been let go as it is costs less. */
  readonly bound: number;
  readonly gap: number;
  readonly ready: number;
  readonly released: number;
  readonly carried: number;
  /** Those of the plan before in slots before `from`, the new ones from then on. */
  readonly prices: PriceTable;
  readonly ended: 'gap' | 'effort' | 'stopped';
  releases(): Iterable<ReleaseBatch>;
}

interface ReplanOptions extends Omit<PlanOptions, 'warmStart'> {
  /** First slot that can still be planned, 0 … T − 1. */
  readonly from: number;
  /** Share of the hubs' capacity that the plan leaves free, in [0, 1). */
  readonly reserve: number;
  /** Prices of the plan before. */
  readonly before?: PriceTable;
}

/**
 * Plans what is left of a season from a slot on (docs/spec/release-planning.md, with what has been let go as given):
 * demand that nobody has let go, capacities less what that still loads. Shippers are kept apart.
 */
export async function replan(
  scenario: Scenario,
  done: LetGo,
  { from, reserve, before, ...options }: ReplanOptions,
): Promise<Replan> {
  const window = windowFrom(scenario, done, from, reserve);
  const { onProgress } = options;
  const plan = await planSeason(window, {
    ...options,
    ...(before && { warmStart: shifted(before, (slot) => slot - from, from) }),
    ...(onProgress && {
      onProgress: (at) => {
        const [objective, bound] = [at.objective + done.cost, at.bound + done.cost];
        onProgress({ ...at, objective, bound, gap: gapOf(objective, bound) });
      },
    }),
  });
  const [objective, bound] = [plan.objective + done.cost, plan.bound + done.cost];
  const ready = scenario.demand.rowParcels.reduce((sum, parcels) => sum + parcels, 0);
  const later = shifted(plan.prices, (slot) => slot + from);
  return {
    objective,
    bound,
    gap: gapOf(objective, bound),
    ready,
    released: ready - plan.carried,
    carried: plan.carried,
    prices: before
      ? joined(
          shifted(before, (slot) => slot, 0, from),
          later,
        )
      : later,
    ended: plan.ended,
    releases: () => allRows(done.batches, plan.releases(), from),
  };
}

function gapOf(objective: number, bound: number): number {
  return Number.isFinite(objective) ? (objective - bound) / Math.max(1, objective) : Infinity;
}

/** The season from slot `from` on, as a scenario of its own whose slot 0 that is. */
function windowFrom(scenario: Scenario, done: LetGo, from: number, reserve: number): Scenario {
  const slots = scenario.slots - from;
  const seenRate = new Float64Array(scenario.resources.capacity.length).fill(1);
  const resources = windowResources(
    scenario,
    { from, slots, reserve },
    { due: () => since(done.load, from), seenRate },
  );
  return { ...scenario, slots, resources, demand: demandLeft(scenario.demand, done.left, from) };
}

function since({ slots, values }: SlotTable, from: number): SlotTable {
  const resources = values.length / slots;
  const table = emptySlotTable(resources, slots - from);
  for (let r = 0; r < resources; r++) {
    table.values.set(values.subarray(r * slots + from, (r + 1) * slots), r * table.slots);
  }
  return table;
}

/** Rows with parcels left, their cohorts `from` slots earlier; flows keep their numbers. */
function demandLeft(demand: Demand, left: Float64Array, from: number): Demand {
  const { cohortStart, cohortSlot, rowStart, rowShipper } = demand;
  const flows = demand.flowPair.length;
  const starts = new Int32Array(flows + 1);
  const [slots, rows, shippers, parcels]: number[][] = [[], [0], [], []];
  for (let f = 0; f < flows; f++) {
    for (let k = cohortStart[f]; k < cohortStart[f + 1]; k++) {
      for (let i = rowStart[k]; i < rowStart[k + 1]; i++) {
        if (left[i] === 0) continue;
        shippers.push(rowShipper[i]);
        parcels.push(left[i]);
      }
      if (parcels.length === rows[rows.length - 1]) continue;
      slots.push(cohortSlot[k] - from);
      rows.push(parcels.length);
    }
    starts[f + 1] = slots.length;
  }
  return {
    ...demand,
    cohortStart: starts,
    cohortSlot: Int16Array.from(slots),
    rowStart: Int32Array.from(rows),
    rowShipper: Int32Array.from(shippers),
    rowParcels: Uint32Array.from(parcels),
    repeated: 0,
  };
}

/** Prices of slots `first` … `end` − 1, at other slots. */
function shifted(
  { resource, slot, price }: PriceTable,
  to: (slot: number) => number,
  first = 0,
  end = Number.POSITIVE_INFINITY,
): PriceTable {
  const kept = Int32Array.from(slot.keys()).filter((i) => slot[i] >= first && slot[i] < end);
  return {
    resource: kept.map((i) => resource[i]),
    slot: kept.map((i) => to(slot[i])),
    price: Float64Array.from(kept, (i) => price[i]),
  };
}

/** Prices of earlier and of later slots, by resource and slot. */
function joined(earlier: PriceTable, later: PriceTable): PriceTable {
  const all = [earlier, later].flatMap(({ resource, slot, price }) =>
    Array.from(slot, (u, i) => ({ r: resource[i], u, p: price[i] })),
  );
  all.sort((a, b) => a.r - b.r || a.u - b.u);
  return {
    resource: Int32Array.from(all, ({ r }) => r),
    slot: Int32Array.from(all, ({ u }) => u),
    price: Float64Array.from(all, ({ p }) => p),
  };
}

/** What had been let go, then what was planned, by slots of the season. */
function* allRows(
  before: readonly ReleaseBatch[],
  planned: Iterable<ReleaseBatch>,
  from: number,
): Generator<ReleaseBatch> {
  yield* before;
  for (const batch of planned) {
    for (let i = 0; i < batch.rows; i++) {
      batch.readySlot[i] += from;
      if (batch.releaseSlot[i] >= 0) batch.releaseSlot[i] += from;
    }
    yield batch;
  }
}
