import { type GateNetwork, pairOf } from './gate-network.js';
import type { GatePlan, ShareRows } from './gate-plan.js';
import type { Shards } from './shards.js';

/** A plan as one shard's gate takes it over: the shares of its own pairs. Capacities and prices stay whole. */
export function planOfShard(
  plan: GatePlan,
  network: GateNetwork,
  shards: Shards,
  shard: number,
): GatePlan {
  return { ...plan, shares: sharesOfShard(plan.shares, network, shards, shard) };
}

function sharesOfShard(
  rows: ShareRows,
  network: GateNetwork,
  { ofPair }: Shards,
  shard: number,
): ShareRows {
  const own = new Int32Array(rows.count);
  let count = 0;
  for (let i = 0; i < rows.count; i++) {
    if (ofPair[pairOf(network, rows.flow[i])] === shard) own[count++] = i;
  }
  const kept = own.subarray(0, count);
  return {
    count,
    shipper: Int32Array.from(kept, (i) => rows.shipper[i]),
    flow: Int32Array.from(kept, (i) => rows.flow[i]),
    slot: Int16Array.from(kept, (i) => rows.slot[i]),
    way: Uint8Array.from(kept, (i) => rows.way[i]),
    parcels: Int32Array.from(kept, (i) => rows.parcels[i]),
  };
}
