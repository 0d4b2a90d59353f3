import { holdingCost } from '../network/scenario.js';
import { pairOf, serviceOf } from './gate-network.js';
import type { GateState } from './gate-state.js';
import { CONFIRMED, ISSUED } from './tickets.js';

/** A ticket that could stand elsewhere, and what a parcel of it would save there. */
interface Candidate {
  readonly row: number;
  readonly saved: number;
}

/** Where a ticket would go. */
export interface Place {
  readonly slot: number;
  readonly way: number;
  /** Cost that a parcel would save there; negative where it costs more. */
  readonly saved: number;
}

export type Move = (row: number, slot: number, way: number) => void;

/**
 * Offers free capacity to tickets that wait (G7), in rounds until nothing moves: what a ticket leaves may serve another.
 */
export function compress(state: GateState, move: Move): void {
  for (let moved = true; moved; ) {
    moved = false;
    const round = new Compression(state, 0, Number.POSITIVE_INFINITY);
    round.search(Number.POSITIVE_INFINITY);
    round.move(Number.POSITIVE_INFINITY, (row, slot, way) => {
      move(row, slot, way);
      moved = true;
    });
  }
}

/** What a look for a ticket's place costs, in rows passed over. */
const LOOK = 30;

/**
 * A round of compression (G7). Every ticket whose slot has not started looks for its best place earlier, not before it is
 * ready: over each way of its pair the earliest slot with room for all its parcels and, while it is unconfirmed,
 * within its shipper's limit (G5). With s its ready slot,
 *
 *     saved = c(slot − s) + w·cost(route) − c(slot' − s) − w·cost(route')  per parcel, > 0
 *
 * The tickets move by falling `saved`, ties by number, each to what is then its best place. Cost: a pass over the rows.
 *
 * Search and moves can be done part by part, with anything in between: a move is looked for once more when its turn comes.
 */
export class Compression {
  readonly #found: Candidate[] = [];
  readonly #end: number;
  #order: Candidate[] | undefined;
  #moved = 0;

  /**
   * @param next the first row it looks at.
   * @param most that it finds: it ends behind the last of them.
   */
  constructor(
    private readonly state: GateState,
    private next: number,
    private readonly most: number,
  ) {
    this.#end = state.tickets.size;
  }

  get isSearched(): boolean {
    return this.next >= this.#end || this.#found.length >= this.most;
  }

  get isOver(): boolean {
    return this.isSearched && this.#moved === this.#found.length;
  }

  /** The first row that it has not looked at; 0 after the last. */
  get rest(): number {
    return this.next >= this.#end ? 0 : this.next;
  }

  /** Looks at so many more rows, fewer where there is much to look for. Changes nothing. */
  search(rows: number): void {
    const { state } = this;
    const { tickets, nowSlot } = state;
    for (let left = rows; left > 0 && !this.isSearched; left--) {
      this.next = Math.min(this.#end, tickets.skipQuiet(this.next, nowSlot));
      const row = tickets.nextWaiting(this.next, Math.min(this.#end, this.next + left), nowSlot);
      left -= row - this.next;
      this.next = row;
      if (left <= 0 || row === this.#end) continue;
      this.next += 1;
      if (tickets.slot(row) <= earliestFor(state, row)) continue;
      const place = earlierPlace(state, row);
      left -= LOOK;
      if (place) this.#found.push({ row, saved: place.saved });
    }
  }

  /** Has so many more of those found moved, when all are found. */
  move(tickets: number, move: Move): void {
    this.#order ??= this.#found.toSorted((a, b) => b.saved - a.saved || a.row - b.row);
    const end = Math.min(this.#order.length, this.#moved + tickets);
    while (this.#moved < end) {
      const { row } = this.#order[this.#moved++];
      const place = isWaiting(this.state, row) ? earlierPlace(this.state, row) : undefined;
      if (place) move(row, place.slot, place.way);
    }
  }
}

/** Issued or confirmed, and its slot not started. */
export function isWaiting(gate: GateState, row: number): boolean {
  const state = gate.tickets.state(row);
  if (state !== ISSUED && state !== CONFIRMED) return false;
  return gate.startOf(gate.tickets.slot(row)) > gate.now;
}

function earlierPlace(state: GateState, row: number): Place | undefined {
  return bestPlace(state, row, earliestFor(state, row), state.tickets.slot(row) - 1, 0);
}

/** The first slot in which the ticket may stand. */
function earliestFor({ tickets, nowSlot, books }: GateState, row: number): number {
  return Math.max(tickets.ready(row), nowSlot, books.from);
}

/**
 * The best of first … last over any way of the ticket's pair, its own load not counted, if it saves more
 * than `least`; ties to the earlier slot, then the cheaper way.
 */
export function bestPlace(
  state: GateState,
  row: number,
  first: number,
  last: number,
  least: number,
): Place | undefined {
  if (first > last) return undefined;
  const { tickets, books, network } = state;
  const account = tickets.account(row);
  const pair = pairOf(network, state.accounts.flow(account));
  const parcels = tickets.parcels(row);
  const here = tickets.slot(row);
  const own = state.wayOf(account, tickets.way(row));
  books.giveBack(own, here, parcels);
  let best: Place | undefined;
  for (let i = network.wayStart[pair]; i < network.wayStart[pair + 1]; i++) {
    const way = i - network.wayStart[pair];
    const slot = earliestOf(state, row, i, first, last);
    if (slot < 0 || (slot === here && way === tickets.way(row))) continue;
    const saved = costAt(state, row, own, here) - costAt(state, row, i, slot);
    const enough = best
      ? saved > best.saved || (saved === best.saved && slot < best.slot)
      : saved > least;
    if (enough) best = { slot, way, saved };
  }
  books.putBack(own, here, parcels);
  return best;
}

/** The first slot in which a way has room for the ticket and its shipper may hold it. */
function earliestOf(
  { tickets, books, hoarding, accounts }: GateState,
  row: number,
  way: number,
  first: number,
  last: number,
): number {
  const parcels = tickets.parcels(row);
  const shipper = accounts.shipper(tickets.account(row));
  for (let slot = first; slot <= last; slot++) {
    slot = books.earliest(way, parcels, slot, last);
    if (slot < 0) return -1;
    const isFree = tickets.state(row) !== ISSUED || slot === tickets.slot(row);
    if (isFree || hoarding.room(shipper, slot) >= parcels) return slot;
  }
  return -1;
}

/** c(slot − s) + w·cost(route) of one parcel of the ticket. */
function costAt(
  { tickets, accounts, network }: GateState,
  row: number,
  way: number,
  slot: number,
): number {
  const service = serviceOf(network, accounts.flow(tickets.account(row)));
  const cost = network.routes.cost[network.wayRoute[way]];
  return holdingCost(service, slot - tickets.ready(row)) + service.weight * cost;
}
