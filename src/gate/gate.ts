import { type Compression, compress } from './compress.js';
import { Decider } from './decide.js';
import type { GateNetwork } from './gate-network.js';
import type { GatePlan } from './gate-plan.js';
import { GateState } from './gate-state.js';
import { CAPACITY, CLOCK, Journal, MOVED, PLAN, SHARES_LAPSED, STATE } from './journal.js';
import { listOverhang, type Overhang, settleOverhang } from './overhang.js';
import { EVERYONE } from './owner/journal-store.js';
import { NoticeBook } from './owner/notices.js';
import type { GatePolicy } from './policy.js';
import { type Answers, type RequestBatch, UNANSWERED } from './requests.js';
import { CANCELLED, CONFIRMED, ISSUED, LAPSED, PICKED_UP, REFUSED } from './tickets.js';

/** Why a ticket was moved, as the journal says it. */
const MoveReason = { compression: 1, overhang: 2 } as const;

/** What became of a cancellation or a confirmation. A repeat of one that was done is done. */
export type Change = 'done' | 'unknown' | 'too-late' | 'not-in-force';

/** Whether a plan was taken over (P6), or why not. */
export type Adoption = 'adopted' | 'stale' | 'shorter-horizon' | 'misshaped';

/**
 * The gate of one shard: plan and requests → tickets (docs/spec/gate.md). It decides in memory and writes
 * every change to its journal; whoever owns it makes the journal durable before telling anyone (P3), and is
 * the only one to run it. Time comes in with every call and never goes back (G11): what the clock makes
 * lapse is done before what is asked.
 */
export class Gate {
  readonly journal: Journal;
  /** What shippers are to be told of the changes in the journal. */
  readonly notices = new NoticeBook();
  readonly state: GateState;
  readonly #decider: Decider;

  /**
   * @param key four secret words, the same for the whole season: request ids are kept as hashes under it.
   * @param state of a replayed journal, to go on from it.
   */
  constructor(
    network: GateNetwork,
    policy: GatePolicy,
    key: Int32Array,
    state = new GateState(network, policy),
  ) {
    this.journal = new Journal();
    this.state = state;
    this.#decider = new Decider(state, this.journal, key);
  }

  /** Sets the clock, if it is later, and does what falls due (G5). */
  advance(now: number): void {
    const { state, journal } = this;
    if (now <= state.now) return;
    journal.pushDouble(CLOCK, now);
    state.setClock(now);
    this.#lapseShares();
    this.#lapseTickets();
  }

  /**
   * Writes the clock down, again if need be, if nothing else is to be written: an answer that changes nothing, too, is given only
   * after an entry of this epoch, so that an owner that was overtaken does not answer from what it once knew.
   */
  stamp(now: number): void {
    this.advance(now);
    if (this.journal.length === 0) this.journal.pushDouble(CLOCK, this.state.now);
  }

  /** Takes over a plan of a higher version, whose horizon ends no earlier than that in force (G8, P6). */
  adopt(plan: GatePlan, now: number): Adoption {
    const { state, journal } = this;
    this.advance(now);
    const before = state.plan;
    if (before && plan.version <= before.version) return 'stale';
    if (before && plan.from + plan.slots < before.from + before.slots) return 'shorter-horizon';
    if (plan.capacity.slots !== plan.slots + state.network.tail) return 'misshaped';
    journal.push(PLAN, plan.version);
    this.notices.push(EVERYONE, [PLAN, plan.version]);
    state.adopt(plan);
    return 'adopted';
  }

  /** Answers requests in order. Those of one batch are of one instant. */
  decide(batch: RequestBatch, now: number, answers: Answers): void {
    this.advance(now);
    if (!this.state.plan) {
      answers.status.fill(UNANSWERED, 0, batch.count);
      answers.record.fill(-1, 0, batch.count);
      return;
    }
    this.#decider.decide(batch, answers);
  }

