/** A place on the map; what never changes of it. */
export interface MapNode {
  readonly id: string;
  /** Degrees, WGS 84. */
  readonly lng: number;
  readonly lat: number;
  /** GB/T 2260, six digits. */
  readonly region: string;
  /** As people call it, in their language. */
  readonly name: string;
}

/** A connection between two nodes, by their numbers. */
export interface MapLane {
  readonly from: number;
  readonly to: number;
}

/** What the map shows at a moment; columns of numbers, replaced as a whole: the same object is not drawn again. */
export interface MapState {
  /** By node: stock over floor, 1 where it is full; NaN: not known. */
  readonly fill: Float32Array;
  /** By node: 0 to 1, how large it is drawn. */
  readonly size: Float32Array;
  /** By node: bits, 1 stale, 2 warned of, 4 overflowing. */
  readonly marks: Uint8Array;
  /** By lane: load over capacity; NaN: not known, drawn faint. */
  readonly load: Float32Array;
  /** By lane: 0 to 1, how wide it is drawn. */
  readonly width: Float32Array;
}
