/** A linear programme: minimise offset + colCost·y subject to rowLower ≤ A·y ≤ rowUpper, y ≥ 0. */
export interface LinearProgramme {
  readonly offset: number;
  readonly colCost: Float64Array;
  /** Compressed columns of A: entries colStart[j] … colStart[j+1] − 1. */
  readonly colStart: Int32Array;
  readonly index: Int32Array;
  readonly value: Float64Array;
  /** −∞ where only the upper limit counts, rowUpper where both are one. */
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
}
