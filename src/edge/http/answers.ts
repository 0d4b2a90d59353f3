import type { Explanation } from '../../plan/explain.js';
import { measureOverload } from '../../plan/overload.js';
import type { SlotTable } from '../../plan/slot-table.js';
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
import type { ServedSeason } from './served-season.js';

/* Answers of the API, cut from a served season. */

export function answerPlan({ scenario, view, plan }: ServedSeason): PlanAnswer {
  const { objective, bound, gap } = plan;
  return {
    madeAt: plan.madeAt,
    seconds: plan.seconds,
    certificate: { objective, bound, gap },
    holds: view.statistics.holds.all,
    inequality: view.statistics.holds.inequality,
    overload: {
      atOnce: sumOverload(view.atOnce, view.capacity),
      planned: sumOverload(view.statistics.load, view.capacity),
    },
    kinds: countKinds(scenario.resources.kind),
  };
}

export function answerResources(season: ServedSeason, kind?: string): ResourceAnswer[] {
  const kinds = season.scenario.resources.kind;
  return kinds.flatMap((k, r) =>
    kind === undefined || k === kind ? [answerResource(season, r)] : [],
  );
}

export function answerLoads(
  season: ServedSeason,
  r: number,
  until = season.view.loadedUntil[r],
): LoadsAnswer {
  const { view } = season;
  const row = ({ slots, values }: SlotTable) =>
    Array.from(values.subarray(r * slots, r * slots + until));
  return {
    resource: answerResource(season, r),
    atOnce: row(view.atOnce),
    planned: row(view.statistics.load),
    capacity: row(view.capacity),
    price: row(view.price),
  };
}

export function answerMap(season: ServedSeason, kind: string): MapAnswer {
  const { resources } = season.scenario;
  const shown = resources.kind.flatMap((k, r) =>
    k === kind && !Number.isNaN(resources.lat[r]) && !Number.isNaN(resources.lng[r]) ? [r] : [],
  );
  const until = Math.max(...shown.map((r) => season.view.loadedUntil[r]));
  const rows = shown.map((r) => answerLoads(season, r, until));
  return {
    ids: rows.map((row) => row.resource.id),
    atOnce: rows.map((row) => row.atOnce),
    planned: rows.map((row) => row.planned),
    capacity: rows.map((row) => row.capacity),
  };
}

export function answerCostlyHolds(season: ServedSeason): CostlyHoldsAnswer {
  const { costlyHolds, costlyCarried } = season.view;
  const hoursPerSlot = season.scenario.slotMinutes / 60;
  return {
    held: costlyHolds.map((hold) => costlyHold(hold, isHeld, hoursPerSlot)),
    carried: costlyCarried.map((hold) => costlyHold(hold, isCarried, hoursPerSlot)),
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

export function answerHolds(season: ServedSeason, by: HoldsQuery['by']): HoldsAnswer {
  const { byService, byShipper, byDestination, byOrigin } = season.view.statistics.holds;
  const groups = {
    service: byService,
    shipper: byShipper,
    destination: byDestination,
    origin: byOrigin,
  };
  return { groups: [...groups[by]] };
}

function sumOverload(load: SlotTable, capacity: SlotTable): PlanAnswer['overload']['planned'] {
  const sum = { resources: 0, resourceSlots: 0, peakRatio: 0 };
  for (let r = 0; r < load.values.length / load.slots; r++) {
    const one = measureOverload(load, capacity, r);
    if (one.resourceSlots > 0) sum.resources += 1;
    sum.resourceSlots += one.resourceSlots;
    sum.peakRatio = Math.max(sum.peakRatio, one.peakRatio);
  }
  return sum;
}

function answerResource(season: ServedSeason, r: number): ResourceAnswer {
  const { resources } = season.scenario;
  const { view } = season;
  const atOnce = measureOverload(view.atOnce, view.capacity, r);
  const planned = measureOverload(view.statistics.load, view.capacity, r);
  return {
    id: resources.ids.get(r),
    kind: resources.kind[r],
    operator: resources.operator[r],
    region: resources.region[r],
    lat: finiteOrNull(resources.lat[r]),
    lng: finiteOrNull(resources.lng[r]),
    capacity: resources.capacity[r],
    peakAtOnce: atOnce.peakRatio,
    peakPlanned: planned.peakRatio,
    overloadedAtOnce: atOnce.resourceSlots,
    overloadedPlanned: planned.resourceSlots,
  };
}

function finiteOrNull(x: number): number | null {
  return Number.isNaN(x) ? null : x;
}

function countKinds(kinds: readonly string[]): { kind: string; resources: number }[] {
  const count = new Map<string, number>();
  for (const kind of kinds) count.set(kind, (count.get(kind) ?? 0) + 1);
  return [...count].map(([kind, resources]) => ({ kind, resources }));
}
