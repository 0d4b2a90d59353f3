import type { ReleaseBatch } from '../network/plan-files.js';
import { carryCost, holdingCost, type Scenario } from '../network/scenario.js';

/** The rows of a plan's releases, from memory or from its file. */
export type Releases = Iterable<ReleaseBatch> | AsyncIterable<ReleaseBatch>;

/** What became of one cohort, parcels counted over all its shippers, routes and release slots. */
export interface CohortHold {
  readonly service: number;
  readonly pair: number;
  readonly readySlot: number;
  ready: number;
  /** Released later than they could have been: after slot max(s, 0). */
  held: number;
  carried: number;
  /** Sum of t − s over the released parcels: slots × parcels. */
  heldSlots: number;
  /** Slot of the last release, −1 if all is carried over. */
  lastRelease: number;
  /** Holding cost of all its parcels, carry-over included, route costs not. */
  cost: number;
}

/**
 * The `keep` cohorts whose holds cost most, dearest first; ties by (pair, service, ready slot).
 * Reads the releases twice: costs first (8 bytes a cohort), then the figures of those kept.
 */
export async function findCostlyHolds(
  scenario: Scenario,
  releases: () => Releases,
  keep: number,
): Promise<CohortHold[]> {
  const find = cohortFinder(scenario);
  const cost = new Float64Array(scenario.demand.cohortSlot.length);
  for await (const batch of releases()) {
    for (let i = 0; i < batch.rows; i++) {
      const k = find(batch.pair[i], batch.service[i], batch.readySlot[i]);
      cost[k] += rowCost(scenario, batch, i);
    }
  }
  const kept = new Map<number, CohortHold>();
  for (const k of dearest(cost, keep)) kept.set(k, emptyHold(scenario, k, cost[k]));
  for await (const batch of releases()) {
    for (let i = 0; i < batch.rows; i++) {
      const k = find(batch.pair[i], batch.service[i], batch.readySlot[i]);
      const hold = kept.get(k);
      if (hold) addRow(hold, batch, i);
    }
  }
  return [...kept.values()];
}

function rowCost(scenario: Scenario, batch: ReleaseBatch, i: number): number {
  const service = scenario.services[batch.service[i]];
  const s = batch.readySlot[i];
  const t = batch.releaseSlot[i];
  return batch.parcels[i] * (t < 0 ? carryCost(scenario, service, s) : holdingCost(service, t - s));
}

function addRow(hold: CohortHold, batch: ReleaseBatch, i: number): void {
  const parcels = batch.parcels[i];
  const t = batch.releaseSlot[i];
  hold.ready += parcels;
  if (t < 0) {
    hold.carried += parcels;
    return;
  }
  hold.heldSlots += parcels * (t - hold.readySlot);
  hold.lastRelease = Math.max(hold.lastRelease, t);
  if (t > Math.max(hold.readySlot, 0)) hold.held += parcels;
}

/** Indices of the `keep` largest positive costs, largest first, the lower index among equals. */
function dearest(cost: Float64Array, keep: number): number[] {
  let floor = 0;
  if (cost.length > keep) floor = cost.toSorted()[cost.length - keep];
  const found: number[] = [];
  for (let k = 0; k < cost.length; k++) if (cost[k] > 0 && cost[k] >= floor) found.push(k);
  return found.toSorted((a, b) => cost[b] - cost[a] || a - b).slice(0, keep);
}

function emptyHold(scenario: Scenario, k: number, cost: number): CohortHold {
  const { demand } = scenario;
  const f = lastAtMost(demand.cohortStart, 0, demand.flowPair.length, k);
  return {
    service: demand.flowService[f],
    pair: demand.flowPair[f],
    readySlot: demand.cohortSlot[k],
    ready: 0,
    held: 0,
    carried: 0,
    heldSlots: 0,
    lastRelease: -1,
    cost,
  };
}

/** Cohort numbers by (pair, service, ready slot). The plan has been read against the scenario, so each exists. */
function cohortFinder(scenario: Scenario): (pair: number, service: number, slot: number) => number {
  const { demand, pairs, services } = scenario;
  const flowOf = new Int32Array(pairs.size * services.length).fill(-1);
  for (let f = 0; f < demand.flowPair.length; f++) {
    flowOf[demand.flowPair[f] * services.length + demand.flowService[f]] = f;
  }
  return (pair, service, slot) => {
    const f = flowOf[pair * services.length + service];
    return lastAtMost(demand.cohortSlot, demand.cohortStart[f], demand.cohortStart[f + 1], slot);
  };
}

/** The last index in [from, until) of a rising column whose value is ≤ x. */
function lastAtMost(
  column: Int32Array | Int16Array,
  from: number,
  until: number,
  x: number,
): number {
  let low = from;
  let high = until;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (column[middle] <= x) low = middle;
    else high = middle;
  }
  return low;
}
