import type { PriceTable, ReleaseBatch } from '../network/plan-files.js';
import type { SlotTable } from '../plan/slot-table.js';
import { flowOf, type GateNetwork } from './gate-network.js';

/**
 * A plan version as the gate takes it over. Slots are those of the season, so versions can be compared;
 * `capacity` has the horizon's T slots and the network's tail, from slot `from` on.
 */
export interface GatePlan {
  /** Rises with every version (P6). */
  readonly version: number;
  readonly from: number;
  /** T. */
  readonly slots: number;
  /** What tickets may load: declared capacity less what is on its way without a ticket. */
  readonly capacity: SlotTable;
  readonly shares: ShareRows;
  readonly prices: PriceTable;
}

/** Who may have how many parcels of which flow in which slot and way; in any order, equal keys add. */
export interface ShareRows {
  readonly count: number;
  readonly shipper: Int32Array;
  readonly flow: Int32Array;
  readonly slot: Int16Array;
  readonly way: Uint8Array;
  readonly parcels: Int32Array;
}

/** The rows of a plan that are released, whatever cohort they come from. */
export async function shareRows(
  network: GateNetwork,
  releases: Iterable<ReleaseBatch> | AsyncIterable<ReleaseBatch>,
): Promise<ShareRows> {
  const wayOf = waysOf(network);
  let rows = emptyRows(1 << 14);
  let count = 0;
  for await (const batch of releases) {
    if (count + batch.rows > rows.slot.length) rows = grown(rows, count + batch.rows);
    for (let i = 0; i < batch.rows; i++) {
      if (batch.route[i] < 0) continue;
      rows.shipper[count] = batch.shipper[i];
      rows.flow[count] = flowOf(network, batch.pair[i], batch.service[i]);
      rows.slot[count] = batch.releaseSlot[i];
      rows.way[count] = wayOf[batch.route[i]];
      rows.parcels[count++] = batch.parcels[i];
    }
  }
  return { ...rows, count };
}

function waysOf({ wayStart, wayRoute, pairs }: GateNetwork): Uint8Array {
  const wayOf = new Uint8Array(wayRoute.length);
  for (let p = 0; p < pairs; p++) {
    for (let i = wayStart[p]; i < wayStart[p + 1]; i++) wayOf[wayRoute[i]] = i - wayStart[p];
  }
  return wayOf;
}

function emptyRows(length: number): Omit<ShareRows, 'count'> {
  return {
    shipper: new Int32Array(length),
    flow: new Int32Array(length),
    slot: new Int16Array(length),
    way: new Uint8Array(length),
    parcels: new Int32Array(length),
  };
}

function grown(rows: Omit<ShareRows, 'count'>, least: number): Omit<ShareRows, 'count'> {
  const more = emptyRows(Math.max(least, Math.floor(rows.slot.length * 1.5)));
  more.shipper.set(rows.shipper);
  more.flow.set(rows.flow);
  more.slot.set(rows.slot);
  more.way.set(rows.way);
  more.parcels.set(rows.parcels);
  return more;
}
