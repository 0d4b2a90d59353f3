/** What a gate's owner may set; the rules name the defaults. */
export interface GatePolicy {
  /**
   * Unconfirmed parcels a shipper may hold in a slot, as a multiple of its shares there (G5). Below 1 it
   * could not draw them; much above, and it can hoard what others need. 2 lets it double its pace.
   */
  readonly hoardingMultiple: number;
  /** The same for a shipper with small shares or none, in parcels: without it, no newcomer gets a ticket. */
  readonly hoardingFloor: number;
  /** How long before its slot's end a share lapses, milliseconds (G5). */
  readonly shareCutOffMs: number;
  /** How long before its slot's end an unconfirmed ticket lapses, milliseconds (G5). */
  readonly ticketCutOffMs: number;
  /** Tickets that start within so many slots are not moved later or to another route (G8). */
  readonly frozenSlots: number;
}

export const DEFAULT_POLICY: GatePolicy = {
  hoardingMultiple: 2,
  hoardingFloor: 1000,
  shareCutOffMs: 0,
  ticketCutOffMs: 0,
  frozenSlots: 2,
};
