import type { Decision } from '../decision.js';
import type { GateState } from '../gate-state.js';
import { ISSUED, REFUSED } from '../tickets.js';

/** Answers to a batch, durable, request by request. */
export interface BatchAnswers {
  /** TICKETED, REFUSED, REPEATED, CONFLICT, INVALID or UNANSWERED (requests.ts). */
  readonly status: Uint8Array;
  /** Where in `words` the record of the request begins (decision.ts reads it); −1 where there is none. */
  readonly at: Int32Array;
  readonly words: Int32Array;
  /** Of repeats whose tickets are no longer as they were given: the tickets as they are, by request. */
  readonly changed: ReadonlyMap<number, readonly TicketNow[]>;
}

/** A ticket as it stands. */
export interface TicketNow {
  readonly row: number;
  readonly slot: number;
  readonly way: number;
  readonly parcels: number;
  /** ISSUED, CONFIRMED, PICKED_UP, CANCELLED or LAPSED (tickets.ts). */
  readonly state: number;
}

/** The tickets of the request that begins with a row; none when it was refused. */
export function ticketsNow({ tickets }: GateState, row: number): TicketNow[] {
  if (tickets.state(row) === REFUSED) return [];
  return Array.from({ length: tickets.rowsOf(row) }, (_, k) => ticketNow(tickets, row + k));
}

export function ticketNow(tickets: GateState['tickets'], row: number): TicketNow {
  return {
    row,
    slot: tickets.slot(row),
    way: tickets.way(row),
    parcels: tickets.parcels(row),
    state: tickets.state(row),
  };
}

/** Whether any ticket is not as it was given. */
export function haveChanged({ tickets }: Decision, now: readonly TicketNow[]): boolean {
  return now.some(
    ({ slot, way, state }, k) =>
      state !== ISSUED || slot !== tickets[k].slot || way !== tickets[k].way,
  );
}
