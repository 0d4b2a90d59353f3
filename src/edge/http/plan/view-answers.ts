import type { Explanation } from '../../../plan/explain.js';
import { measureOverload } from '../../../plan/overload.js';
import type { HoldsView } from '../../../plan/season-view.js';
import type { SlotTable } from '../../../plan/slot-table.js';
import { notThere } from '../../access/refusals.js';
import type { PlanSight } from '../../plans/plan-sight.js';
import type { PlanView } from '../../plans/plan-views.js';
import type { NamedResource } from '../schema.js';
import type {
  CostlyHold,
  CostlyHoldsAnswer,
  HoldsAnswer,
  HoldsQuery,
  LoadsAnswer,
  MapAnswer,
  PlanAnswer,
  ResourceAnswer,
} from './schema.js';

/* Answers cut from a version of a plan: what is not in the sight is in none of them. */

type Overloads = NonNullable<PlanAnswer['overload']>;

export function answerOverload(view: PlanView, sight: PlanSight): Overloads {
  const { atOnce, planned, capacity } = view.loads;
  return {
    atOnce: sumOverload(atOnce, capacity, sight),
    planned: sumOverload(planned, capacity, sight),
  };
}

export function countKinds({ scenario }: PlanView, { resources }: PlanSight): PlanAnswer['kinds'] {
  const count = new Map<string, number>();
  scenario.resources.kind.forEach((kind, r) => {
    if (resources[r] === 1) count.set(kind, (count.get(kind) ?? 0) + 1);
  });
  return [...count].map(([kind, n]) => ({ kind, resources: n }));
}

export function answerResources(view: PlanView, sight: PlanSight, kind?: string): ResourceAnswer[] {
  return seenOf(view, sight, kind).map((r) => answerResource(view, r));
}

/** Numbers of the resources of a kind that are seen. */
export function seenOf(view: PlanView, sight: PlanSight, kind: string | undefined): number[] {
  return view.scenario.resources.kind.flatMap((k, r) =>
    sight.resources[r] === 1 && (kind === undefined || k === kind) ? [r] : [],
  );
}

/** @throws Problem 404 */
export function answerLoadsOf(view: PlanView, sight: PlanSight, id: string): LoadsAnswer {
  const r = view.scenario.resources.ids.findText(id);
  if (r < 0 || sight.resources[r] === 0) throw notThere('resource');
  return answerLoads(view, r, view.loads.loadedUntil[r]);
}

export function answerMap(view: PlanView, sight: PlanSight, kind: string): MapAnswer {
  const shown = seenOf(view, sight, kind);
  const until = Math.max(0, ...shown.map((r) => view.loads.loadedUntil[r]));
  const rows = shown.map((r) => answerLoads(view, r, until));
  return {
    ids: rows.map((row) => row.resource.id),
    atOnce: rows.map((row) => row.atOnce),
    planned: rows.map((row) => row.planned),
    capacity: rows.map((row) => row.capacity),
  };
}

export function answerHolds({ holds }: HoldsView, by: HoldsQuery['by']): HoldsAnswer {
  const { byService, byShipper, byDestination, byOrigin } = holds;
  const groups = {
    service: byService,
    shipper: byShipper,
    destination: byDestination,
    origin: byOrigin,
  };
  return { groups: [...groups[by]] };
}

export function answerCostlyHolds(
  { scenario }: PlanView,
  { costlyHolds, costlyCarried }: HoldsView,
): CostlyHoldsAnswer {
  const hoursPerSlot = scenario.slotMinutes / 60;
  return {
    held: costlyHolds.map((hold) => costlyHold(hold, isHeld, hoursPerSlot)),
    carried: costlyCarried.map((hold) => costlyHold(hold, isCarried, hoursPerSlot)),
  };
}

export function namedResource({ scenario }: PlanView, r: number): NamedResource {
  const { ids, kind, operator, region } = scenario.resources;
  return { id: ids.get(r), kind: kind[r], operator: operator[r], region: region[r] };
}

function answerLoads(view: PlanView, r: number, until: number): LoadsAnswer {
  const { atOnce, planned, capacity, price } = view.loads;
  const row = ({ slots, values }: SlotTable) =>
    Array.from(values.subarray(r * slots, r * slots + until));
  return {
    resource: answerResource(view, r),
    atOnce: row(atOnce),
    planned: row(planned),
    capacity: row(capacity),
    price: row(price),
  };
}

type Chosen = Explanation['chosen'][number];

/** `counts`: which of the cohort's parcels the cost is of. */
function costlyHold(
  hold: Explanation,
  counts: (row: Chosen, hold: Explanation) => boolean,
  hoursPerSlot: number,
): CostlyHold {
  const { cohort, ready, released, carried, chosen } = hold;
  const sum = (each: (row: Chosen) => number) =>
    chosen.reduce((total, row) => total + each(row), 0);
  const heldSlots = sum(({ parcels, option }) =>
    option.slot === null ? 0 : parcels * option.hold,
  );
  return {
    cohort,
    ready,
    held: sum((row) => (isHeld(row, hold) ? row.parcels : 0)),
    carried,
    meanHours: (heldSlots * hoursPerSlot) / Math.max(1, released),
    cost: sum((row) => (counts(row, hold) ? row.parcels * costOfHolding(row) : 0)),
  };
}

function isHeld({ option }: Chosen, { cohort }: Explanation): boolean {
  return option.slot !== null && option.slot > Math.max(0, cohort.slot);
}

function isCarried({ option }: Chosen): boolean {
  return option.slot === null;
}

function costOfHolding({ option }: Chosen): number {
  return option.waiting + option.lateness + option.growth + option.penalty;
}

function sumOverload(
  load: SlotTable,
  capacity: SlotTable,
  { resources }: PlanSight,
): Overloads['planned'] {
  const sum = { resources: 0, resourceSlots: 0, peakRatio: 0 };
  for (let r = 0; r < resources.length; r++) {
    if (resources[r] === 0) continue;
    const one = measureOverload(load, capacity, r);
    if (one.resourceSlots > 0) sum.resources += 1;
    sum.resourceSlots += one.resourceSlots;
    sum.peakRatio = Math.max(sum.peakRatio, one.peakRatio);
  }
  return sum;
}

function answerResource(view: PlanView, r: number): ResourceAnswer {
  const { lat, lng, capacity } = view.scenario.resources;
  const atOnce = measureOverload(view.loads.atOnce, view.loads.capacity, r);
  const planned = measureOverload(view.loads.planned, view.loads.capacity, r);
  return {
    ...namedResource(view, r),
    lat: finiteOrNull(lat[r]),
    lng: finiteOrNull(lng[r]),
    capacity: capacity[r],
    peakAtOnce: atOnce.peakRatio,
    peakPlanned: planned.peakRatio,
    overloadedAtOnce: atOnce.resourceSlots,
    overloadedPlanned: planned.resourceSlots,
  };
}

function finiteOrNull(x: number): number | null {
  return Number.isNaN(x) ? null : x;
}
