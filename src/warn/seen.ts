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
  /** In the same slots: what was to load a resource by the timetable, as tickets and plan had it. Read where routes begin only. */
  readonly planned: SlotNumbers;
  /**
   * From `slot` on: what will load each resource by the timetable, releases' slots + lags, of parcels that tickets and plan
   * let go in `slot` or later.
   */
  readonly scheduled: SlotNumbers;
  /** Let go before `slot` and not accepted yet, at the resource where their route begins. */
  readonly overdue: ArrayLike<number>;
  /** Hours since the newest scan of each resource; NaN where nothing ever came (T8). */
  readonly ageHours: ArrayLike<number>;
}
