import { setImmediate as turn } from 'node:timers/promises';
import type { Change } from '../../gate/gate.js';
import { Header } from '../../gate/journal.js';
import { type BatchAnswers, ticketsNow } from '../../gate/owner/batch-answers.js';
import { requestOfRow } from '../../gate/owner/records.js';
import type { ShardOwner } from '../../gate/owner/shard-owner.js';
import { CONFLICT, type RequestBatch } from '../../gate/requests.js';
import { Held } from '../../units/held.js';
import {
  Busy,
  type CapacityItem,
  type ChangeOutcome,
  type Overhang,
  type RequestItem,
  type RequestView,
  type RouteView,
  type ShardStatus,
  type SumsBy,
  type TicketFilter,
  type TicketSum,
  type TicketView,
  Unsure,
} from './gate-service.js';
import { type PairsAsked, pairGroups } from './pair-groups.js';
import { PairTally } from './pair-tally.js';
import { batchOf } from './request-columns.js';
import { type ResourceLoads, ShardLoads } from './resource-loads.js';
import { parseTicketId, ResultTexts } from './result-text.js';
import type { Scope } from './scope.js';
import type { SeasonNames } from './season-names.js';
import type { ShardDesk, TicketRows } from './shard-desk.js';
import type { ShipperNumbers } from './shippers.js';
import { Summaries } from './summaries.js';
import { type TicketRow, visitTickets } from './ticket-rows.js';
import { ROWS_A_LOOK, TicketSums } from './ticket-sums.js';
import { TicketViews } from './ticket-views.js';

/** No flow: a request that the gate decides nothing of. */
const NO_FLOW = -1;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A shard that this process owns. */
export class LocalShard implements ShardDesk {
  readonly texts: ResultTexts;
  readonly #views: TicketViews;
  readonly #loads: Summaries<ShardLoads>;

