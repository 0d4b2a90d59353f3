import type { Figures } from './figures.js';
import { ParcelChains } from './parcel-chains.js';
import { DEPARTED, NOWHERE_FROM, type RecountSeason } from './scan-rows.js';
import { Spilled } from './spill.js';

/** Up to so many scans of a parcel are sorted in place; more by the engine's sort. */
const FEW = 24;

/**
 * Counts the scans of some parcels, all of them let in, in the order of their receipt. Of each parcel
 *
 *     the scans in the order (at, kind, resource, operator, to, attributes, receipt)
 *
 * so that those of one identity stand together, those of one content within, the first received first. Of an
 * identity the last content counts (T1). State: the greatest that counts by (at, kind, resource, to) (T2). Then, in
 * the order of receipt, what was found of each: a repetition, a content that was lesser already, higher than
 * all before, or not (T6). Cost: k log k for k scans of a parcel.
 */
export function countPart(words: Int32Array, season: RecountSeason, figures: Figures): void {
  const scans = new Spilled(words);
  const chains = new ParcelChains(scans);
  const counter = new ParcelCounter(scans, season, figures);
  for (let p = 0; p < chains.parcels; p++) counter.count(chains.first[p], chains.next);
  figures.parcelsEver += chains.parcels;
}

/** What was found of a scan by comparing it with others of its identity. */
const LET_IN = 0;
const REPEATED = 1;
const LESSER = 2;

class ParcelCounter {
  /** Scans of the parcel, sorted. */
  #sorted = new Int32Array(64);
  readonly #found: Uint8Array;

  constructor(
    private readonly scans: Spilled,
    private readonly season: RecountSeason,
    private readonly figures: Figures,
  ) {
    this.#found = new Uint8Array(scans.position.length);
  }

  count(first: number, next: Int32Array): void {
    let k = 0;
    for (let n = first; n >= 0; n = next[n]) {
      if (k === this.#sorted.length) this.#sorted = Int32Array.from({ length: 2 * k }, this.#old);
      this.#sorted[k++] = n;
    }
    this.#sort(k);
    let state = -1;
    for (let from = 0; from < k; ) {
      const until = this.#identityEnd(from, k);
      const winner = this.#judgeIdentity(from, until);
      if (state < 0 || this.#compareState(winner, state) > 0) state = winner;
      from = until;
    }
    this.#place(state);
    this.#tell(first, next);
  }

  readonly #old = (_: unknown, i: number): number => this.#sorted[i] ?? 0;

  #sort(k: number): void {
    const list = this.#sorted;
    if (k > FEW) {
      list.subarray(0, k).sort((a, b) => this.#compare(a, b));
      return;
    }
    for (let i = 1; i < k; i++) {
      const n = list[i];
      let j = i - 1;
      for (; j >= 0 && this.#compare(list[j], n) > 0; j--) list[j + 1] = list[j];
      list[j + 1] = n;
    }
  }

  #identityEnd(from: number, k: number): number {
    let until = from + 1;
    while (until < k && this.#compareIdentity(this.#sorted[from], this.#sorted[until]) === 0) {
      until += 1;
    }
    return until;
  }

  /** Counts an identity and marks its scans; the content that counts is the last. */
  #judgeIdentity(from: number, until: number): number {
    const list = this.#sorted;
    const { scans, figures, season } = this;
    const winner = list[until - 1];
    const slot = Math.floor((scans.at(winner) - season.startMs) / season.slotMs);
    figures.scans += 1;
    figures.flows.add(scans.resource(winner), scans.kind(winner), slot);
    let contents = 1;
    this.#found[list[from]] = LET_IN;
    for (let i = from + 1; i < until; i++) {
      const isRepeated = this.#compareContent(list[i - 1], list[i]) === 0;
      this.#found[list[i]] = isRepeated ? REPEATED : LET_IN;
      if (!isRepeated) contents += 1;
    }
    figures.conflicts += contents - 1;
    if (contents > 1) this.#markLesser(from, until);
    return winner;
  }

  /** A content was lost at its receipt if a greater one had come before: from the greatest down, the earliest so far. */
  #markLesser(from: number, until: number): void {
    let earliest = Number.POSITIVE_INFINITY;
    for (let i = until - 1; i >= from; i--) {
      const n = this.#sorted[i];
      if (this.#found[n] === REPEATED) continue;
      if (n > earliest) this.#found[n] = LESSER;
      else earliest = n;
    }
  }

  #place(state: number): void {
    const { scans, figures, season } = this;
    const kind = scans.kind(state);
    if (kind >= NOWHERE_FROM) return;
    figures.parcels += 1;
    if (kind !== DEPARTED) {
      figures.stock[scans.resource(state)] += 1;
      return;
    }
    figures.departed += 1;
    const to = scans.to(state);
    if (to < 0) return;
    figures.bound[to] += 1;
    const lane = season.lanes.get(scans.resource(state) * 2 ** 20 + to);
    if (lane !== undefined) figures.stock[lane] += 1;
  }

  /** In the order of receipt, what became of each scan. */
  #tell(first: number, next: Int32Array): void {
    const { scans } = this;
    let highest = -1;
    for (let n = first; n >= 0; n = next[n]) {
      const tally = this.figures.tally(scans.source(n), scans.isAgain(n));
      tally.received += 1;
      const found = this.#found[n];
      if (found === REPEATED) tally.duplicate += 1;
      else if (found === LESSER) tally.quarantined += 1;
      else if (highest < 0 || this.#compareState(n, highest) > 0) {
        tally.applied += 1;
        highest = n;
      } else tally.superseded += 1;
    }
  }

  #compare(a: number, b: number): number {
    return this.#compareIdentity(a, b) || this.#compareContent(a, b) || a - b;
  }

  #compareIdentity(a: number, b: number): number {
    const { scans } = this;
    return (
      scans.at(a) - scans.at(b) ||
      scans.kind(a) - scans.kind(b) ||
      scans.resource(a) - scans.resource(b) ||
      scans.operator(a) - scans.operator(b)
    );
  }

  #compareContent(a: number, b: number): number {
    const { scans } = this;
    return scans.to(a) - scans.to(b) || this.#compareText(a, b);
  }

  #compareText(a: number, b: number): number {
    const { bytes } = this.scans;
    const [p, q] = [this.scans.textStart(a), this.scans.textStart(b)];
    const [long, other] = [this.scans.textLength(a), this.scans.textLength(b)];
    for (let i = 0; i < long && i < other; i++) {
      if (bytes[p + i] !== bytes[q + i]) return bytes[p + i] - bytes[q + i];
    }
    return long - other;
  }

  #compareState(a: number, b: number): number {
    const { scans } = this;
    return (
      scans.at(a) - scans.at(b) ||
      scans.kind(a) - scans.kind(b) ||
      scans.resource(a) - scans.resource(b) ||
      scans.to(a) - scans.to(b)
    );
  }
}
