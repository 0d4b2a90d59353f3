/** A scan of a parcel as its history has it. */
export interface ScanRecordView {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Number of the kind (scans.ts). */
  readonly kind: number;
  readonly operator: number;
  /** Numbers of resources; −1 where there is none. */
  readonly resource: number;
  readonly to: number;
  /** Canonical JSON, empty where there are none. */
  readonly attributes: string;
}