  /** Cancels a ticket until its slot starts; its capacity is free at once (G6). */
  cancel(shipper: number, row: number, now: number): Change {
    this.advance(now);
    const { state } = this;
    if (!this.#owns(shipper, row)) return 'unknown';
    const before = state.tickets.state(row);
    if (before === CANCELLED) return 'done';
    if (before !== ISSUED && before !== CONFIRMED) return 'not-in-force';
    if (state.startOf(state.tickets.slot(row)) <= state.now) return 'too-late';
    this.#set(row, CANCELLED);
    return 'done';
  }

  /** The shipper will hand the parcels in (G5). */
  confirm(shipper: number, row: number, now: number): Change {
    this.advance(now);
    if (!this.#owns(shipper, row)) return 'unknown';
    return this.#progress(row, CONFIRMED);
  }

  /** A pick-up scan has seen parcels of the ticket (G5). */
  pickUp(row: number, now: number): Change {
    this.advance(now);
    if (row < 0 || row >= this.state.tickets.size) return 'unknown';
    return this.#progress(row, PICKED_UP);
  }

  /** Sets what a resource takes in a slot of the window, from now on (G8). */
  setCapacity(resource: number, slot: number, parcels: number, now: number): Change {
    this.advance(now);
    const { state, journal } = this;
    const exists = resource >= 0 && resource < state.network.resources;
    if (!state.plan || !exists || !state.books.has(slot)) return 'unknown';
    journal.push(CAPACITY, resource, slot, parcels);
    this.notices.push(EVERYONE, [CAPACITY, resource, slot, parcels]);
    state.setCapacity(resource, slot, parcels);
    return 'done';
  }

  /** Offers what is free to those who wait (G7). */
  compress(now: number): void {
    this.advance(now);
    if (this.state.plan) {
      compress(this.state, (row, slot, way) => this.#move(row, slot, way, MoveReason.compression));
    }
  }

  /** Has some tickets moved that a round of compression has found. */
  moveEarlier(round: Compression, tickets: number, now: number): void {
    this.advance(now);
    round.move(tickets, (row, slot, way) => this.#move(row, slot, way, MoveReason.compression));
  }

  /** Moves tickets out of overhang, because somebody decided so (G8). Gives how many moved. */
  settleOverhang(now: number): number {
    this.advance(now);
    let moved = 0;
    if (this.state.plan) {
      settleOverhang(this.state, (row, slot, way) => {
        this.#move(row, slot, way, MoveReason.overhang);
        moved += 1;
      });
    }
    return moved;
  }

  /** The first row of the request that a shipper named so, or −1. */
  find(shipper: number, id: Uint8Array): number {
    return this.#decider.find(shipper, id);
  }

  listOverhang(): Overhang[] {
    return this.state.plan ? listOverhang(this.state) : [];
  }

  #owns(shipper: number, row: number): boolean {
    const { tickets, accounts } = this.state;
    if (row < 0 || row >= tickets.size || tickets.state(row) === REFUSED) return false;
    return accounts.shipper(tickets.account(row)) === shipper;
  }

  #progress(row: number, to: number): Change {
    const { tickets } = this.state;
    if (!tickets.isInForce(row)) return 'not-in-force';
    if (tickets.state(row) < to) this.#set(row, to);
    return 'done';
  }

  #set(row: number, to: number): void {
    const { tickets } = this.state;
    this.journal.push(STATE, row, to);
    this.#tell(row, [STATE, row, to, tickets.slot(row), tickets.way(row)]);
    this.state.setTicket(row, to);
  }

  #move(row: number, slot: number, way: number, reason: number): void {
    const { tickets } = this.state;
    this.journal.push(MOVED, row, slot, way, reason);
    this.#tell(row, [MOVED, row, reason, slot, way, tickets.slot(row), tickets.way(row)]);
    this.state.move(row, slot, way);
  }

  #tell(row: number, words: readonly number[]): void {
    const { tickets, accounts } = this.state;
    this.notices.push(accounts.shipper(tickets.account(row)), words);
  }

  #lapseShares(): void {
    const { state, journal } = this;
    const { plan, policy } = state;
    const horizon = plan ? plan.from + plan.slots : state.sharesDue;
    for (let slot = state.sharesDue; slot < horizon; slot++) {
      if (state.startOf(slot + 1) - policy.shareCutOffMs > state.now) return;
      journal.push(SHARES_LAPSED, slot);
      state.lapseShares(slot);
    }
  }

  /** Looks through the rows, when there is anything due. */
  #lapseTickets(): void {
    const { state } = this;
    const { tickets } = state;
    const end = state.now + state.policy.ticketCutOffMs;
    let due = 0;
    const slots = Math.min(state.unconfirmedTickets.length, state.slotAt(end));
    for (let slot = 0; slot < slots; slot++) due += state.unconfirmedTickets[slot];
    for (let row = 0; due > 0; due--) {
      row = tickets.nextIssued(row, slots);
      this.#set(row, LAPSED);
    }
  }
}
