import { bindingEntry } from './binding.js';
import { pairOf } from './gate-network.js';
import type { GateState } from './gate-state.js';
import { HEADER, Header, type Journal, REQUEST, TICKET } from './journal.js';
import { contentMark, Reason, type RequestBatch } from './requests.js';
import type { Piece } from './share-out.js';
import { PARCELS_MOST } from './tickets.js';

/**
 * Answers one request at a time (G3, G4, G9): by the earliest slot with enough of the shipper's share; else by
 * the earliest in which a route has room, the cheapest such route; else it is refused. A slot in which the
 * shipper would hold too much unconfirmed is passed over (G5). Each ticket is applied to the state and written
 * to the journal as it is found. No object is made.
 *
 * Cost: the account's runs from the first not drawn; for free capacity, the steps of each route of the pair
 * per 32 slots.
 */
export class Answerer {
  /** Of the request to answer: set before. */
  readonly hash = { shelf: 0, mark: 0, rest: 0, restMore: 0 };
  /** Of the request that `aim` took up; slots first … last will do. */
  account = 0;
  shipper = 0;
  ready = 0;
  first = 0;
  last = 0;
  #horizon = 0;
  /** Of the request answered last: where its record begins, its first row, how many tickets. */
  record = 0;
  row = 0;
  tickets = 0;
  #latest = 0;
  #marks = 0;
  #firstWay = 0;
  /** The first slot passed over because of hoarding. */
  #passedOver = Infinity;

  constructor(
    private readonly state: GateState,
    private readonly journal: Journal,
  ) {}

  /** Takes a request up: whose it is, and which slots will do. */
  aim(batch: RequestBatch, i: number, account: number): void {
    const { plan } = this.state;
    if (!plan) throw new Error('the gate has no plan yet');
    this.#horizon = plan.from + plan.slots;
    this.shipper = batch.shipper[i];
    this.account = account;
    const readyAt = batch.readyAt[i];
    const { now, nowSlot } = this.state;
    this.ready = readyAt > now ? this.state.slotAt(readyAt) : nowSlot;
    this.first = Math.max(this.ready, plan.from);
    this.last = Math.min(batch.notAfter[i], this.#horizon - 1);
  }

  /** Parcels of the account's shares in the slots that will do. */
  drawable(): number {
    const { shares } = this.state;
    if (this.account < 0) return 0;
    let sum = 0;
    for (let run = shares.first(this.account); run >= 0; run = shares.next(run)) {
      const slot = shares.slot(run);
      if (slot >= this.first && slot <= this.last) sum += shares.left(run);
    }
    return sum;
  }

  /**
   * Answers the request taken up.
   *
   * @param allotted its part of what its cohort is given together; none if it is answered by itself.
   */
  answer(batch: RequestBatch, i: number, allotted?: readonly Piece[]): void {
    const { state } = this;
    if (this.account < 0) this.account = state.accounts.open(this.shipper, batch.flow[i]);
    this.#open(batch, i);
    const asked = batch.parcels[i];
    if (this.ready >= this.#horizon) return this.#refuse(Reason.beyondHorizon);
    this.#firstWay = state.accounts.firstWay(this.account);
    if (this.#firstWay < 0) return this.#refuse(Reason.noRoute);
    if (this.first > this.last) return this.#refuse(Reason.noSlot);
    const left = batch.divisible[i] === 1 ? this.#inParts(asked, allotted) : this.#whole(asked);
    this.#explain(left, asked);
  }

  /** Begins the record and enters the request into the index. */
  #open(batch: RequestBatch, i: number): void {
    const { state, journal, hash } = this;
    this.#marks = hash.restMore | (contentMark(batch, i) << 16);
    this.record = journal.length;
    this.row = state.tickets.size;
    this.tickets = 0;
    this.#latest = 0;
    this.#passedOver = Infinity;
    journal.reserve(HEADER + TICKET);
    const { words } = journal;
    const at = this.record;
    words[at] = REQUEST;
    words[at + Header.tickets] = 0;
    words[at + Header.row] = this.row;
    words[at + Header.shipper] = this.shipper;
    words[at + Header.flow] = batch.flow[i];
    journal.setDouble(at + Header.readyAt, batch.readyAt[i]);
    words[at + Header.asked] = batch.parcels[i];
    words[at + Header.notAfter] = batch.notAfter[i];
    words[at + Header.divisible] = batch.divisible[i];
    words[at + Header.shelf] = hash.shelf;
    words[at + Header.mark] = hash.mark;
    words[at + Header.rest] = hash.rest;
    words[at + Header.restMore] = this.#marks;
    words[at + Header.ready] = this.ready;
    words[at + Header.code] = Reason.none;
    words[at + Header.resource] = -1;
    words[at + Header.slot] = -1;
    words[at + Header.price] = 0;
    words[at + Header.price + 1] = 0;
    words[at + Header.version] = state.plan?.version ?? 0;
    journal.length = at + HEADER;
    state.openRequest(hash.shelf, hash.mark);
  }

  /** All parcels in one slot: from the shares of it, else on free capacity. Gives what is left: all or 0. */
  #whole(asked: number): number {
    if (this.#drawWhole(asked)) return 0;
    const { books, hoarding } = this.state;
    const endWay = this.#endWay();
    let slot = -1;
    let way = -1;
    for (let w = this.#firstWay; w < endWay; w++) {
      let last = slot < 0 ? this.last : slot - 1;
      let first = this.first;
      while (first <= last) {
        const t = books.earliest(w, asked, first, last);
        if (t < 0) break;
        if (hoarding.room(this.shipper, t) >= asked) {
          slot = t;
          way = w - this.#firstWay;
          last = -1;
        } else this.#passedOver = Math.min(this.#passedOver, t);
        first = t + 1;
      }
    }
    if (slot < 0) return asked;
    this.#issue(-1, slot, way, asked);
    return 0;
  }

  #drawWhole(asked: number): boolean {
    const { shares, hoarding } = this.state;
    let run = shares.first(this.account);
    while (run >= 0 && shares.slot(run) < this.first) run = shares.next(run);
    while (run >= 0) {
      const slot = shares.slot(run);
      if (slot > this.last) break;
      let beyond = run;
      let sum = 0;
      for (; beyond >= 0 && shares.slot(beyond) === slot; beyond = shares.next(beyond)) {
        sum += shares.left(beyond);
      }
      if (sum >= asked) {
        if (hoarding.room(this.shipper, slot) >= asked) {
          this.#drawFrom(run, asked);
          return true;
        }
        this.#passedOver = Math.min(this.#passedOver, slot);
      }
      run = beyond;
    }
    return false;
  }

  #drawFrom(first: number, parcels: number): void {
    const { shares } = this.state;
    let left = parcels;
    for (let run = first; left > 0; run++) {
      const n = Math.min(left, shares.left(run));
      if (n === 0) continue;
      this.#issue(run, shares.slot(run), shares.way(run), n);
      left -= n;
    }
  }

