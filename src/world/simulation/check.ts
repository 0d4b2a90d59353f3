import type { Flow } from './flow.js';
import type { Shippers } from './shippers.js';

/** Slots between two recounts of every list. */
const RECOUNT_EVERY = 24;

/**
 * What must hold after every slot, whatever happened; a breach is a defect of the world and ends it.
 *
 * - Parcels are conserved: ready = waiting + in the network + delivered, and what is in the network is
 *   the sum of what stands in each place. Every 24 slots the places are recounted, batch by batch.
 * - No stock is above its floor by more than a vehicle, and none above it without an overflow recorded.
 * - Nothing is negative. (That nothing travels back in time is checked where loads are scheduled.)
 */
export function checkSlot(t: number, flow: Flow, shippers: Shippers, overflow: Uint8Array): void {
  const demand = shippers.ready - shippers.total - flow.released;
  if (demand !== 0) throw breach(t, `${demand} parcels lost between shippers and network`);
  let placed = flow.onRoad + flow.lastMile.atOutlets + flow.lastMile.out;
  for (let r = 0; r < flow.queued.length; r++) {
    const hub = flow.hubOf[r];
    placed += (hub < 0 ? flow.queued[r] : flow.stock[r]) + flow.waitingOutside[r];
    if (flow.queued[r] < 0 || flow.waitingOutside[r] < 0 || flow.stock[r] < 0) {
      throw breach(t, `resource ${r} has fewer than no parcels`);
    }
    if (hub < 0) continue;
    const above = flow.stock[r] - flow.floor[r];
    if (above > flow.world.vehicleParcels) throw breach(t, `resource ${r} took a vehicle too many`);
    if (above > 0 !== (overflow[hub] === 1)) throw breach(t, `overflow of ${r} not as recorded`);
  }
  if (placed !== flow.inNetwork) {
    throw breach(t, `${flow.inNetwork} parcels in the network, ${placed} in its places`);
  }
  if (t % RECOUNT_EVERY === 0) recount(t, flow);
}

function recount(t: number, flow: Flow): void {
  const { batches, loads } = flow;
  const listed = (head: number): number => {
    let sum = 0;
    for (let b = head; b >= 0; b = batches.next[b]) sum += batches.parcels[b];
    return sum;
  };
  const loaded = (head: number): number => {
    let sum = 0;
    for (let i = head; i >= 0; i = loads.next[i]) sum += listed(loads.head[i]);
    return sum;
  };
  let standing = 0;
  for (let r = 0; r < flow.queued.length; r++) {
    if (listed(flow.queue.head[r]) !== flow.queued[r]) throw breach(t, `queue of ${r} miscounted`);
    if (loaded(flow.outside.head[r]) !== flow.waitingOutside[r]) {
      throw breach(t, `vehicles outside ${r} miscounted`);
    }
    if (loaded(flow.starved.head[r]) !== flow.starvedParcels[r]) {
      throw breach(t, `parcels without a vehicle at ${r} miscounted`);
    }
    if (flow.hubOf[r] >= 0) standing += flow.stock[r] - flow.queued[r] - flow.starvedParcels[r];
  }
  let scheduled = 0;
  for (let at = 0; at < flow.ring; at++) scheduled += loaded(flow.road.head[at]);
  const away = scheduled + flow.finishing;
  if (away !== flow.onRoad + standing) {
    throw breach(t, `${away} parcels on road and floors, ${flow.onRoad + standing} counted`);
  }
}

function breach(t: number, what: string): Error {
  return new Error(`the simulated world is wrong in slot ${t}: ${what}`);
}
