import {
  LedgerFaults,
  type LedgerReport,
  type ShardCount,
} from '../../certify/gate/ledger-report.js';
import { type PlanCapacity, readPlanCapacity } from '../../certify/gate/plan-capacity.js';
import { type Decided, Recount } from '../../certify/gate/recount.js';
import { RequestIds } from '../../certify/gate/request-ids.js';
import type { Scenario } from '../../network/scenario.js';
import type { PostgresDatabase } from '../postgres/connect.js';
import { PostgresJournalStore } from '../postgres/journal-store.js';
import { PlanStore } from '../postgres/plan-store.js';

export interface RecountedSeason extends LedgerReport {
  readonly season: string;
}

/** Recounts all that the ledger has of a season, from the database alone (certify/gate/recount.ts). */
export async function recountSeason(
  database: PostgresDatabase,
  scenario: Scenario,
  season: string,
  onDecided?: (decided: Decided) => void,
): Promise<RecountedSeason> {
  const faults = new LedgerFaults();
  const plans = await readPlans(database, season, faults);
  const requests = new RequestIds();
  const shardOf = new Int32Array(scenario.resources.capacity.length).fill(-1);
  const shards: ShardCount[] = [];
  for (const shard of await listShards(database, season)) {
    const all = { scenario, shard, plans, requests, shardOf, faults };
    const recount = new Recount({ ...all, ...(onDecided && { onDecided }) });
    const store = new PostgresJournalStore(database.ledger, season, shard);
    for await (const entry of store.read(1)) recount.entry(entry);
    shards.push(recount.end());
  }
  return { season, shards, faults };
}

/** Seasons of a scenario that a database has, in the order in which they were opened. */
export async function listSeasons(database: PostgresDatabase, id: string): Promise<string[]> {
  const { rows } = await database.ledger.query<{ id: string }>(
    `SELECT id FROM gate_season WHERE id = $1 OR starts_with(id, $1 || '.') ORDER BY made_at, id`,
    [id],
  );
  return rows.map((row) => row.id);
}

async function listShards(database: PostgresDatabase, season: string): Promise<number[]> {
  const { rows } = await database.ledger.query<{ shard: number }>(
    'SELECT DISTINCT shard FROM gate_journal WHERE season = $1 ORDER BY shard',
    [season],
  );
  return rows.map(({ shard }) => shard);
}

async function readPlans(
  database: PostgresDatabase,
  season: string,
  faults: LedgerFaults,
): Promise<Map<number, PlanCapacity | string>> {
  const { rows } = await database.ledger.query<{ version: number }>(
    'SELECT version FROM gate_plan WHERE season = $1 ORDER BY version',
    [season],
  );
  const store = new PlanStore(database, season);
  const plans = new Map<number, PlanCapacity | string>();
  for (const { version } of rows) {
    const bytes = await store.read(version);
    const plan = bytes ? readPlanCapacity(bytes) : 'its content is missing';
    if (typeof plan === 'string') faults.add('plan', -1, 0, () => `version ${version}: ${plan}`);
    plans.set(version, plan);
  }
  return plans;
}
