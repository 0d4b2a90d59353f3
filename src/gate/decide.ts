import { Answerer } from './answer.js';
import { flowsOf, pairOf } from './gate-network.js';
import type { GateState } from './gate-state.js';
import type { Journal } from './journal.js';
import { KeyedHash } from './keyed-hash.js';
import {
  type Answers,
  CONFLICT,
  contentMark,
  INVALID,
  REFUSED,
  REPEATED,
  type RequestBatch,
  TICKETED,
} from './requests.js';
import { type Piece, shareOut } from './share-out.js';

/** Requests for which is looked ahead at a time: few enough that what was read stays near. */
const BLOCK = 256;

/**
 * Answers requests that arrive together (G1, G2, G10): a repeat by what was said before, the others one after the
 * other (answer.ts), but for divisible ones of one cohort that reach for free capacity: they come last, and share.
 *
 * Cost: a hash of the id and a place of the index each, beside the answer. No object a request.
 */
export class Decider {
  readonly #hasher: KeyedHash;
  /** Hashes of the batch's requests: shelf, mark, rest, more; and their accounts, −1 where there is none yet. */
  #hashes = new Int32Array(0);
  #accounts = new Int32Array(0);
  /** For looking ahead. */
  #slots = new Int32Array(0);
  /** Kept so that looking ahead is not optimised away. */
  seen = 0;
  readonly #flows: number;
  readonly #answerer: Answerer;

  constructor(
    private readonly state: GateState,
    journal: Journal,
    key: Int32Array,
  ) {
    this.#hasher = new KeyedHash(key);
    this.#flows = flowsOf(state.network);
    this.#answerer = new Answerer(state, journal);
  }

