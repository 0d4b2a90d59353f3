import type { Principal } from '../access/principal.js';
import type { PairsAsked } from './pair-groups.js';
import type { ResourceLoads } from './resource-loads.js';

/** A request as it comes in, checked against its schema; times ISO 8601 with offset. */
export interface RequestItem {
  readonly id: string;
  readonly service: string;
  readonly operator: string;
  readonly origin: string;
  readonly destination: string;
  readonly readyAt: string;
  readonly parcels: number;
  readonly notAfter?: string;
  readonly divisible?: boolean;
}

/** A ticket as it stands. */
export interface TicketView {
  readonly ticket: string;
  /** The shipper's own id of the request. */
  readonly id: string;
  readonly shipper: string;
  readonly service: string;
  readonly operator: string;
  readonly origin: string;
  readonly destination: string;
  /** Start of the slot in which its parcels were ready. */
  readonly readyStart: string;
  readonly slotStart: string;
  readonly slotEnd: string;
  readonly route: string;
  readonly parcels: number;
  readonly state: 'issued' | 'confirmed' | 'pickedUp' | 'cancelled' | 'lapsed';
}

/** A request with its answer and the tickets as they stand. */
export interface RequestView {
  /** The result as it was given (docs/spec/gate.md). */
  readonly result: unknown;
  readonly tickets: readonly TicketView[];
  /** Routes of its tickets. */
  readonly routes: readonly RouteView[];
}

/** What a route loads, in order. */
export interface RouteView {
  readonly route: string;
  readonly resources: readonly string[];
}

export interface TicketFilter {
  readonly slotStart?: string;
  readonly operator?: string;
  readonly origin?: string;
  readonly destination?: string;
  readonly shipper?: string;
  readonly state?: TicketView['state'];
}

/** What tickets are added up by. */
export type SumsBy = 'slot' | 'origin' | 'destination';

/** Tickets of a group added up, in parcels (ticket-sums.ts says what each is). */
export interface TicketSum {
  readonly operator: string;
  /** Where they are added up by slot. */
  readonly slotStart?: string;
  /** Where they are added up by origin. */
  readonly origin?: string;
  /** Where they are added up by destination. */
  readonly destination?: string;
  readonly share: number;
  readonly ready: number;
  readonly issued: number;
  readonly confirmed: number;
  readonly pickedUp: number;
  readonly cancelled: number;
  readonly lapsed: number;
  readonly heldHours: number;
  /** How many tickets, of every state. */
  readonly tickets: number;
}

/** A page; without `next` it was the last. It may hold fewer than asked for, and go on. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

export interface ChangeOutcome {
  readonly id: string;
  /** `too-late`: its slot has started; `not-in-force`: cancelled or lapsed. */
  readonly status: 'done' | 'unknown' | 'too-late' | 'not-in-force';
}

/** A change that concerns whoever asks. */
export type Change =
  | {
      readonly type: 'ticket';
      readonly at: string;
      readonly ticket: string;
      readonly id: string;
      readonly shipper: string;
      readonly change: 'confirmed' | 'pickedUp' | 'cancelled' | 'lapsed' | 'moved';
      readonly slotStart: string;
      readonly route: string;
      readonly from?: { readonly slotStart: string; readonly route: string };
      /** Why it was moved: freed capacity (G7), or overhang (G8). */
      readonly reason?: 'compression' | 'overhang';
    }
  | {
      readonly type: 'plan';
      readonly at: string;
      readonly version: number;
      readonly operators: readonly string[];
    }
  | {
      readonly type: 'capacity';
      readonly at: string;
      readonly resource: string;
      readonly slotStart: string;
      readonly parcels: number;
    };

/** Changes after a cursor, in order, and the cursor to go on from. */
export interface ChangePage {
  readonly changes: readonly Change[];
  readonly cursor: string;
}

export interface Overhang {
  readonly resource: string;
  readonly slotStart: string;
  readonly parcels: number;
}

export interface CapacityItem {
  readonly resource: string;
  readonly slotStart: string;
  readonly parcels: number;
}

