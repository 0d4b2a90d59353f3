import { pairOf, serviceOf } from '../../gate/gate-network.js';
import type { GateState } from '../../gate/gate-state.js';
import { type TicketNow, ticketNow } from '../../gate/owner/batch-answers.js';
import { REFUSED } from '../../gate/tickets.js';
import type { TicketFilter, TicketView } from './gate-service.js';
import { STATE_NAMES, ticketId } from './result-text.js';
import { isInRegion, type Scope } from './scope.js';
import type { SeasonNames } from './season-names.js';
import type { ShipperNumbers } from './shippers.js';

/** Rows looked at in one go: some milliseconds, so that others are not kept waiting. */
const ROWS_A_LOOK = 200_000;

/** A row that is shown, and what is shown of it but the id of its request, which is in the journal. */
export interface SeenRow {
  readonly row: number;
  readonly view: Omit<TicketView, 'id'>;
}

/** Tickets of a shard, as somebody may see them (P11). */
export class TicketViews {
  constructor(
    private readonly state: GateState,
    private readonly names: SeasonNames,
    private readonly shippers: ShipperNumbers,
    private readonly shard: number,
  ) {}

  /** The ticket in a row, if it is one and in the scope. */
  find(scope: Scope, row: number): Omit<TicketView, 'id'> | undefined {
    const { tickets } = this.state;
    if (row >= tickets.size || tickets.state(row) === REFUSED) return undefined;
    const view = this.of(row, ticketNow(tickets, row));
    return isInScope(scope, view) ? view : undefined;
  }

  of(row: number, { slot, way, parcels, state }: TicketNow): Omit<TicketView, 'id'> {
    const { accounts, network } = this.state;
    const { names } = this;
    const account = this.state.tickets.account(row);
    const flow = accounts.flow(account);
    const pair = pairOf(network, flow);
    const { operators, places, operator, origin, destination } = names.scenario.pairs;
    return {
      ticket: ticketId(this.shard, row),
      shipper: this.shippers.organisation(accounts.shipper(account)),
      service: serviceOf(network, flow).id,
      operator: operators.get(operator[pair]),
      origin: places.get(origin[pair]),
      destination: places.get(destination[pair]),
      readyStart: names.slotStart(readySlot(this.state.tickets, row)),
      slotStart: names.slotStart(slot),
      slotEnd: names.slotStart(slot + 1),
      route: names.routeId(network.wayRoute[network.wayStart[pair] + way]),
      parcels,
      state: STATE_NAMES[state],
    };
  }

  /** Up to `limit` tickets from a row on; `next` is −1 behind the last. May end before the limit. */
  list(scope: Scope, filter: TicketFilter, from: number, limit: number) {
    const { tickets } = this.state;
    const slot = filter.slotStart && this.names.slotOf(filter.slotStart);
    const end = Math.min(tickets.size, from + ROWS_A_LOOK);
    const seen: SeenRow[] = [];
    let row = from;
    for (; row < end && seen.length < limit; row++) {
      if (tickets.state(row) === REFUSED) continue;
      if (slot !== undefined && tickets.slot(row) !== slot) continue;
      if (!this.#mayBe(scope.shipper, row) || !this.#mayBe(filter.shipper, row)) continue;
      const view = this.of(row, ticketNow(tickets, row));
      if (isInScope(scope, view) && passes(filter, view)) seen.push({ row, view });
    }
    return { seen, next: row < tickets.size ? row : -1 };
  }

  /** Whether a row's shipper is the one named, if one is. */
  #mayBe(shipper: string | undefined, row: number): boolean {
    if (shipper === undefined) return true;
    const { accounts, tickets } = this.state;
    return accounts.shipper(tickets.account(row)) === this.shippers.find(shipper);
  }
}

/** Ready slots are kept in two bytes: of those before slot 0 the upper bit is set. */
const BEFORE_ALL = 0x8000;

/** The slot in which a ticket's parcels were ready; what was ready before the season, in its first. */
export function readySlot(tickets: GateState['tickets'], row: number): number {
  const kept = tickets.ready(row);
  return kept >= BEFORE_ALL ? 0 : kept;
}

function isInScope(scope: Scope, view: Omit<TicketView, 'id'>): boolean {
  if (scope.shipper !== undefined && scope.shipper !== view.shipper) return false;
  if (scope.operator !== undefined && scope.operator !== view.operator) return false;
  return isInRegion(scope, view.origin, view.destination);
}

function passes(filter: TicketFilter, view: Omit<TicketView, 'id'>): boolean {
  return (
    (filter.operator === undefined || filter.operator === view.operator) &&
    (filter.origin === undefined || filter.origin === view.origin) &&
    (filter.destination === undefined || filter.destination === view.destination) &&
    (filter.state === undefined || filter.state === view.state)
  );
}
