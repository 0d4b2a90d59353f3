import { Corrections } from './corrections.js';
import { faultOf } from './fault-of.js';
import { Flows } from './flows.js';
import { type History, ScanRecord } from './history.js';
import { compareState, GREATER, IdentitySearch, LESSER, NEW, SAME } from './identity.js';
import { bytesWord, HashSum } from './mix.js';
import { type ScanRecordView, viewOf } from './parcel-life.js';
import {
  headOf,
  kindOf,
  ParcelTable,
  resourceOf,
  SHELF_BITS,
  setHead,
  setState,
  stampOf,
  toOf,
} from './parcel-table.js';
import { Past } from './past.js';
import type { TrackPolicy } from './policy.js';
import {
  APPLIED,
  DELIVERED,
  DUPLICATE,
  type Outcomes,
  QUARANTINED,
  Reason,
  type ScanBatch,
  SUPERSEDED,
} from './scans.js';
import { Stock } from './stock.js';
import { OPERATORS_MOST, RESOURCES_MOST, type TrackNetwork } from './track-network.js';

/** The greatest scan of a parcel. */
export interface ParcelState {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly kind: number;
  readonly resource: number;
  readonly to: number;
}

/**
 * Tracking of the parcels of one partition: scans in, where they are and what flowed out (docs/spec/tracking.md).
 * Stock, flows and states of parcels are a function of the set of scans: of their order, repetition and batches
 * nothing is left in them (P8). It reads no clock: time is what batches say of their receipt. Whoever owns it
 * writes a batch down, then applies it (P7).
 *
 * Memory and exactness: docs/maths/track.md. A scan stamped later than all of its parcel is new for certain, and
 * takes no more than the parcel's row. Any other is looked up in the parcel's history.
 */
export class Track {
  /** The last batch applied. */
  seq = 0;
  /** The latest receipt, ms since 1970. */
  clock = Number.NEGATIVE_INFINITY;
  /** No parcel that left memory has a scan stamped later, in ms after the first stamp. */
  forgottenUntil = -1;
  /** Distinct scans: identities that count. */
  scans = 0;
  /** Contents that lost under their identity (T1). */
  conflicts = 0;
  /** Over the scans that count, with their contents. */
  readonly sum = new HashSum();
  readonly parcels = new ParcelTable();
  readonly stock: Stock;
  readonly flows: Flows;
  readonly past: Past;
  readonly corrections = new Corrections();
  readonly #search = new IdentitySearch();
  /** The scan that is looked at. */
  readonly #scan = new ScanRecord();
  #words: Int32Array = new Int32Array(0);
  #word = 0;
  #receivedSlot = 0;
  #displaced: number[] = [];

  constructor(
    readonly network: TrackNetwork,
    readonly policy: TrackPolicy,
    readonly history: History,
  ) {
    if (network.resources > RESOURCES_MOST || network.operators > OPERATORS_MOST) {
      throw new Error('more resources or operators than fit their fields');
    }
    this.stock = new Stock(network);
    this.flows = new Flows(network.resources);
    this.past = new Past(network);
  }

  /**
   * Applies the next batch of the log and says what became of each scan.
   *
   * @param rows the scans of this partition by number, where the batch has others': rows[from] … rows[until − 1].
   * @throws Error if it is not the next: what is missing, or there already, would be lost or counted twice.
   */
  apply(
    batch: ScanBatch,
    outcomes: Outcomes,
    rows?: Int32Array,
    from = 0,
    until = batch.count,
  ): void {
    if (batch.seq !== this.seq + 1) throw new Error(`batch ${batch.seq} after ${this.seq}`);
    this.seq = batch.seq;
    this.#advance(batch.receivedAt);
    this.#displaced = outcomes.displaced;
    this.#words = batch.parcel;
    this.parcels.peekAll(batch.parcel, rows, from, until);
    const { network, policy } = this;
    this.#receivedSlot = Math.floor((batch.receivedAt - network.startMs) / network.slotMs);
    const scan = this.#scan;
    scan.seq = batch.seq;
    scan.attributes = batch.attributes;
    for (let n = from; n < until; n++) {
      const i = rows ? rows[n] : n;
      const reason = faultOf(batch, i, network, policy);
      outcomes.reason[i] = reason;
      if (reason !== Reason.none) {
        outcomes.status[i] = QUARANTINED;
        continue;
      }
      this.#word = 4 * i;
      scan.stamp = batch.at[i] - network.startMs;
      scan.kind = batch.kind[i];
      scan.resource = batch.resource[i];
      scan.to = batch.to[i];
      scan.operator = batch.operator[i];
      scan.line = batch.line[i];
      scan.attributesStart = batch.attributesStart[i];
      scan.attributesEnd = batch.attributesStart[i + 1];
      const status = this.#judge();
      outcomes.status[i] = status;
      if (status === QUARANTINED) outcomes.reason[i] = Reason.conflict;
    }
  }