  /** What a sequence of requests for one parcel each would get. Gives what is left. */
  #inParts(asked: number, allotted?: readonly Piece[]): number {
    const { shares, books } = this.state;
    let left = asked;
    for (let run = shares.first(this.account); run >= 0 && left > 0; run = shares.next(run)) {
      const slot = shares.slot(run);
      if (slot < this.first) continue;
      if (slot > this.last) break;
      left -= this.#issueSome(run, slot, shares.way(run), left, shares.left(run));
    }
    if (!allotted) return left === 0 ? 0 : this.#freeInParts(left);
    for (const { slot, way, parcels } of allotted) {
      const room = books.room(this.#firstWay + way, slot);
      left -= this.#issueSome(-1, slot, way, Math.min(left, parcels), room);
    }
    return left;
  }

  #freeInParts(asked: number): number {
    const { books } = this.state;
    const endWay = this.#endWay();
    let left = asked;
    for (let slot = this.first; left > 0 && slot <= this.last; slot++) {
      let next = -1;
      for (let w = this.#firstWay; w < endWay; w++) {
        const last = next < 0 ? this.last : next - 1;
        const t = last < slot ? -1 : books.earliest(w, 1, slot, last);
        if (t >= 0) next = t;
      }
      if (next < 0) break;
      slot = next;
      for (let w = this.#firstWay; w < endWay && left > 0; w++) {
        left -= this.#issueSome(-1, slot, w - this.#firstWay, left, books.room(w, slot));
      }
    }
    return left;
  }

  /** As much of `asked` as there is room for and may be held; gives how much. */
  #issueSome(run: number, slot: number, way: number, asked: number, room: number): number {
    const wanted = Math.min(asked, room);
    const n = Math.min(wanted, this.state.hoarding.room(this.shipper, slot));
    if (n < wanted) this.#passedOver = Math.min(this.#passedOver, slot);
    if (n > 0) this.#issue(run, slot, way, n);
    return n;
  }

  #issue(run: number, slot: number, way: number, parcels: number): void {
    for (let left = parcels; left > 0; left -= PARCELS_MOST) {
      this.#issueOne(run, slot, way, Math.min(left, PARCELS_MOST));
    }
  }

  #issueOne(run: number, slot: number, way: number, parcels: number): void {
    const { state, journal } = this;
    const row = state.issue(this.account, run, slot, way, parcels, this.ready);
    if (this.tickets === 0) state.tickets.setRequest(row, this.hash.rest, this.#marks);
    else state.tickets.continueRequest(row);
    journal.reserve(TICKET);
    const { words, length } = journal;
    words[length] = run;
    words[length + 1] = slot;
    words[length + 2] = way;
    words[length + 3] = parcels;
    journal.length = length + TICKET;
    words[this.record + Header.tickets] = ++this.tickets;
    if (slot > this.#latest) this.#latest = slot;
  }

  #refuse(code: number): void {
    const row = this.state.refuse(this.account, this.ready);
    this.state.tickets.setRequest(row, this.hash.rest, this.#marks);
    this.journal.words[this.record + Header.code] = code;
  }

  /** The reason (G9), for the cheapest route in the slot of readiness. */
  #explain(left: number, asked: number): void {
    const hoards = this.#passedOver < (left > 0 ? Infinity : this.#latest);
    if (left === asked) this.#refuse(hoards ? Reason.hoarding : Reason.noSlot);
    else if (left === 0 && this.#latest <= this.ready) return;
    const { state, journal } = this;
    const at = this.record;
    const entry = bindingEntry(state, this.#firstWay, this.first, asked);
    if (entry >= 0) {
      journal.words[at + Header.resource] = state.books.resourceOf(entry);
      journal.words[at + Header.slot] = state.books.slotOf(entry);
      journal.setDouble(at + Header.price, state.prices.of(entry));
    }
    if (left === asked) return;
    const late = entry >= 0 ? Reason.binds : Reason.share;
    const code = left > 0 ? Reason.noSlot : late;
    journal.words[at + Header.code] = hoards ? Reason.hoarding : code;
  }

  /** The ways of the account's pair are #firstWay … this − 1. */
  #endWay(): number {
    const { network, accounts } = this.state;
    return network.wayStart[pairOf(network, accounts.flow(this.account)) + 1];
  }
}
