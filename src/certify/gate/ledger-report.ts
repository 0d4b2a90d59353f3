/**
 * What can be wrong with a gate's ledger, and the promise or rule that it breaks:
 *
 * - `over-granted` (P1): tickets above the capacity in force when one was given or moved; or two shards count one resource
 * - `decided-twice` (P2): a shipper's id with two decisions
 * - `not-in-ledger` (P3): a shipper was told of what the ledger does not have, or has otherwise
 * - `lost-row` (P5): rows that are missing, or decided out of order
 * - `plan` (P6): a version that is not there, is damaged or falls; a decision by another one; an epoch that falls
 * - `slot` (G4): a ticket before ready, after notAfter or behind the horizon
 * - `parcels` (G4): other parcels than asked for
 * - `change` (G5 to G8): a ticket became what it could not
 * - `clock` (G11): the clock went back
 * - `chain` (P14): an entry changed, missing, put in, or not to be read
 */
export type LedgerRule =
  | 'over-granted'
  | 'decided-twice'
  | 'not-in-ledger'
  | 'lost-row'
  | 'plan'
  | 'slot'
  | 'parcels'
  | 'change'
  | 'clock'
  | 'chain';

export interface LedgerFault {
  readonly rule: LedgerRule;
  readonly shard: number;
  /** Number of the entry; 0 where it is no entry's. */
  readonly seq: number;
  readonly text: string;
}

/** The first faults in full and the count of all, by rule. */
export class LedgerFaults {
  readonly first: LedgerFault[] = [];
  readonly countByRule = new Map<LedgerRule, number>();
  total = 0;

  constructor(readonly keep = 100) {}

  /** `text` is called only if it will be kept. */
  add(rule: LedgerRule, shard: number, seq: number, text: () => string): void {
    this.total += 1;
    this.countByRule.set(rule, (this.countByRule.get(rule) ?? 0) + 1);
    if (this.first.length < this.keep) this.first.push({ rule, shard, seq, text: text() });
  }
}

/** What a shard's ledger holds, recounted. */
export interface ShardCount {
  readonly shard: number;
  readonly entries: number;
  readonly requests: number;
  readonly refused: number;
  readonly tickets: number;
  readonly parcels: number;
  readonly changed: number;
  readonly moved: number;
  /** Hash of the last entry: kept elsewhere, it shows later whether the end was cut off or written anew. */
  readonly head: string;
  /** The fullest resource and slot there ever was: parcels on tickets against the capacity in force. */
  readonly peak?: {
    readonly resource: string;
    readonly slot: number;
    readonly parcels: number;
    readonly capacity: number;
  };
}

export interface LedgerReport {
  readonly shards: readonly ShardCount[];
  readonly faults: LedgerFaults;
}
