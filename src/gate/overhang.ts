import { bestPlace, isWaiting, type Move } from './compress.js';
import { lagOf, spanOf } from './gate-network.js';
import type { GateState } from './gate-state.js';

/** Tickets above the capacity in force, of one resource in one slot (G8). */
export interface Overhang {
  readonly resource: number;
  readonly slot: number;
  readonly parcels: number;
}

/** Every overhang, by resource and slot. */
export function listOverhang({ books }: GateState): Overhang[] {
  const list: Overhang[] = [];
  for (let entry = 0; entry < books.entries; entry++) {
    const parcels = books.overhang(entry);
    if (parcels === 0) continue;
    list.push({ resource: books.resourceOf(entry), slot: books.slotOf(entry), parcels });
  }
  return list;
}

/**
 * Moves tickets out of an overhang, the least cost a parcel first (G8). In rounds: every ticket that loads an
 * entry with overhang, waits and is not frozen looks for its cheapest place in its own slot or later; they
 * move by rising cost a parcel, ties by number, each if it still loads an overhang, to what is then its
 * cheapest place. Rounds go on until nothing moves. What finds no place stays, and is shown.
 *
 * A heuristic: tickets are whole, so the least total cost is a packing problem. Where one entry is over and
 * places do not compete, it leaves at most one ticket's parcels more moved than needed.
 */
export function settleOverhang(state: GateState, move: Move): void {
  for (let moved = listOverhang(state).length > 0; moved; ) {
    moved = false;
    const candidates: { row: number; saved: number }[] = [];
    const { tickets, nowSlot } = state;
    let row = tickets.nextWaiting(0, tickets.size, nowSlot);
    for (; row < tickets.size; row = tickets.nextWaiting(row + 1, tickets.size, nowSlot)) {
      const place = laterPlace(state, row);
      if (place) candidates.push({ row, saved: place.saved });
    }
    for (const { row: next } of candidates.toSorted((a, b) => b.saved - a.saved || a.row - b.row)) {
      const place = laterPlace(state, next);
      if (!place) continue;
      move(next, place.slot, place.way);
      moved = true;
    }
  }
}

function laterPlace(state: GateState, row: number) {
  const { tickets, plan } = state;
  if (!plan || !isWaiting(state, row) || isFrozen(state, row) || !overhangs(state, row))
    return undefined;
  return bestPlace(
    state,
    row,
    tickets.slot(row),
    plan.from + plan.slots - 1,
    Number.NEGATIVE_INFINITY,
  );
}

/** Starts within `frozenSlots` slots. */
function isFrozen(state: GateState, row: number): boolean {
  const { frozenSlots } = state.policy;
  const ahead = state.startOf(state.tickets.slot(row)) - state.now;
  return ahead <= frozenSlots * state.network.slotMs;
}

/** Whether the ticket loads an entry with overhang. */
function overhangs(state: GateState, row: number): boolean {
  const { tickets, books, network } = state;
  const { start, step } = network.loads;
  const way = state.wayOf(tickets.account(row), tickets.way(row));
  for (let i = start[way]; i < start[way + 1]; i++) {
    const first = tickets.slot(row) + lagOf(step[2 * i + 1]);
    for (let slot = first; slot < first + spanOf(step[2 * i + 1]); slot++) {
      if (books.has(slot) && books.overhang(books.entryOf(step[2 * i], slot)) > 0) return true;
    }
  }
  return false;
}
