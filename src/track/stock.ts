import { DELIVERED, DEPARTED } from './scans.js';
import type { TrackNetwork } from './track-network.js';

/** Where parcels are, by their states (T3). */
export class Stock {
  /** Parcels at each resource; of a lane, those departed from its beginning towards its end. */
  readonly at: Int32Array;
  /** Parcels departed towards each resource, by whatever lane. */
  readonly bound: Int32Array;
  /** Parcels somewhere: at a resource, or departed. */
  parcels = 0;
  /** Of them departed. */
  departed = 0;

  constructor(readonly network: TrackNetwork) {
    this.at = new Int32Array(network.resources);
    this.bound = new Int32Array(network.resources);
  }

  /** A parcel comes into a state, n = 1, or leaves it, n = −1. */
  move(kind: number, resource: number, to: number, n: number): void {
    if (kind >= DELIVERED) return;
    this.parcels += n;
    if (kind !== DEPARTED) {
      this.at[resource] += n;
      return;
    }
    this.departed += n;
    if (to < 0) return;
    this.bound[to] += n;
    const lane = this.network.lanes.find(resource, to);
    if (lane >= 0) this.at[lane] += n;
  }
}
