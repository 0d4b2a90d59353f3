import type { ScanRecord } from './history.js';

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
  /** The entry of its log, where it is one of a history. */
  readonly seq?: number;
}

/** @param startMs of the network: stamps count from there. */
export function viewOf(record: ScanRecord, startMs: number): ScanRecordView {
  const { stamp, kind, operator, resource, to, seq, attributesStart, attributesEnd } = record;
  const attributes = Buffer.from(record.attributes.slice(attributesStart, attributesEnd));
  const at = startMs + stamp;
  return { at, kind, operator, resource, to, attributes: attributes.toString(), seq };
}
