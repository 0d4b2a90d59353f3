import type { ReleaseBatch } from '../../src/network/plan-files.js';
import type { Scenario } from '../../src/network/scenario.js';
import { type PlanOptions, type PlanResult, planSeason } from '../../src/plan/plan.js';
import type { MemoryPlan, PlanRow } from './plan-rows.js';

/** A plan in memory with all that the planner says of it. */
export interface Planned extends MemoryPlan {
  readonly result: PlanResult;
}

/** Plans a scenario to the end of its rounds, on one thread, with a clock that stands still. */
export async function planned(
  scenario: Scenario,
  options: Partial<PlanOptions> = {},
): Promise<Planned> {
  const clock = { now: () => 0, pause: async () => {} };
  const result = await planSeason(scenario, { gap: 0, threads: 1, clock, ...options });
  const { objective, bound, gap, ready, released, carried, prices } = result;
  const figures = { objective, bound, gap, ready, released, carried };
  return {
    result,
    summary: { scenario: scenario.name, ...figures, seconds: 0 },
    prices,
    rows: [...rowsOf(result.releases())],
    releases: () => result.releases(),
  };
}

/**
 * Ends the search once it has looked at the clock so often, however fast the machine is and however
 * many threads it has: the clock moves on by a second at each look.
 */
export function stoppedAfter(looks: number): Pick<PlanOptions, 'clock' | 'timeLimitSeconds'> {
  let looked = 0;
  return { clock: { now: () => looked++, pause: async () => {} }, timeLimitSeconds: looks };
}

function* rowsOf(batches: Iterable<ReleaseBatch>): Generator<PlanRow> {
  for (const batch of batches) {
    for (let i = 0; i < batch.rows; i++) {
      yield {
        shipper: batch.shipper[i],
        service: batch.service[i],
        pair: batch.pair[i],
        readySlot: batch.readySlot[i],
        releaseSlot: batch.releaseSlot[i],
        route: batch.route[i],
        parcels: batch.parcels[i],
      };
    }
  }
}