  /** When capacities were last set from outside, milliseconds by a clock that only rises. */
  capacitiesSetAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly owner: ShardOwner,
    private readonly names: SeasonNames,
    private readonly shippers: ShipperNumbers,
    readonly shard: number,
    private readonly elapsed: () => number,
    /** The other shards of this process. */
    private readonly others: () => readonly LocalShard[],
  ) {
    this.texts = new ResultTexts(names, shard);
    this.#views = new TicketViews(owner.state, names, shippers, shard);
    this.#loads = new Summaries(elapsed);
  }

  async decide(
    organisation: string,
    items: readonly RequestItem[],
    flows: readonly number[],
  ): Promise<string[]> {
    const shipper = await this.shippers.number(organisation);
    const answers = await this.answer(batchOf(this.names, shipper, items, flows));
    return items.map(({ id }, i) => this.texts.ofAnswer(answers, i, id));
  }

  /**
   * Answers requests. An id is a shipper's once in the season, not once in each shard (G2): what another shard of this
   * process has decided under it is a conflict, and nothing is decided of it here.
   */
  async answer(batch: RequestBatch): Promise<BatchAnswers> {
    const used = this.#usedElsewhere(batch);
    for (const i of used) batch.flow[i] = NO_FLOW;
    const answers = await unlessHeld(this.owner.answer(batch));
    for (const i of used) answers.status[i] = CONFLICT;
    return answers;
  }

  /** First row of the request whose id is ids[start] … ids[end − 1], or −1. */
  findId(shipper: number, ids: Uint8Array, start: number, end: number): number {
    return this.owner.find(shipper, ids, start, end);
  }

  #usedElsewhere({ count, shipper, ids, idStart }: RequestBatch): number[] {
    const used: number[] = [];
    for (const other of this.others()) {
      for (let i = 0; i < count; i++) {
        if (other.findId(shipper[i], ids, idStart[i], idStart[i + 1]) >= 0) used.push(i);
      }
    }
    return used;
  }

  async change(
    organisation: string,
    what: 'confirm' | 'cancel',
    ids: readonly string[],
  ): Promise<(ChangeOutcome['status'] | undefined)[]> {
    const shipper = this.shippers.find(organisation);
    if (shipper === undefined) return ids.map(() => undefined);
    const rowsOfIds = ids.map((id) => this.#rowsOf(shipper, id));
    const outcomes = await unlessHeld(this.owner[what](shipper, rowsOfIds.flat()));
    let k = 0;
    return rowsOfIds.map((rows) => {
      const changes = outcomes.slice(k, (k += rows.length));
      return worstOf(changes.filter((change) => change !== 'unknown'));
    });
  }

  async find(scope: Scope, id: string): Promise<RequestView | undefined> {
    const row = await unlessHeld(this.owner.show(() => this.#rowSeen(scope, id)));
    if (row === undefined) return undefined;
    const { record, id: bytes } = requestOfRow(await unlessHeld(this.owner.entryOf(row)), row);
    const text = decoder.decode(bytes);
    const views = this.owner.show((state) =>
      ticketsNow(state, record[Header.row]).map((now) => this.#views.of(now.row, now)),
    );
    const tickets = (await unlessHeld(views)).map((view) => ({ ...view, id: text }));
    const result: unknown = JSON.parse(this.texts.ofRecord(record, 0, text));
    return { result, tickets, routes: this.#routesOf(tickets) };
  }

  #routesOf(tickets: readonly TicketView[]): RouteView[] {
    return [...new Set(tickets.map(({ route }) => route))].map((route) => ({
      route,
      resources: this.names.resourcesOf(route),
    }));
  }

  async list(scope: Scope, filter: TicketFilter, row: number, limit: number): Promise<TicketRows> {
    const rows = this.owner.show(() => this.#views.list(scope, filter, row, limit));
    const { seen, next } = await unlessHeld(rows);
    const items: TicketView[] = [];
    for (const { row: at, view } of seen) {
      const { id } = requestOfRow(await unlessHeld(this.owner.entryOf(at)), at);
      items.push({ ...view, id: decoder.decode(id) });
    }
    return { items, next };
  }

  async summarise(scope: Scope, filter: TicketFilter, by: SumsBy): Promise<readonly TicketSum[]> {
    const { state } = this.owner;
    const sums = new TicketSums(state, this.names, this.shippers, scope, filter, by);
    while (await unlessHeld(this.owner.show(() => sums.look()))) await turn();
    return sums.rows();
  }

  async tally(asked: PairsAsked): Promise<number[]> {
    const { scenario } = this.names;
    const tally = new PairTally(this.owner.state, pairGroups(scenario, asked), scenario.slots);
    while (await unlessHeld(this.owner.show(() => tally.look()))) await turn();
    return tally.rows();
  }

  async loads(resource: number): Promise<ResourceLoads | null> {
    const made = await this.#loads.get('all', async () => {
      const loads = new ShardLoads(this.owner.state);
      while (await unlessHeld(this.owner.show(() => loads.look()))) await turn();
      return loads;
    });
    return made.of(resource) ?? null;
  }

  async overhang(): Promise<Overhang[]> {
    const overhang = await unlessHeld(this.owner.show(() => this.owner.listOverhang()));
    return overhang.map(({ resource, slot, parcels }) => ({
      resource: this.names.resourceId(resource),
      slotStart: this.names.slotStart(slot),
      parcels,
    }));
  }

  settleOverhang(): Promise<number> {
    return unlessHeld(this.owner.settleOverhang());
  }

  async setCapacities(items: readonly CapacityItem[]): Promise<void> {
    const { names } = this;
    this.capacitiesSetAt = this.elapsed();
    await unlessHeld(
      this.owner.setCapacities(
        items.map(({ resource, slotStart, parcels }) => [
          names.resource(resource) ?? -1,
          names.slotOf(slotStart),
          parcels,
        ]),
      ),
    );
  }

  /** Tickets that stand, in looks of so many rows. What changes between two looks is told as it was or as it is. */
  async eachTicket(visit: (ticket: TicketRow) => void): Promise<void> {
    const { state } = this.owner;
    for (let row = 0; row < state.tickets.size; row += ROWS_A_LOOK) {
      const end = Math.min(row + ROWS_A_LOOK, state.tickets.size);
      await unlessHeld(this.owner.show(() => visitTickets(state, row, end, visit)));
      await turn();
    }
  }

  status(): ShardStatus {
    const { owner } = this;
    const { tickets, plan } = owner.state;
    return {
      shard: this.shard,
      operators: this.names.operatorsOf(this.shard),
      state: 'ready',
      epoch: owner.epoch,
      plan: plan?.version ?? 0,
      tickets: tickets.size,
      seq: owner.seq,
      behindMs: owner.behindMs,
    };
  }

  /** Rows of a shipper's tickets, by its id of the request or by a ticket's; none where there are none. */
  #rowsOf(shipper: number, id: string): number[] {
    const { state } = this.owner;
    const first = this.owner.find(shipper, encoder.encode(id));
    if (first >= 0) return ticketsNow(state, first).map(({ row }) => row);
    const ticket = parseTicketId(id);
    return ticket?.shard === this.shard ? [ticket.row] : [];
  }

  /** The first row that the id names to somebody with this scope. */
  #rowSeen(scope: Scope, id: string): number | undefined {
    const shipper = scope.shipper === undefined ? undefined : this.shippers.find(scope.shipper);
    const first = shipper === undefined ? -1 : this.owner.find(shipper, encoder.encode(id));
    if (first >= 0) return first;
    const ticket = parseTicketId(id);
    if (ticket?.shard !== this.shard) return undefined;
    return this.#views.find(scope, ticket.row) ? ticket.row : undefined;
  }
}

/** Of several tickets' outcomes the one that keeps an id from being done; undefined where there is none. */
function worstOf(changes: readonly Change[]): Change | undefined {
  return changes.find((change) => change !== 'done') ?? changes[0];
}

const RETRY_AFTER_SECONDS = { busy: 1, unsure: 2, lost: 1 } as const;

/** What an owner gives, or the error that callers of the gate know. */
async function unlessHeld<T>(given: Promise<T>): Promise<T> {
  try {
    return await given;
  } catch (error) {
    if (!(error instanceof Held)) throw error;
    const seconds = RETRY_AFTER_SECONDS[error.why];
    throw error.why === 'busy' ? new Busy(seconds) : new Unsure(seconds, error.message);
  }
}
