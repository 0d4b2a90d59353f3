import { Flows } from './flows.js';
import { DELIVERED, DEPARTED } from './scans.js';
import type { TrackNetwork } from './track-network.js';

/** Kinds of moves. */
export const STOCK = 1;
export const BOUND = 2;
/** The only kind of departures over legs. */
export const LEFT = 1;

/**
 * What tells where parcels were at the end of any slot, by the scans stamped until then. The k-th scan of a parcel in the order of
 * states (T2) puts it where T3 says, from its slot on until that of the next:
 *
 *     stock(r, t) = Σ moves(r, STOCK, u) over u ≤ t       bound(r, t) = Σ moves(r, BOUND, u) over u ≤ t
 *
 * and the sums over all slots are the stock of now. A function of the set of scans, as flows are (P8).
 */
export class Past {
  /** By resource: those that came less those that went. */
  readonly moves: Flows;
  /** By leg: parcels departed over it (T4). */
  readonly departures: Flows;

  constructor(private readonly network: TrackNetwork) {
    this.moves = new Flows(network.resources, BOUND);
    this.departures = new Flows(network.legs.size, LEFT);
  }

  /** A parcel comes in a slot to where a scan puts it, n = 1, or is no longer there, n = −1. */
  move(kind: number, resource: number, to: number, slot: number, n: number): void {
    if (kind >= DELIVERED) return;
    if (kind !== DEPARTED) this.moves.add(resource, STOCK, slot, n);
    else if (to >= 0) this.moves.add(to, BOUND, slot, n);
  }

  /** A scan more that says that a parcel departed, or with −1 one less. */
  depart(kind: number, resource: number, to: number, slot: number, n: number): void {
    if (kind !== DEPARTED || to < 0) return;
    const leg = this.network.legs.find(resource, to);
    if (leg >= 0) this.departures.add(leg, LEFT, slot, n);
  }
}
