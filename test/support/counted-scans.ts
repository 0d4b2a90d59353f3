import { Kind, type ScanRows, Spoilt } from '../../src/world/scans/scan-rows.js';

/** A parcel's greatest scan (T2). */
export interface LastScan {
  readonly at: number;
  readonly kind: number;
  readonly resource: number;
  readonly to: number;
}

/** Scans counted by the rules of tracking as plainly as can be, from rows in any order. */
export class CountedScans {
  readonly states = new Map<number, LastScan>();
  readonly #seen = new Set<string>();
  /** Distinct scans by `kind/resource/slot` (T4). */
  readonly flows = new Map<string, number>();

  constructor(readonly slotMs: number) {}

  /** @param receivedBy no later than this, plus ten minutes, may a scan be stamped (T5). */
  take(rows: ScanRows, receivedBy = Number.POSITIVE_INFINITY): void {
    for (let i = 0; i < rows.count; i++) {
      const [at, kind, resource, to] = [rows.at[i], rows.kind[i], rows.resource[i], rows.to[i]];
      if (rows.spoilt[i] !== Spoilt.not || at > receivedBy + 600_000) continue;
      const id = `${rows.operator[i]}/${rows.parcel[i]}/${kind}/${resource}/${at}`;
      if (this.#seen.has(id)) continue;
      this.#seen.add(id);
      const cell = `${kind}/${resource}/${Math.floor(at / this.slotMs)}`;
      this.flows.set(cell, (this.flows.get(cell) ?? 0) + 1);
      const last = this.states.get(rows.parcel[i]);
      if (last && (last.at - at || last.kind - kind) > 0) continue;
      this.states.set(rows.parcel[i], { at, kind, resource, to });
    }
  }

  flow(kind: number, resource: number, slot: number): number {
    return this.flows.get(`${kind}/${resource}/${slot}`) ?? 0;
  }

  /** Parcels that are at a resource (T3); those in a locker there are not with its couriers any more. */
  stock(resource: number): number {
    return this.#many((s) => s.resource === resource && isThere(s.kind) && s.kind !== Kind.placed);
  }

  bound(to: number): number {
    return this.#many((s) => s.kind === Kind.departed && s.to === to);
  }

  /** Out of the hands of couriers. */
  get done(): number {
    return this.#many(({ kind }) => kind >= Kind.placed);
  }

  #many(is: (state: LastScan) => boolean): number {
    let n = 0;
    for (const state of this.states.values()) n += Number(is(state));
    return n;
  }
}

function isThere(kind: number): boolean {
  return kind !== Kind.departed && kind < Kind.delivered;
}
