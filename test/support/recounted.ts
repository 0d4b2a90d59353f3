import type { LedgerEntry } from '../../src/certify/gate/ledger-entry.js';
import { LedgerFaults, type LedgerReport } from '../../src/certify/gate/ledger-report.js';
import { readPlanCapacity } from '../../src/certify/gate/plan-capacity.js';
import { type Decided, Recount } from '../../src/certify/gate/recount.js';
import { RequestIds } from '../../src/certify/gate/request-ids.js';
import type { GatePlan } from '../../src/gate/gate-plan.js';
import { encodePlan } from '../../src/gate/plan-codec.js';
import type { Scenario } from '../../src/network/scenario.js';

/** Recounts ledgers of shards in memory, as `cuofeng gate verify` does those of a database. */
export function recounted(
  scenario: Scenario,
  plan: GatePlan,
  ledgers: Iterable<readonly [number, readonly LedgerEntry[]]>,
  onDecided?: (decided: Decided) => void,
): LedgerReport {
  const plans = new Map([[plan.version, readPlanCapacity(encodePlan(plan))]]);
  const faults = new LedgerFaults();
  const requests = new RequestIds();
  const shardOf = new Int32Array(scenario.resources.capacity.length).fill(-1);
  const shards = [...ledgers].map(([shard, entries]) => {
    const all = { scenario, shard, plans, requests, shardOf, faults };
    const recount = new Recount({ ...all, ...(onDecided && { onDecided }) });
    for (const entry of entries) recount.entry(entry);
    return recount.end();
  });
  return { shards, faults };
}
