import type { PriceTable } from '../../network/plan-files.js';
import type { Scenario } from '../../network/scenario.js';
import { Ledger } from '../../plan/ledger.js';
import { type PlanClock, planSeason } from '../../plan/plan.js';
import type { ReleaseRuns } from '../../plan/release-runs.js';
import { capacityLeft, loadedSlots, type SlotTable } from '../../plan/slot-table.js';
import { type Present, type Window, windowOf } from '../../plan/window.js';
import type { PlannerOptions } from '../simulation/options.js';

/** A plan that was made during a season. */
export interface PlanMade {
  /** The slot it was made in, its first. */
  readonly slot: number;
  /** Slots that it covers. */
  readonly slots: number;
  readonly objective: number;
  readonly bound: number;
  readonly gap: number;
  readonly released: number;
  readonly carried: number;
  /** Wall time. */
  readonly seconds: number;
}

/** A plan of a window, as little of it as serving it needs. Slots count from the window's first. */
export interface WindowPlan {
  readonly window: Window;
  readonly runs: ReleaseRuns;
  /** What the plan leaves of every resource in every slot. */
  readonly free: SlotTable;
  readonly prices: PriceTable;
  readonly made: PlanMade;
}

export interface PlanningOptions extends PlannerOptions {
  readonly clock: PlanClock;
  /** Aborted, planning throws its reason. */
  readonly signal?: AbortSignal;
}

/** Plans a window of a season, from the prices of the plan before where there is one. */
export async function planWindow(
  season: Scenario,
  window: Window,
  options: PlanningOptions,
  now: { readonly present?: Present; readonly before?: WindowPlan | undefined },
): Promise<WindowPlan> {
  const { clock, signal, gap, threads } = options;
  const from = clock.now();
  const scenario = windowOf(season, window, now.present);
  const plan = await planSeason(scenario, {
    gap,
    threads,
    clock,
    ...(signal ? { signal } : {}),
    ...(now.before ? { warmStart: pricesFrom(now.before, window.from) } : {}),
  });
  signal?.throwIfAborted();
  const { objective, bound, released, carried, prices } = plan;
  const runs = plan.runs();
  const figures = { objective, bound, gap: plan.gap, released, carried };
  return {
    window,
    runs,
    free: freeBeside(scenario, runs),
    prices,
    made: { slot: window.from, slots: window.slots, ...figures, seconds: clock.now() - from },
  };
}

/** Prices of an earlier plan, by slots from `from` on. */
function pricesFrom({ window, prices }: WindowPlan, from: number): PriceTable {
  const { resource, slot, price } = prices;
  const kept = Int32Array.from(slot.keys()).filter((i) => slot[i] + window.from >= from);
  return {
    resource: kept.map((i) => resource[i]),
    slot: kept.map((i) => slot[i] + window.from - from),
    price: Float64Array.from(kept, (i) => price[i]),
  };
}

/** Capacity left that a plan's releases leave; a plan over capacity would throw. */
function freeBeside(scenario: Scenario, { start, slot, route, parcels }: ReleaseRuns): SlotTable {
  const free = capacityLeft(scenario, loadedSlots(scenario));
  const ledger = new Ledger(scenario.routes, free, 0);
  for (let i = 0; i < start[start.length - 1]; i++) ledger.take(route[i], slot[i], parcels[i]);
  return free;
}
