import { pairOf } from '../../gate/gate-network.js';
import { CAPACITY, Header, MOVED, PLAN, STATE } from '../../gate/journal.js';
import type { Notices } from '../../gate/owner/journal-store.js';
import { Word } from '../../gate/owner/notices.js';
import { CANCELLED, CONFIRMED, LAPSED, PICKED_UP } from '../../gate/tickets.js';
import { contains } from '../access/principal.js';
import type { Change } from './gate-service.js';
import { ticketId } from './result-text.js';
import { isInRegion, type Scope } from './scope.js';
import type { SeasonNames } from './season-names.js';
import type { ShipperNumbers } from './shippers.js';

/** A request as the journal has it. */
export interface RequestRecord {
  readonly record: Int32Array;
  readonly id: Uint8Array;
}

/** Where a notice was found. */
export interface NoticeAt {
  readonly shard: number;
  /** When its entry was written, milliseconds since 1970. */
  readonly at: number;
  readonly words: Notices['words'];
  /** Where in the words it begins. */
  readonly start: number;
}

const decoder = new TextDecoder();

/** What has happened when a ticket's state is new. */
const CHANGES: Readonly<Record<number, 'confirmed' | 'pickedUp' | 'cancelled' | 'lapsed'>> = {
  [CONFIRMED]: 'confirmed',
  [PICKED_UP]: 'pickedUp',
  [CANCELLED]: 'cancelled',
  [LAPSED]: 'lapsed',
};

/** The row that a notice is about, or −1 if it is about no ticket. */
export function rowOfNotice({ words, start }: NoticeAt): number {
  const kind = words[start + Word.kind];
  return kind === STATE || kind === MOVED ? words[start + Word.row] : -1;
}

/** Notices as somebody is told of them. */
export class ChangeViews {
  constructor(
    private readonly names: SeasonNames,
    private readonly shippers: ShipperNumbers,
  ) {}

  /**
   * The change that a notice tells of, undefined where it does not concern whoever has this scope (P11).
   *
   * @param request that the notice's ticket belongs to, if it is about a ticket.
   */
  of(scope: Scope, notice: NoticeAt, request: RequestRecord | undefined): Change | undefined {
    const { words, start } = notice;
    const kind = words[start + Word.kind];
    const at = this.names.instant(notice.at);
    if (kind === PLAN) {
      const operators = this.names.operatorsOf(notice.shard);
      return { type: 'plan', at, version: words[start + Word.version], operators };
    }
    if (kind === CAPACITY) return this.#capacity(scope, notice, at);
    return request && this.#ticket(scope, notice, at, request);
  }

  /** Shippers are told of every capacity, operators and administrations of those in their part. */
  #capacity(scope: Scope, { words, start }: NoticeAt, at: string): Change | undefined {
    const resource = words[start + Word.resource];
    const { operator, region } = this.names.scenario.resources;
    if (scope.operator !== undefined && scope.operator !== operator[resource]) return undefined;
    if (scope.region !== undefined && !contains(scope.region, region[resource])) return undefined;
    return {
      type: 'capacity',
      at,
      resource: this.names.resourceId(resource),
      slotStart: this.names.slotStart(words[start + Word.capacitySlot]),
      parcels: words[start + Word.capacity],
    };
  }

  #ticket(
    scope: Scope,
    { shard, words, start }: NoticeAt,
    at: string,
    { record, id }: RequestRecord,
  ): Change | undefined {
    const { names } = this;
    const shipper = this.shippers.organisation(record[Header.shipper]);
    const pair = pairOf(names.network, record[Header.flow]);
    if (!this.#isInScope(scope, shipper, pair)) return undefined;
    const place = (slot: number, way: number) => ({
      slotStart: names.slotStart(slot),
      route: names.routeId(names.network.wayRoute[names.network.wayStart[pair] + way]),
    });
    const ticket = {
      type: 'ticket' as const,
      at,
      ticket: ticketId(shard, words[start + Word.row]),
      id: decoder.decode(id),
      shipper,
      ...place(words[start + Word.slot], words[start + Word.way]),
    };
    if (words[start + Word.kind] === STATE) {
      return { ...ticket, change: CHANGES[words[start + Word.state]] };
    }
    return {
      ...ticket,
      change: 'moved',
      from: place(words[start + Word.slotBefore], words[start + Word.wayBefore]),
      reason: words[start + Word.reason] === 1 ? 'compression' : 'overhang',
    };
  }

  #isInScope(scope: Scope, shipper: string, pair: number): boolean {
    const { operators, places, operator, origin, destination } = this.names.scenario.pairs;
    if (scope.shipper !== undefined && scope.shipper !== shipper) return false;
    if (scope.operator !== undefined && scope.operator !== operators.get(operator[pair])) {
      return false;
    }
    return isInRegion(scope, places.get(origin[pair]), places.get(destination[pair]));
  }
}
