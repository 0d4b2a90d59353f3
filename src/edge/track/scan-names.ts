import type { Names } from '../../network/names.js';

/** Numbers of the names that scans use, as far as whoever sends them may use them. */
export interface ScanNames {
  readonly operators: Names;
  readonly resources: Names;
  /** What is outside of it is unknown to the sender (P11); without it, all is known. */
  readonly scope?: ScanScope;
}

/** By number: 1 where the sender may name it. */
export interface ScanScope {
  readonly operators: Uint8Array;
  /** Where it may scan. */
  readonly resources: Uint8Array;
  /** Where parcels may be bound for. */
  readonly destinations: Uint8Array;
}
