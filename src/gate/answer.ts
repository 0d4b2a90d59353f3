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
  readonly hash = { shelf: 0, mark: 0, rest: 0, restMore: 0, content: 0 };
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
    const end = shares.end(this.account);
    for (let run = shares.first(this.account); run < end; run++) {
      const slot = shares.slot[run];
      if (slot >= this.first && slot <= this.last) sum += shares.left[run];
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
    const pair = pairOf(state.network, batch.flow[i]);
    const ways = state.network.wayStart[pair + 1] - state.network.wayStart[pair];
    if (this.ready >= this.#horizon) return this.#refuse(Reason.beyondHorizon);
    if (ways === 0) return this.#refuse(Reason.noRoute);
    if (this.first > this.last) return this.#refuse(Reason.noSlot);
    const left =
      batch.divisible[i] === 1 ? this.#inParts(asked, pair, allotted) : this.#whole(asked, pair);
    this.#explain(left, asked, state.network.wayRoute[state.network.wayStart[pair]]);
  }

  /** Begins the record and enters the request into the index. */
  #open(batch: RequestBatch, i: number): void {
    const { state, journal } = this;
    const { hash } = this;
    hash.content = contentMark(batch, i);
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
    words[at + Header.restMore] = hash.restMore | (hash.content << 16);
    words[at + Header.ready] = this.ready;
    words[at + Header.code] = Reason.none;
    words[at + Header.resource] = -1;
    words[at + Header.slot] = -1;
    words[at + Header.price] = 0;
    words[at + Header.price + 1] = 0;
    words[at + Header.version] = state.plan?.version ?? 0;
    journal.length = at + HEADER;
    state.openRequest(hash);
  }

  /** All parcels in one slot: from the shares of it, else on free capacity. Gives what is left: all or 0. */
  #whole(asked: number, pair: number): number {
    if (this.#drawWhole(asked)) return 0;
    const { books, hoarding, network } = this.state;
    let slot = -1;
    let way = -1;
    for (let i = network.wayStart[pair]; i < network.wayStart[pair + 1]; i++) {
      let last = slot < 0 ? this.last : slot - 1;
      let first = this.first;
      while (first <= last) {
        const t = books.earliest(network.wayRoute[i], asked, first, last);
        if (t < 0) break;
        if (hoarding.room(this.shipper, t) >= asked) {
          slot = t;
          way = i - network.wayStart[pair];
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
    const end = shares.end(this.account);
    let run = shares.first(this.account);
    while (run < end && shares.slot[run] < this.first) run += 1;
    while (run < end && shares.slot[run] <= this.last) {
      const slot = shares.slot[run];
      let beyond = run;
      let sum = 0;
      for (; beyond < end && shares.slot[beyond] === slot; beyond++) sum += shares.left[beyond];
      if (sum >= asked) {
        if (hoarding.room(this.shipper, slot) >= asked) {
          this.#drawRuns(run, beyond, asked);
          return true;
        }
        this.#passedOver = Math.min(this.#passedOver, slot);
      }
      run = beyond;
    }
    return false;
  }

  #drawRuns(from: number, until: number, parcels: number): void {
    const { shares } = this.state;
    let left = parcels;
    for (let run = from; run < until && left > 0; run++) {
      const n = Math.min(left, shares.left[run]);
      if (n === 0) continue;
      this.#issue(run, shares.slot[run], shares.way[run], n);
      left -= n;
    }
  }

  /** What a sequence of requests for one parcel each would get. Gives what is left. */
  #inParts(asked: number, pair: number, allotted?: readonly Piece[]): number {
    const { shares, books, network } = this.state;
    let left = asked;
    const end = shares.end(this.account);
    for (let run = shares.first(this.account); run < end && left > 0; run++) {
      const slot = shares.slot[run];
      if (slot < this.first) continue;
      if (slot > this.last) break;
      left -= this.#issueSome(run, slot, shares.way[run], left, shares.left[run]);
    }
    if (!allotted) return left === 0 ? 0 : this.#freeInParts(left, pair);
    for (const { slot, way, parcels } of allotted) {
      const route = network.wayRoute[network.wayStart[pair] + way];
      left -= this.#issueSome(-1, slot, way, Math.min(left, parcels), books.room(route, slot));
    }
    return left;
  }

  #freeInParts(asked: number, pair: number): number {
    const { books, network } = this.state;
    let left = asked;
    for (let slot = this.first; left > 0 && slot <= this.last; slot++) {
      let next = -1;
      for (let i = network.wayStart[pair]; i < network.wayStart[pair + 1]; i++) {
        const last = next < 0 ? this.last : next - 1;
        const t = last < slot ? -1 : books.earliest(network.wayRoute[i], 1, slot, last);
        if (t >= 0) next = t;
      }
      if (next < 0) break;
      slot = next;
      for (let i = network.wayStart[pair]; i < network.wayStart[pair + 1] && left > 0; i++) {
        const room = books.room(network.wayRoute[i], slot);
        left -= this.#issueSome(-1, slot, i - network.wayStart[pair], left, room);
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
    if (this.tickets === 0) state.tickets.setRequest(row, this.hash);
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
    this.state.tickets.setRequest(row, this.hash);
    this.journal.words[this.record + Header.code] = code;
  }

  /** The reason (G9), for the cheapest route in the slot of readiness. */
  #explain(left: number, asked: number, route: number): void {
    const hoards = this.#passedOver < (left > 0 ? Infinity : this.#latest);
    if (left === asked) this.#refuse(hoards ? Reason.hoarding : Reason.noSlot);
    else if (left === 0 && this.#latest <= this.ready) return;
    const { state, journal } = this;
    const at = this.record;
    const entry = bindingEntry(state, route, this.first);
    const price = state.prices[entry];
    const binds = price > 0 || state.books.free(entry) < asked;
    if (binds) {
      journal.words[at + Header.resource] = state.books.resourceOf(entry);
      journal.words[at + Header.slot] = state.books.slotOf(entry);
      journal.setDouble(at + Header.price, price);
    }
    if (left === asked) return;
    const late = binds ? Reason.binds : Reason.share;
    const code = left > 0 ? Reason.noSlot : late;
    journal.words[at + Header.code] = hoards ? Reason.hoarding : code;
  }
}
