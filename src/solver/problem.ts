/**
 * Packing amounts over time at least cost. The solver knows amounts that become available in slots,
 * options to start them, and resources that take so much per slot; it has never heard of a parcel.
 *
 * Minimise   Σ over cohorts k (of flow f, slot s), start slots t, options o of
 *                y(k, t, o) · w(f) · (holding(t − s) + cost(o))
 *          + Σ over cohorts k of  left(k) · w(f) · carry(s)
 * subject to Σ over t, o of y(k, t, o) + left(k) = amount(k),       max(s, 0) ≤ t < slots
 *            Σ of y(k, t, o) over steps (r, lag, span) of o with t + lag ≤ u < t + lag + span
 *                ≤ capacity(r, u)                                    for all resources r, slots u
 *            y, left ≥ 0.
 *
 * A *bundle* is a set of options that several flows share; flows differ in class. Classes give the
 * weight w and the holding function, which is convex and rises. All index columns are CSR. What follows
 * from convexity, and how the problem is solved: docs/maths/plan.md#problem.
 */
export interface Problem {
  /** T. */
  readonly slots: number;
  readonly classes: readonly HoldingClass[];
  readonly resources: ResourceRows;
  /** Options of bundle b: optionList[optionStart[b]] … optionList[optionStart[b+1] − 1]. */
  readonly optionStart: Int32Array;
  readonly optionList: Int32Array;
  /** Columns by option, in slots of holding. */
  readonly optionCost: Float64Array;
  readonly stepStart: Int32Array;
  readonly stepResource: Int32Array;
  readonly stepLag: Int32Array;
  readonly stepSpan: Int32Array;
  /** Flows, sorted by bundle. */
  readonly flowBundle: Int32Array;
  readonly flowClass: Int32Array;
  readonly cohortStart: Int32Array;
  /** By rising slot within a flow; may be negative. */
  readonly cohortSlot: Int16Array;
  readonly cohortAmount: Float64Array;
}

export interface HoldingClass {
  /** w > 0. */
  readonly weight: number;
  /** holding[h], in slots, for h = 0 … longest hold; convex, rising, holding[0] = 0. */
  readonly holding: Float64Array;
  /** What is left costs holding[T − s] + carryPenalty, in slots. */
  readonly carryPenalty: number;
}

/**
 * The slots in which each resource can be loaded at all: resource r has entries at[r] … at[r+1] − 1
 * for slots first[r], first[r] + 1, …; a price, a load or a capacity array has one number an entry.
 */
export interface ResourceRows {
  readonly count: number;
  readonly at: Int32Array;
  readonly first: Int32Array;
  /** Capacity left per entry, ≥ 0. */
  readonly capacity: Float64Array;
}
