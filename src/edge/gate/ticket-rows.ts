import type { GateState } from '../../gate/gate-state.js';
import { CANCELLED, LAPSED, REFUSED } from '../../gate/tickets.js';
import { readySlot } from './ticket-views.js';

/** A ticket by the numbers of its season. */
export interface TicketRow {
  readonly shipper: number;
  readonly flow: number;
  readonly readySlot: number;
  readonly slot: number;
  /** Way of its pair. */
  readonly way: number;
  readonly parcels: number;
}

/** Tickets of rows `from` … `end` − 1 that stand: neither cancelled nor lapsed. */
export function visitTickets(
  { tickets, accounts }: GateState,
  from: number,
  end: number,
  visit: (ticket: TicketRow) => void,
): void {
  for (let row = from; row < end; row++) {
    const state = tickets.state(row);
    if (state === REFUSED || state === CANCELLED || state === LAPSED) continue;
    const account = tickets.account(row);
    visit({
      shipper: accounts.shipper(account),
      flow: accounts.flow(account),
      readySlot: readySlot(tickets, row),
      slot: tickets.slot(row),
      way: tickets.way(row),
      parcels: tickets.parcels(row),
    });
  }
}
