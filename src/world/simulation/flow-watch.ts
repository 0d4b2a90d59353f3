import type { Batches } from './parcels.js';

/**
 * Told of what happens to parcels, in the order in which it does; a watch changes nothing. Batches are named by number
 * (parcels.ts): a number means another batch once its parcels are told to be at an outlet or to have ended.
 */
export interface FlowWatch {
  /** Before anything happens. */
  begin(batches: Batches): void;
  /** So many more parcels at the end of a batch: released. */
  released(batch: number, parcels: number): void;
  /** A batch came to place r: a hub's floor, or the queue of another. */
  arrived(batch: number, r: number): void;
  /** A batch got through place r: it was collected, or sorted. Its stage is not raised yet. */
  served(batch: number, r: number): void;
  /** A batch set off on a leg, or left the hub's floor for it. */
  departed(batch: number, leg: number): void;
  /** A batch came to outlet r, and is no batch any more. */
  atOutlet(batch: number, r: number): void;
  /** A batch ends on a leg to the recipient, delivered in a slot to come, and is no batch any more. */
  ended(batch: number, leg: number, slot: number): void;
  /** Couriers of an outlet set out; this share of what they are handed goes to stations and lockers. */
  setsOut(placedShare: number): void;
  /** Of parcels at outlet r ready since a slot the first set out, then some that will fail; rounds end in `until`. */
  handed(r: number, ready: number, parcels: number, failed: number, until: number): void;
  /** What failed at outlet r, of a ready slot, is there for the day's shift. */
  broughtBack(r: number, ready: number): void;
}