  /** Lets parcels that are nowhere leave memory, of so many shelves; what becomes of any scan stays the same. */
  forget(firstShelf: number, shelves: number): void {
    const until = this.clock - this.network.startMs - this.policy.forgetAfterMs;
    this.forgottenUntil = Math.max(this.forgottenUntil, until);
    const { parcels, history } = this;
    for (let n = firstShelf; n < Math.min(firstShelf + shelves, parcels.shelves); n++) {
      parcels.sweep(n, (shelf, row) => {
        if (kindOf(shelf, row) < DELIVERED || stampOf(shelf, row) > this.forgottenUntil)
          return false;
        const [mark, rest, restLow] = [shelf[row], shelf[row + 1], shelf[row + 2] & 0xff];
        history.store.forget({ shelf: n, mark, rest, restLow }, headOf(shelf, row));
        return true;
      });
    }
  }

  /** The state of a parcel, in memory or not, if it was ever scanned (T2). */
  find(parcel: Int32Array): ParcelState | undefined {
    const [a, b, c, d] = parcel;
    const row = this.parcels.find(a, b, c, d);
    const { shelf } = this.parcels;
    if (row >= 0) {
      return {
        at: this.network.startMs + stampOf(shelf, row),
        kind: kindOf(shelf, row),
        resource: resourceOf(shelf, row),
        to: toOf(shelf, row),
      };
    }
    const search = this.#search;
    search.begin();
    this.#words = parcel;
    this.#word = 0;
    this.#walkForgotten();
    if (search.stamp < 0) return undefined;
    const { kind, resource, stateTo: to } = search;
    return { at: this.network.startMs + search.stamp, kind, resource, to };
  }

  /** The scans of a parcel, those that lost their identity to others too, from its histories: the last received first. */
  life(parcel: Int32Array): ScanRecordView[] {
    const [a, b, c, d] = parcel;
    const row = this.parcels.find(a, b, c, d);
    const heads = row < 0 ? [] : [headOf(this.parcels.shelf, row)];
    this.#words = parcel;
    this.#word = 0;
    heads.push(...this.history.store.headsOf(this.#key()));
    const views: ScanRecordView[] = [];
    for (const head of heads) {
      for (let position = head; position !== 0; ) {
        const record = this.history.read(position);
        views.push(viewOf(record, this.network.startMs));
        position = record.before;
      }
    }
    return views;
  }

  /** Sets the clock of receipts and closes slots by it (T7). */
  #advance(receivedAt: number): void {
    if (receivedAt <= this.clock) return;
    this.clock = receivedAt;
    const { startMs, slotMs } = this.network;
    const closed = Math.floor((receivedAt - this.policy.closeAfterMs - startMs) / slotMs);
    this.corrections.closedUntil = Math.max(this.corrections.closedUntil, closed);
  }

  #judge(): number {
    const words = this.#words;
    const w = this.#word;
    const scan = this.#scan;
    const { parcels } = this;
    const row = parcels.find(words[w], words[w + 1], words[w + 2], words[w + 3]);
    if (row < 0) {
      if (scan.stamp <= this.forgottenUntil) return this.#judgeAbsent();
      this.#enter();
      this.#count();
      return APPLIED;
    }
    if (scan.stamp <= stampOf(parcels.shelf, row)) return this.#judgeLate(row);
    this.#replace(row);
    this.#count();
    return APPLIED;
  }

