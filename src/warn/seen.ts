/** A number for each resource and slot: that of resource r in slot `from` + i is values[r · slots + i]. */
export interface SlotNumbers {
  readonly slots: number;
  readonly values: Float64Array;
}

/**
 * What is known at one moment: scans until now and the plan from now on. Slots are the scenario's; all arrays are
 * by the scenario's numbers of resources.
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
  /** In the same slots: parcels that were to enter the network at a resource, as had been planned. */
  readonly planned: SlotNumbers;
  /**
   * From `slot` on: parcels that are to enter the network at the resource where their route begins, by tickets and
   * plan, and are not accepted yet. What is overdue counts in the first.
   */
  readonly entering: SlotNumbers;
  /** Hours since the newest scan of each resource; NaN where nothing ever came (T8). */
  readonly ageHours: ArrayLike<number>;
}
