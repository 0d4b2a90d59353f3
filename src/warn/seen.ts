/** A number for each resource and slot: that of resource r in slot `from` + i is values[r · slots + i]. */
export interface SlotNumbers {
  readonly slots: number;
  readonly values: Float64Array;
}

/** Parcels let go over a route in a slot, one entry each, in any order. */
export interface Releases {
  readonly route: ArrayLike<number>;
  readonly slot: ArrayLike<number>;
  readonly parcels: ArrayLike<number>;
}

/**
 * What is known at one moment: scans until now, tickets and plan. Slots are the scenario's; arrays are by the scenario's numbers
 * of resources. Two to four days of flows and releases tell all that is used; fewer, less.
 */
export interface Seen {
  /** Season's clock, ms since 1970. */
  readonly at: number;
  /** The slot that runs at `at`: those before it are over. */
  readonly slot: number;
  /** Parcels at each resource, and departed towards it and not arrived: in vehicles outside its doors, too (T3). */
  readonly stock: ArrayLike<number>;
  readonly bound: ArrayLike<number>;
  /** Flows of the slots that ended last, the oldest first (T4): parcels that came to a resource, accepted or arrived, and that left it. */
  readonly arrived: SlotNumbers;
  readonly departed: SlotNumbers;
  /** Let go before `slot`, in the slots of the flows: tickets. */
  readonly released: Releases;
  /** What was to be let go in those slots by the plan of then, and is to be from `slot` on. */
  readonly planned: Releases;
  /** Hours since the newest scan of each resource; NaN where nothing ever came (T8). */
  readonly ageHours: ArrayLike<number>;
}