  /** Not stamped later than the parcel's state: it may be known. */
  #judgeLate(row: number): number {
    const { parcels } = this;
    const { shelf } = parcels;
    const scan = this.#scan;
    const head = headOf(shelf, row);
    this.#search.begin();
    this.#search.walk(this.history, head, scan);
    if (scan.stamp <= this.forgottenUntil) this.#walkForgotten();
    const verdict = this.#search.verdict(scan);
    if (verdict === SAME) return DUPLICATE;
    const state = compareState(
      scan,
      stampOf(shelf, row),
      kindOf(shelf, row),
      resourceOf(shelf, row),
      toOf(shelf, row),
    );
    if (verdict === LESSER || state <= 0) {
      scan.before = head;
      setHead(shelf, row, this.history.append(scan));
      this.#insert(verdict);
    } else this.#replace(row);
    return this.#settle(verdict, state > 0);
  }

  /** Of a parcel that is not in memory, and stamped so early that it may have been. */
  #judgeAbsent(): number {
    const scan = this.#scan;
    const search = this.#search;
    search.begin();
    this.#walkForgotten();
    const verdict = search.verdict(scan);
    if (verdict === SAME) return DUPLICATE;
    const rises = search.isBelow(scan);
    if (verdict !== LESSER && rises) this.#enter();
    else {
      scan.before = 0;
      this.history.store.forget(this.#key(), this.history.append(scan));
      this.#insert(verdict);
    }
    return this.#settle(verdict, rises);
  }

  #walkForgotten(): void {
    for (const head of this.history.store.headsOf(this.#key())) {
      this.#search.walk(this.history, head, this.#scan);
    }
  }

  /** Counts a scan that was not known, by what its history says. */
  #settle(verdict: number, rises: boolean): number {
    if (verdict === NEW) this.#count();
    else this.conflicts += 1;
    if (verdict === LESSER) return QUARANTINED;
    if (verdict === GREATER) this.#displace();
    return rises ? APPLIED : SUPERSEDED;
  }

  /** A parcel comes into memory, its history beginning with this scan. */
  #enter(): void {
    const words = this.#words;
    const w = this.#word;
    const scan = this.#scan;
    const { parcels } = this;
    const row = parcels.add(words[w + 1], words[w + 2], words[w + 3]);
    setState(parcels.shelf, row, scan.stamp, scan.kind, scan.resource, scan.to);
    scan.before = 0;
    setHead(parcels.shelf, row, this.history.append(scan));
    this.stock.move(scan.kind, scan.resource, scan.to, 1);
    this.past.move(scan.kind, scan.resource, scan.to, this.#slotOf(scan.stamp), 1);
  }

  /** The scan is the parcel's state from now on. */
  #replace(row: number): void {
    const { shelf } = this.parcels;
    const scan = this.#scan;
    const [kind, resource, to] = [kindOf(shelf, row), resourceOf(shelf, row), toOf(shelf, row)];
    const slot = this.#slotOf(scan.stamp);
    this.stock.move(kind, resource, to, -1);
    this.stock.move(scan.kind, scan.resource, scan.to, 1);
    this.past.move(kind, resource, to, slot, -1);
    this.past.move(scan.kind, scan.resource, scan.to, slot, 1);
    scan.before = headOf(shelf, row);
    setState(shelf, row, scan.stamp, scan.kind, scan.resource, scan.to);
    setHead(shelf, row, this.history.append(scan));
  }

  /** A scan below the parcel's state: where it puts the parcel, the parcel was from then until the next. */
  #insert(verdict: number): void {
    const { below, above, isRanked } = this.#search;
    if (verdict === LESSER || verdict === SAME || isRanked || above.stamp < 0) return;
    const { stamp, kind, resource, to } = this.#scan;
    const [from, until] = [this.#slotOf(stamp), this.#slotOf(above.stamp)];
    if (from === until) return;
    this.past.move(kind, resource, to, from, 1);
    this.past.move(kind, resource, to, until, -1);
    if (below.stamp < 0) return;
    this.past.move(below.kind, below.resource, below.to, from, -1);
    this.past.move(below.kind, below.resource, below.to, until, 1);
  }

  #slotOf(stamp: number): number {
    return Math.floor(stamp / this.network.slotMs);
  }

  /** A distinct scan more: in flows, and in corrections if its slot is closed (T4, T7). */
  #count(): void {
    const { kind, resource, stamp, to, attributes, attributesStart, attributesEnd } = this.#scan;
    const slot = this.#slotOf(stamp);
    this.scans += 1;
    this.flows.add(resource, kind, slot);
    this.past.depart(kind, resource, to, slot, 1);
    if (slot < this.corrections.closedUntil) {
      this.corrections.add(this.#receivedSlot, resource, kind, slot);
    }
    this.#add(to, bytesWord(attributes, attributesStart, attributesEnd), 1);
  }

  /** The content counts in the place of another under its identity. */
  #displace(): void {
    const { kind, resource, to, stamp, attributes, attributesStart, attributesEnd } = this.#scan;
    const search = this.#search;
    this.#displaced.push(search.seq, search.line);
    this.past.depart(kind, resource, search.to, this.#slotOf(stamp), -1);
    this.past.depart(kind, resource, to, this.#slotOf(stamp), 1);
    this.#add(search.to, bytesWord(search.attributes, 0, search.attributes.length), -1);
    this.#add(to, bytesWord(attributes, attributesStart, attributesEnd), 1);
  }

  #add(to: number, content: number, times: number): void {
    const words = this.#words;
    const w = this.#word;
    const { stamp, kind, resource, operator } = this.#scan;
    this.sum.add(
      words[w] ^ stamp,
      words[w + 1] ^ (Math.floor(stamp * 2 ** -32) | (kind << 8) | (operator << 12)),
      words[w + 2] ^ resource,
      words[w + 3] ^ Math.imul(to + 1, 0x9e3779b1) ^ content,
      times,
    );
  }

  #key() {
    const words = this.#words;
    const w = this.#word;
    return {
      shelf: words[w] >>> (32 - SHELF_BITS),
      mark: words[w + 1] >>> 0,
      rest: words[w + 2] >>> 0,
      restLow: words[w + 3] & 0xff,
    };
  }
}
