import { FlowCounts } from './flow-counts.js';

/** What became of scans, as found at receipt: received is the sum of the others (T6). */
export interface Tally {
  received: number;
  applied: number;
  superseded: number;
  duplicate: number;
  quarantined: number;
}

/** Scans of one source: those received, and those driven in again. */
export interface SourceTally {
  readonly tally: Tally;
  readonly redriven: Tally;
}

/** All that is counted of a log. */
export class Figures {
  readonly stock: Int32Array;
  readonly bound: Int32Array;
  readonly flows = new FlowCounts();
  /** Distinct scans that count, and contents that lost under their identity (T1). */
  scans = 0;
  conflicts = 0;
  /** Parcels somewhere, and of them departed; and all that were ever scanned. */
  parcels = 0;
  departed = 0;
  parcelsEver = 0;
  /** By source. */
  readonly sources: SourceTally[] = [];

  constructor(resources: number) {
    this.stock = new Int32Array(resources);
    this.bound = new Int32Array(resources);
  }

  tally(source: number, isAgain: boolean): Tally {
    while (this.sources.length <= source) {
      this.sources.push({ tally: emptyTally(), redriven: emptyTally() });
    }
    return isAgain ? this.sources[source].redriven : this.sources[source].tally;
  }

  /** Of all sources; of those driven in again nothing. */
  total(): Tally {
    const total = emptyTally();
    for (const { tally } of this.sources) {
      total.received += tally.received;
      total.applied += tally.applied;
      total.superseded += tally.superseded;
      total.duplicate += tally.duplicate;
      total.quarantined += tally.quarantined;
    }
    return total;
  }
}

function emptyTally(): Tally {
  return { received: 0, applied: 0, superseded: 0, duplicate: 0, quarantined: 0 };
}
