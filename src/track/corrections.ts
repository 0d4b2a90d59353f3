import { GrowingInts } from '../network/growing.js';

/** So many scans of a kind at a resource, stamped in a slot that was closed, were received in the slot `received`. */
export interface Correction {
  readonly received: number;
  readonly resource: number;
  readonly kind: number;
  readonly slot: number;
  readonly scans: number;
}

/**
 * What came to slots after they were closed (T7): flows only grow, so a closed figure was, as of the end of a
 * slot of receipt, the figure now less the corrections received after.
 */
export class Corrections {
  /** Slots before are closed: their end, and the time that they stay open, are over by the clock of receipts. */
  closedUntil = 0;
  readonly #received = new GrowingInts();
  readonly #resource = new GrowingInts();
  readonly #kind = new GrowingInts();
  readonly #slot = new GrowingInts();
  readonly #scans = new GrowingInts();
  /** Rows of the slot of receipt that runs, by what they correct. */
  readonly #rows = new Map<string, number>();
  #now = Number.NEGATIVE_INFINITY;

  get size(): number {
    return this.#scans.length;
  }

  /** One scan, or as many, of a closed slot, received in the slot `received`. */
  add(received: number, resource: number, kind: number, slot: number, scans = 1): void {
    if (received !== this.#now) this.#rows.clear();
    this.#now = received;
    const key = `${resource}.${kind}.${slot}`;
    const row = this.#rows.get(key);
    if (row !== undefined) {
      this.#scans.set(row, this.#scans.at(row) + scans);
      return;
    }
    this.#rows.set(key, this.size);
    this.#received.push(received);
    this.#resource.push(resource);
    this.#kind.push(kind);
    this.#slot.push(slot);
    this.#scans.push(scans);
  }

  /** All of them, in the order of receipt. */
  *list(): Generator<Correction> {
    for (let i = 0; i < this.size; i++) {
      yield {
        received: this.#received.at(i),
        resource: this.#resource.at(i),
        kind: this.#kind.at(i),
        slot: this.#slot.at(i),
        scans: this.#scans.at(i),
      };
    }
  }

  /** The rows as columns: received, resource, kind, slot, scans. Valid until the next is added. */
  get columns(): readonly Int32Array[] {
    return [this.#received, this.#resource, this.#kind, this.#slot, this.#scans].map((column) =>
      column.view(),
    );
  }

  /** Scans received after the end of a slot of receipt, for a closed flow. */
  after(received: number, resource: number, kind: number, slot: number): number {
    let scans = 0;
    for (const c of this.list()) {
      const isIt = c.resource === resource && c.kind === kind && c.slot === slot;
      if (isIt && c.received > received) scans += c.scans;
    }
    return scans;
  }
}
