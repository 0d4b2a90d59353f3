import { pairOf } from '../../gate/gate-network.js';
import type { GatePlan } from '../../gate/gate-plan.js';
import type { GateState } from '../../gate/gate-state.js';
import { CONFIRMED, PICKED_UP } from '../../gate/tickets.js';
import type { PairGroups } from './pair-groups.js';

/** Rows, or shares of the plan, looked at in one go: some milliseconds, so that others are not kept waiting. */
const ROWS_A_LOOK = 200_000;

/**
 * What is counted of a group of pairs in a slot, parcels:
 *
 *     planned    the plan in force lets go
 *     ticketed   on tickets in force
 *     confirmed  of these, confirmed or picked up
 *     pickedUp   of these, picked up
 */
export const TALLIED = ['planned', 'ticketed', 'confirmed', 'pickedUp'] as const;
export const COLUMNS = TALLIED.length;
const [PLANNED, ON_TICKETS, SURE, TAKEN] = [0, 1, 2, 3];

/** Numbers of a row: group, slot, and what is counted of it. */
export const ROW_NUMBERS = 2 + COLUMNS;

/** Tickets and plan of a shard added up by groups of pairs and slot. What changes between two looks is in it or not. */
export class PairTally {
  readonly #plan: GatePlan | undefined;
  readonly #counts: Float64Array;
  #row = 0;
  #share = 0;

  /** @param slots of the season. */
  constructor(
    private readonly state: GateState,
    private readonly groups: PairGroups,
    private readonly slots: number,
  ) {
    this.#plan = state.plan;
    this.#counts = new Float64Array(groups.groups.length * slots * COLUMNS);
  }

  /** Adds some more; whether there is more still. */
  look(): boolean {
    if (this.#row < this.state.tickets.size) this.#addTickets();
    else this.#addShares();
    return this.#row < this.state.tickets.size || this.#share < (this.#plan?.shares.count ?? 0);
  }

  /** Rows that are not all 0, one behind the other. */
  rows(): number[] {
    const rows: number[] = [];
    const counts = this.#counts;
    for (let at = 0; at < counts.length; at += COLUMNS) {
      if (counts[at] === 0 && counts[at + 1] === 0) continue;
      const cell = at / COLUMNS;
      rows.push(Math.floor(cell / this.slots), cell % this.slots);
      for (let k = 0; k < COLUMNS; k++) rows.push(counts[at + k]);
    }
    return rows;
  }

  #addTickets(): void {
    const { tickets, accounts, network } = this.state;
    const end = Math.min(tickets.size, this.#row + ROWS_A_LOOK);
    for (let row = this.#row; row < end; row++) {
      if (!tickets.isInForce(row)) continue;
      const pair = pairOf(network, accounts.flow(tickets.account(row)));
      const at = this.#cell(pair, tickets.slot(row));
      if (at < 0) continue;
      const parcels = tickets.parcels(row);
      const state = tickets.state(row);
      this.#counts[at + ON_TICKETS] += parcels;
      if (state === CONFIRMED || state === PICKED_UP) this.#counts[at + SURE] += parcels;
      if (state === PICKED_UP) this.#counts[at + TAKEN] += parcels;
    }
    this.#row = end;
  }

  #addShares(): void {
    const shares = this.#plan?.shares;
    if (!shares) return;
    const end = Math.min(shares.count, this.#share + ROWS_A_LOOK);
    for (let i = this.#share; i < end; i++) {
      const at = this.#cell(pairOf(this.state.network, shares.flow[i]), shares.slot[i]);
      if (at >= 0) this.#counts[at + PLANNED] += shares.parcels[i];
    }
    this.#share = end;
  }

  /** Where the counts of a pair in a slot begin; −1 where it is not asked about. */
  #cell(pair: number, slot: number): number {
    const group = this.groups.of[pair];
    if (group < 0 || slot < 0 || slot >= this.slots) return -1;
    return (group * this.slots + slot) * COLUMNS;
  }
}
