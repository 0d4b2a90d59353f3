import type { ClientBase } from 'pg';
import { shareRows } from '../../gate/gate-plan.js';
import { encodePlan, planDigest } from '../../gate/plan-codec.js';
import type { PriceTable, ReleaseBatch } from '../../network/plan-files.js';
import { capacityLeft } from '../../plan/slot-table.js';
import type { PostgresDatabase } from '../postgres/connect.js';
import { PlanStore, type Published } from '../postgres/plan-store.js';
import type { GateSeason } from './season.js';

/** A plan of the season, as a planner gives it. */
export interface NewPlan {
  readonly releases: Iterable<ReleaseBatch> | AsyncIterable<ReleaseBatch>;
  readonly prices: PriceTable;
}

/** The plan in force; 0 if there is none. */
export function currentPlan(database: PostgresDatabase, { id }: GateSeason): Promise<number> {
  return new PlanStore(database, id).currentVersion();
}

/**
 * Publishes a plan of the whole season as the version after `base`, if that is still the current one (P6).
 *
 * @param also written with it, in the same transaction, by a keeper.
 */
export async function publishPlan(
  database: PostgresDatabase,
  { id, scenario, network }: GateSeason,
  base: number,
  { releases, prices }: NewPlan,
  also?: (client: ClientBase) => Promise<void>,
): Promise<Published> {
  const version = base + 1;
  const bytes = encodePlan({
    version,
    from: 0,
    slots: scenario.slots,
    capacity: capacityLeft(scenario, scenario.slots + network.tail),
    shares: await shareRows(network, releases),
    prices,
  });
  return new PlanStore(database, id).publish(base, version, bytes, planDigest(bytes), also);
}