  decide(batch: RequestBatch, answers: Answers): void {
    const { count } = batch;
    this.#makeRoom(count);
    const together: number[] = [];
    for (let i = 0; i < count; i++) {
      if (i % BLOCK === 0) this.#lookAhead(batch, i, Math.min(i + BLOCK, count));
      if (batch.divisible[i] === 1 && count > 1 && this.#needsFree(batch, i)) together.push(i);
      else this.#decideOne(batch, i, answers);
    }
    if (together.length > 0) this.#decideTogether(batch, together, answers);
  }

  /** The first row of the request that a shipper named so, or −1. */
  find(shipper: number, ids: Uint8Array, start = 0, end = ids.length): number {
    const hasher = this.#hasher;
    hasher.hash(shipper, ids, start, end);
    return this.#lookUp(hasher.a, hasher.b, hasher.c, hasher.d & 0xffff);
  }

  /**
   * Whether it is a new request for more than the shipper's shares, and no limit on what it may hold would
   * make it pass a slot over.
   */
  #needsFree(batch: RequestBatch, i: number): boolean {
    if (!this.#isRequest(batch, i) || this.#find(i) >= 0) return false;
    const answerer = this.#answerer;
    answerer.aim(batch, i, this.#accounts[i]);
    if (batch.parcels[i] <= answerer.drawable()) return false;
    for (let slot = answerer.first; slot <= answerer.last; slot++) {
      if (this.state.hoarding.room(batch.shipper[i], slot) < batch.parcels[i]) return false;
    }
    return true;
  }

  /** Divisible requests that reach for free capacity at the same time: cohort by cohort, in proportion (G10). */
  #decideTogether(batch: RequestBatch, together: readonly number[], answers: Answers): void {
    const cohorts = new Map<string, number[]>();
    const repeats: number[] = [];
    const seen = new Set<string>();
    for (const i of together) {
      const id = this.#hashes.subarray(4 * i, 4 * i + 4).join();
      this.#answerer.aim(batch, i, this.#accounts[i]);
      const cohort = [batch.flow[i], this.#answerer.ready, this.#answerer.last].join();
      if (seen.has(id)) repeats.push(i);
      else if (cohorts.get(cohort)?.push(i) === undefined) cohorts.set(cohort, [i]);
      seen.add(id);
    }
    for (const members of cohorts.values()) this.#decideCohort(batch, members, answers);
    for (const i of repeats) this.#decideOne(batch, i, answers);
  }

  #decideCohort(batch: RequestBatch, members: readonly number[], answers: Answers): void {
    const answerer = this.#answerer;
    const beyond = Uint32Array.from(members, (i) => {
      answerer.aim(batch, i, this.#accounts[i]);
      return Math.max(0, batch.parcels[i] - answerer.drawable());
    });
    const pair = pairOf(this.state.network, batch.flow[members[0]]);
    const given = shareOut(this.state, pair, answerer, beyond);
    members.forEach((i, m) => this.#decideOne(batch, i, answers, given[m]));
  }

  #makeRoom(count: number): void {
    if (this.#accounts.length >= count) return;
    this.#hashes = new Int32Array(8 * count);
    this.#accounts = new Int32Array(2 * count);
    this.#slots = new Int32Array(2 * count);
  }

  /**
   * Hashes the ids of from … until − 1, then reads what each of these requests will need first. These reads wait
   * for memory all at once, where one request after the other would wait for each.
   */
  #lookAhead({ shipper, flow, ids, idStart }: RequestBatch, from: number, until: number): void {
    const { index, accounts, shares, network, nowSlot } = this.state;
    const hasher = this.#hasher;
    const hashes = this.#hashes;
    for (let i = from; i < until; i++) {
      hasher.hash(shipper[i], ids, idStart[i], idStart[i + 1]);
      hashes[4 * i] = hasher.a;
      hashes[4 * i + 1] = hasher.b;
      hashes[4 * i + 2] = hasher.c;
      hashes[4 * i + 3] = hasher.d;
    }
    index.peekAll(hashes, from, until);
    accounts.findAll(shipper, flow, from, until, this.#accounts);
    shares.firstSlots(this.#accounts, from, until, this.#slots);
    // A ticket later than now is explained by what its cheapest way loads.
    const { start, step } = network.loads;
    let late = from;
    for (let i = from; i < until; i++) {
      if (this.#slots[i] > nowSlot) this.#slots[late++] = accounts.firstWay(this.#accounts[i]);
    }
    for (let i = from; i < late; i++) this.#slots[i] = start[this.#slots[i]];
    let seen = 0;
    for (let i = from; i < late; i++) seen |= step[2 * this.#slots[i]];
    this.seen = seen;
  }

  #decideOne(batch: RequestBatch, i: number, answers: Answers, allotted?: readonly Piece[]): void {
    answers.record[i] = -1;
    answers.row[i] = 0;
    if (!this.#isRequest(batch, i)) {
      answers.status[i] = INVALID;
      return;
    }
    const before = this.#find(i);
    if (before >= 0) {
      answers.row[i] = before;
      answers.status[i] = this.#isSame(batch, i, before) ? REPEATED : CONFLICT;
      return;
    }
    const answerer = this.#answerer;
    answerer.aim(batch, i, this.#accounts[i]);
    answerer.answer(batch, i, allotted);
    answers.status[i] = answerer.tickets > 0 ? TICKETED : REFUSED;
    answers.row[i] = answerer.row;
    answers.record[i] = answerer.record;
  }

  #isRequest({ parcels, flow }: RequestBatch, i: number): boolean {
    return parcels[i] >= 1 && flow[i] >= 0 && flow[i] < this.#flows;
  }

  /** The row under which the request was answered before, or −1. */
  #find(i: number): number {
    const { hash } = this.#answerer;
    const hashes = this.#hashes;
    hash.shelf = hashes[4 * i];
    hash.mark = hashes[4 * i + 1];
    hash.rest = hashes[4 * i + 2];
    hash.restMore = hashes[4 * i + 3] & 0xffff;
    return this.#lookUp(hash.shelf, hash.mark, hash.rest, hash.restMore);
  }

  #lookUp(shelf: number, mark: number, rest: number, restMore: number): number {
    const { index, tickets } = this.state;
    for (let place = index.first(shelf, mark); place >= 0; place = index.next(shelf, mark, place)) {
      const row = index.row(shelf, place);
      if (tickets.isRequest(row, rest, restMore)) return row;
    }
    return -1;
  }

  #isSame(batch: RequestBatch, i: number, row: number): boolean {
    const { tickets, accounts } = this.state;
    return (
      tickets.content(row) === contentMark(batch, i) &&
      accounts.flow(tickets.account(row)) === batch.flow[i]
    );
  }
}