export interface ShardStatus {
  readonly shard: number;
  readonly operators: readonly string[];
  /** `away`: another process owns it, or none at the moment. */
  readonly state: 'ready' | 'opening' | 'away';
  readonly epoch: number;
  readonly plan: number;
  readonly tickets: number;
  /** Entries of the journal; and how far the durable part is behind, milliseconds. */
  readonly seq: number;
  readonly behindMs: number;
}

/**
 * The gate of a season as routes see it, whichever process owns which shard. Every call answers after what it
 * says is durable. It throws `Busy` when too much is under way, `Unsure` when the ledger did not answer in time
 * (the same request again is answered once: G2), both with seconds to wait.
 */
export interface GateService {
  /** The gate's clock, milliseconds since 1970 (G11). */
  now(): number;
  /**
   * Answers requests of a shipper; an item that is a fault is answered with it. Gives each
   * item's result as JSON text, in order.
   */
  decide(shipper: string, items: readonly (RequestItem | ItemFault)[]): Promise<string[]>;
  /**
   * The same for a whole body {"requests":[…]} as it came, at the cost of no object a request: gives the body of the answer
   * {"results":[…]}, byte for byte what `decide` would give. Undefined where the body is not plain, has any fault, or
   * concerns shards of other processes: then nothing was done.
   */
  decideBody(shipper: string, body: Uint8Array): Promise<DecidedBody | undefined>;
  confirm(shipper: string, ids: readonly string[]): Promise<ChangeOutcome[]>;
  cancel(shipper: string, ids: readonly string[]): Promise<ChangeOutcome[]>;
  /** By the shipper's own id of a request, or a ticket's; what the viewer may not see is not there. */
  find(viewer: Principal, id: string): Promise<RequestView | undefined>;
  list(viewer: Principal, filter: TicketFilter, page: PageAsked): Promise<Page<TicketView>>;
  /** What `list` would give, added up, at most some seconds ago; a filter's state is not looked at. */
  summarise(viewer: Principal, filter: TicketFilter, by: SumsBy): Promise<readonly TicketSum[]>;
  /** Tickets and plan by groups of pairs and slot, of each shard (pair-tally.ts); who asks sees all of it. */
  tally(asked: PairsAsked): Promise<readonly (readonly number[])[]>;
  /** What tickets and open shares load of a resource, by number; undefined where no route loads it or no plan is there. */
  loads(resource: number): Promise<ResourceLoads | undefined>;
  /**
   * Waits up to `waitMs` for a first change. `after` undefined: from now on.
   *
   * @throws BadCursor
   */
  changes(viewer: Principal, after: string | undefined, asked: ChangesAsked): Promise<ChangePage>;
  overhang(viewer: Principal): Promise<Overhang[]>;
  /** Moves tickets out of overhang, in the viewer's part of the network (G8). Gives how many moved. */
  settleOverhang(viewer: Principal): Promise<number>;
  /** Puts capacities in force at once (G8); who may and what needs approval was settled before. */
  setCapacities(items: readonly CapacityItem[]): Promise<void>;
  status(): ShardStatus[];
}

export interface DecidedBody {
  readonly body: Buffer;
  /** Results by their status. */
  readonly ticketed: number;
  readonly refused: number;
  readonly errors: number;
}

export interface ItemFault {
  readonly id: string | undefined;
  readonly code: string;
  readonly field?: string;
  readonly text: string;
}

export interface PageAsked {
  readonly cursor?: string;
  readonly limit: number;
}

export interface ChangesAsked {
  readonly limit: number;
  readonly waitMs: number;
  readonly signal: AbortSignal;
}

/** A cursor that this gate did not give: 422. */
export class BadCursor extends Error {
  constructor() {
    super('The cursor is none that this gate has given.');
    this.name = 'BadCursor';
  }
}

/** Too much is under way: 429. */
export class Busy extends Error {
  constructor(readonly retryAfterSeconds: number) {
    super('Too many requests are under way.');
    this.name = 'Busy';
  }
}

/** Whether it was done is not known yet: 503. Asking again with the same ids is safe. */
export class Unsure extends Error {
  constructor(
    readonly retryAfterSeconds: number,
    why: string,
  ) {
    super(why);
    this.name = 'Unsure';
  }
}
