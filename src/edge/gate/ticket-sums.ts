import { pairOf } from '../../gate/gate-network.js';
import type { GateState } from '../../gate/gate-state.js';
import { REFUSED } from '../../gate/tickets.js';
import type { SumsBy, TicketFilter, TicketSum } from './gate-service.js';
import { STATE_NAMES } from './result-text.js';
import { isInRegion, type Scope } from './scope.js';
import type { SeasonNames } from './season-names.js';
import type { ShipperNumbers } from './shippers.js';
import { readySlot } from './ticket-views.js';

/** Rows, or shares, looked at in one go: some milliseconds, so that others are not kept waiting. */
export const ROWS_A_LOOK = 50_000;

const FIGURES = [
  'share',
  'ready',
  'issued',
  'confirmed',
  'pickedUp',
  'cancelled',
  'lapsed',
  'heldHours',
  'tickets',
] as const;
const [SHARE, READY, HELD, TICKETS] = (['share', 'ready', 'heldHours', 'tickets'] as const).map(
  (name) => FIGURES.indexOf(name),
);
const AT = Object.fromEntries(
  Object.entries(STATE_NAMES).map(([state, name]) => [state, FIGURES.indexOf(name)]),
);

/** What accounts are that nobody looked at, or that are not in the sums. */
const UNKNOWN = -2;
const OUT = -1;

/**
 * Tickets of a shard added up, as somebody may see them (P11): by operator and slot, origin or destination.
 *
 *     ready      parcels of tickets not cancelled, in the slot in which they were ready
 *     share      of the plan's share, what nobody has asked for yet and has not lapsed
 *     heldHours  Σ parcels × (slot − ready slot) of tickets not cancelled, in hours
 *
 * Rows are read in looks of so many; what changes between two looks is in the sums or not. The group of a pair, and of an
 * account, is found once, so a row costs a few reads of typed arrays.
 */
export class TicketSums {
  readonly #groups: Int32Array;
  readonly #pairGroups: Int32Array;
  /** Numbers that an account's shipper has to be: −1 is nobody's. */
  readonly #shippers: readonly number[];
  readonly #sums: Float64Array;
  readonly #slot: number | undefined;
  #row = 0;
  #run = 0;

  constructor(
    private readonly state: GateState,
    private readonly names: SeasonNames,
    shippers: ShipperNumbers,
    private readonly scope: Scope,
    private readonly filter: TicketFilter,
    private readonly by: SumsBy,
  ) {
    const { pairs, slots } = names.scenario;
    const groups = pairs.operators.size * (by === 'slot' ? slots : pairs.places.size);
    this.#sums = new Float64Array(groups * FIGURES.length);
    this.#pairGroups = new Int32Array(pairs.size).fill(UNKNOWN);
    this.#shippers = [scope.shipper, filter.shipper]
      .filter((shipper) => shipper !== undefined)
      .map((shipper) => shippers.find(shipper) ?? -1);
    this.#groups = new Int32Array(state.accounts.size).fill(UNKNOWN);
    this.#slot = filter.slotStart === undefined ? undefined : names.slotOf(filter.slotStart);
  }

  /** Adds some rows, then some shares; whether there are more. Accounts opened since it was made are left out. */
  look(): boolean {
    if (this.#row < this.state.tickets.size) this.#lookAtRows();
    else if (this.state.plan) this.#lookAtShares();
    else return false;
    return this.#row < this.state.tickets.size || this.#run < this.#runs;
  }

  rows(): TicketSum[] {
    const { pairs, slots } = this.names.scenario;
    const isBySlot = this.by === 'slot';
    const each = isBySlot ? slots : pairs.places.size;
    const rows: TicketSum[] = [];
    for (let group = 0; group * FIGURES.length < this.#sums.length; group++) {
      const at = group * FIGURES.length;
      const sums = this.#sums.subarray(at, at + FIGURES.length);
      if (sums.every((sum) => sum === 0)) continue;
      const key = isBySlot
        ? { slotStart: this.names.slotStart(group % each) }
        : { [this.by]: pairs.places.get(group % each) };
      const operator = pairs.operators.get(Math.floor(group / each));
      rows.push({ operator, ...key, ...figuresOf(sums) });
    }
    return rows;
  }

  get #runs(): number {
    return this.state.plan ? this.state.shares.runs : 0;
  }

