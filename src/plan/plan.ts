import type { PriceTable, ReleaseBatch } from '../network/plan-files.js';
import type { Scenario } from '../network/scenario.js';
import type { Problem } from '../solver/problem.js';
import { type Stage, solve } from '../solver/solve.js';
import { releaseRows } from './release-rows.js';
import { type ReleaseRuns, releaseRuns } from './release-runs.js';
import { translate } from './translate.js';

export interface PlanOptions {
  /** Stop when (Z − L) / max(1, Z) is at most this. */
  readonly gap: number;
  /** Search no longer than this; the plan is finished after it. */
  readonly timeLimitSeconds?: number;
  readonly threads: number;
  /** Prices of an earlier plan of a similar season. */
  readonly warmStart?: PriceTable;
  readonly onProgress?: (progress: PlanProgress) => void;
  /** Aborted, the search ends with the best plan so far. */
  readonly signal?: AbortSignal;
  readonly clock: PlanClock;
}

export interface PlanClock {
  /** Seconds since some moment. */
  now(): number;
  /** Lets other work of the process run. */
  pause(): Promise<void>;
}

export interface PlanProgress {
  readonly seconds: number;
  /** Z of the best plan so far; Infinity before the first. */
  readonly objective: number;
  /** L so far. */
  readonly bound: number;
  readonly gap: number;
  readonly stage: Stage;
}

export interface PlanResult {
  readonly objective: number;
  readonly bound: number;
  readonly gap: number;
  readonly ready: number;
  readonly released: number;
  readonly carried: number;
  readonly prices: PriceTable;
  /** Why the search ended. */
  readonly ended: 'gap' | 'effort' | 'stopped';
  releases(): Iterable<ReleaseBatch>;
  /** The same, cohorts and shippers merged; a copy each time. */
  runs(): ReleaseRuns;
}

/**
 * Plans a season: who releases how many parcels, when and over which route, so that nothing overflows
 * and the cost of holding is least (docs/spec/release-planning.md; the method: docs/maths/plan.md).
 * The same scenario and options give the same plan, whatever the number of threads, unless the time
 * limit or the signal ended the search.
 */
export async function planSeason(scenario: Scenario, options: PlanOptions): Promise<PlanResult> {
  const { clock, signal, timeLimitSeconds = Infinity, onProgress } = options;
  const from = clock.now();
  const problem = translate(scenario);
  const solution = await solve(problem, {
    gap: options.gap,
    threads: options.threads,
    ...(options.warmStart ? { startPrice: entriesOf(problem, options.warmStart) } : {}),
    stop: () => signal?.aborted === true || clock.now() - from > timeLimitSeconds,
    pause: () => clock.pause(),
    onProgress: ({ stage, objective, bound }) => {
      const seconds = clock.now() - from;
      onProgress?.({ seconds, objective, bound, gap: gapOf(objective, bound), stage });
    },
  });
  const { objective, bound, packing, ended } = solution;
  let ready = 0;
  for (const parcels of scenario.demand.rowParcels) ready += parcels;
  const released = packing.total();
  return {
    objective,
    bound,
    gap: gapOf(objective, bound),
    ready,
    released,
    carried: ready - released,
    prices: priceTable(problem, solution.price),
    ended,
    releases: () => releaseRows(scenario.demand, packing),
    runs: () => releaseRuns(packing),
  };
}

function gapOf(objective: number, bound: number): number {
  return Number.isFinite(objective) ? (objective - bound) / Math.max(1, objective) : Infinity;
}

function priceTable({ resources }: Problem, price: Float64Array): PriceTable {
  const resource: number[] = [];
  const slot: number[] = [];
  const value: number[] = [];
  for (let r = 0; r < resources.count; r++) {
    for (let i = resources.at[r]; i < resources.at[r + 1]; i++) {
      if (price[i] === 0) continue;
      resource.push(r);
      slot.push(resources.first[r] + i - resources.at[r]);
      value.push(price[i]);
    }
  }
  return {
    resource: Int32Array.from(resource),
    slot: Int32Array.from(slot),
    price: Float64Array.from(value),
  };
}

function entriesOf({ resources }: Problem, prices: PriceTable): Float64Array {
  const entries = new Float64Array(resources.capacity.length);
  for (let i = 0; i < prices.resource.length; i++) {
    const r = prices.resource[i];
    const entry = resources.at[r] + prices.slot[i] - resources.first[r];
    if (entry >= resources.at[r] && entry < resources.at[r + 1]) {
      entries[entry] = Math.max(0, prices.price[i]);
    }
  }
  return entries;
}
