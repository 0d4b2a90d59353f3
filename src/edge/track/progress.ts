import { DELIVERED, KINDS } from '../../track/scans.js';
import type { DeclaredParcel } from './own-parcels.js';
import type { ParcelStates } from './track-service.js';

/** A parcel without a scan for so long, and neither delivered nor returned, is late (assumed: a day). */
const LATE_MS = 86_400_000;

/** A declared parcel and what is known of it. */
export interface ParcelProgress extends DeclaredParcel {
  /** Number of the kind of its state; 0 where it was never scanned. */
  readonly kind: number;
  readonly resource: number;
  readonly to: number;
  /** Its last scan, or when it was declared: since then nothing was heard, ms since 1970. */
  readonly since: number;
}

/** Where a page goes on: behind the parcel of this silence and hash. */
export interface ProgressCursor {
  readonly since: number;
  readonly parcel: Buffer;
}

/**
 * Progress of parcels that are on their way downstream: all are counted by state; of those that are still to be delivered, the
 * ones are kept of which nothing was heard for longest, behind a cursor. Memory: what is kept.
 */
export class Progress {
  /** By number of the kind; 0: never scanned. */
  readonly counts = new Float64Array(KINDS.length + 1);
  late = 0;
  /** The first behind the cursor, in order, and some more. */
  #kept: ParcelProgress[] = [];

  /** @param most to be kept. @param now the season's clock. */
  constructor(
    private readonly most: number,
    private readonly after: ProgressCursor | undefined,
    private readonly now: number,
  ) {}

  add(parcels: readonly DeclaredParcel[], states: ParcelStates): void {
    for (const [i, parcel] of parcels.entries()) {
      const kind = states.kind[i];
      this.counts[kind] += 1;
      if (kind >= DELIVERED) continue;
      const since = kind === 0 ? parcel.declaredAt : states.at[i];
      if (this.isLate(since)) this.late += 1;
      if (!this.#isBehindCursor(since, parcel.parcel)) continue;
      const [resource, to] = [states.resource[i], states.to[i]];
      this.#kept.push({ ...parcel, kind, resource, to, since });
      if (this.#kept.length >= 4 * this.most) this.#cut();
    }
  }

  /** Those kept, in order. */
  first(): readonly ParcelProgress[] {
    this.#cut();
    return this.#kept;
  }

  isLate(since: number): boolean {
    return this.now - since > LATE_MS;
  }

  #isBehindCursor(since: number, parcel: Buffer): boolean {
    return !this.after || compare({ since, parcel }, this.after) > 0;
  }

  #cut(): void {
    this.#kept = this.#kept.toSorted(compare).slice(0, this.most);
  }
}

function compare(a: ProgressCursor, b: ProgressCursor): number {
  return a.since - b.since || Buffer.compare(a.parcel, b.parcel);
}