  #lookAtRows(): void {
    const { tickets } = this.state;
    const end = Math.min(tickets.size, this.#row + ROWS_A_LOOK);
    const hours = this.names.scenario.slotMinutes / 60;
    for (let row = this.#row; row < end; row++) {
      const state = tickets.state(row);
      if (state === REFUSED) continue;
      const group = this.#groupOf(tickets.account(row));
      if (group === OUT) continue;
      const parcels = tickets.parcels(row);
      const slot = tickets.slot(row);
      const ready = readySlot(tickets, row);
      const figure = AT[state];
      const isCancelled = STATE_NAMES[state] === 'cancelled';
      if (!isCancelled) this.#add(group, ready, READY, parcels);
      if (!isCancelled) this.#add(group, slot, HELD, parcels * (slot - ready) * hours);
      this.#add(group, slot, figure, parcels);
      this.#add(group, slot, TICKETS, 1);
    }
    this.#row = end;
  }

  #lookAtShares(): void {
    const { shares } = this.state;
    const end = Math.min(shares.runs, this.#run + ROWS_A_LOOK);
    for (let run = this.#run; run < end; run++) {
      const left = shares.left(run);
      if (left === 0) continue;
      const group = this.#groupOf(shares.account(run));
      if (group !== OUT) this.#add(group, shares.slot(run), SHARE, left);
    }
    this.#run = end;
  }

  /** `group` is without its slot, where groups are by slot. */
  #add(group: number, slot: number, figure: number, value: number): void {
    if (this.#slot !== undefined && slot !== this.#slot) return;
    const at = this.by === 'slot' ? group * this.names.scenario.slots + slot : group;
    this.#sums[at * FIGURES.length + figure] += value;
  }

  #groupOf(account: number): number {
    if (account >= this.#groups.length) return OUT;
    const known = this.#groups[account];
    if (known !== UNKNOWN) return known;
    return (this.#groups[account] = this.#findGroup(account));
  }

  #findGroup(account: number): number {
    const { accounts, network } = this.state;
    const shipper = accounts.shipper(account);
    if (!this.#shippers.every((only) => only === shipper)) return OUT;
    const pair = pairOf(network, accounts.flow(account));
    const known = this.#pairGroups[pair];
    return known === UNKNOWN ? (this.#pairGroups[pair] = this.#findPairGroup(pair)) : known;
  }

  #findPairGroup(pair: number): number {
    const { operators, places, operator, origin, destination } = this.names.scenario.pairs;
    const from = places.get(origin[pair]);
    const to = places.get(destination[pair]);
    const whose = operators.get(operator[pair]);
    const { filter, scope } = this;
    const isIn =
      isOrAny(scope.operator, whose) &&
      isOrAny(filter.operator, whose) &&
      isOrAny(filter.origin, from) &&
      isOrAny(filter.destination, to) &&
      isInRegion(scope, from, to);
    if (!isIn) return OUT;
    if (this.by === 'slot') return operator[pair];
    const place = this.by === 'origin' ? origin : destination;
    return operator[pair] * places.size + place[pair];
  }
}

function isOrAny(asked: string | undefined, is: string): boolean {
  return asked === undefined || asked === is;
}

type Figures = Record<(typeof FIGURES)[number], number>;

function figuresOf(sums: Float64Array): Figures {
  const [share, ready, issued, confirmed, pickedUp, cancelled, lapsed, heldHours, tickets] = sums;
  return { share, ready, issued, confirmed, pickedUp, cancelled, lapsed, heldHours, tickets };
}
