import { pairOf } from '../../gate/gate-network.js';
import { contains, type Principal } from '../access/principal.js';
import { BulkDesk } from './bulk-desk.js';
import type { ChangeFeed } from './change-feed.js';
import {
  BadCursor,
  type CapacityItem,
  type ChangeOutcome,
  type ChangePage,
  type ChangesAsked,
  type DecidedBody,
  type GateService,
  type ItemFault,
  type Overhang,
  type Page,
  type PageAsked,
  type RequestItem,
  type RequestView,
  type ShardStatus,
  type SumsBy,
  type TicketFilter,
  type TicketSum,
  type TicketView,
} from './gate-service.js';
import type { PairsAsked } from './pair-groups.js';
import { flowOfItem } from './request-columns.js';
import type { ResourceLoads } from './resource-loads.js';
import { faultText, parseTicketId } from './result-text.js';
import { type Scope, scopeOf } from './scope.js';
import type { GateSeason } from './season.js';
import type { Seat } from './seat.js';
import { Summaries } from './summaries.js';

/** The gate of a season in one process: requests go to the shards that they belong to, wherever those are. */
export class Gatehouse implements GateService {
  readonly #seats: ReadonlyMap<number, Seat>;
  readonly #bulk: BulkDesk;
  readonly #summaries: Summaries<readonly TicketSum[]>;

  constructor(
    private readonly season: GateSeason,
    seats: readonly Seat[],
    private readonly feed: ChangeFeed,
  ) {
    this.#seats = new Map(seats.map((seat) => [seat.shard, seat]));
    this.#summaries = new Summaries(() => season.timing.elapsed());
    this.#bulk = new BulkDesk(season, (pair) => this.#seat(this.#shardOf(pair)).ownDesk);
  }

  now(): number {
    return this.season.timing.now();
  }

  async decide(shipper: string, items: readonly (RequestItem | ItemFault)[]): Promise<string[]> {
    const results: string[] = Array.from({ length: items.length }, () => '');
    const groups = new Map<number, Group>();
    items.forEach((item, i) => {
      if ('code' in item) {
        results[i] = faultText(item);
        return;
      }
      const flow = flowOfItem(this.season.names, item);
      if (typeof flow === 'number') this.#groupOf(groups, flow).push(i, item, flow);
      else results[i] = faultText(flow);
    });
    // Known before, so that the shards decide in the order of the requests.
    await this.season.shippers.number(shipper);
    const decided = [...groups].map(async ([shard, { at, requests, flows }]) => {
      const texts = await this.#seat(shard).desk.decide(shipper, requests, flows);
      for (let k = 0; k < at.length; k++) results[at[k]] = texts[k];
    });
    await Promise.all(decided);
    return results;
  }

  async decideBody(shipper: string, body: Uint8Array): Promise<DecidedBody | undefined> {
    return this.#bulk.decide(await this.season.shippers.number(shipper), body);
  }

  confirm(shipper: string, ids: readonly string[]): Promise<ChangeOutcome[]> {
    return this.#change(shipper, 'confirm', ids);
  }

  cancel(shipper: string, ids: readonly string[]): Promise<ChangeOutcome[]> {
    return this.#change(shipper, 'cancel', ids);
  }

  async find(viewer: Principal, id: string): Promise<RequestView | undefined> {
    const scope = scopeOf(viewer);
    if (!scope) return undefined;
    const ticket = scope.shipper === undefined ? parseTicketId(id) : undefined;
    for (const seat of this.#seats.values()) {
      if (ticket && ticket.shard !== seat.shard) continue;
      const found = await seat.desk.find(scope, id);
      if (found) return found;
    }
    return undefined;
  }

  async list(viewer: Principal, filter: TicketFilter, asked: PageAsked): Promise<Page<TicketView>> {
    const scope = scopeOf(viewer);
    if (!scope) return { items: [] };
    const { shard: from, row } = listCursor(asked.cursor ?? '0.0');
    const seats = [...this.#seats.values()].filter(({ shard }) => shard >= from);
    const items: TicketView[] = [];
    for (const { shard, desk } of seats) {
      const start = shard === from ? row : 0;
      const page = await desk.list(scope, filter, start, asked.limit - items.length);
      items.push(...page.items);
      if (page.next >= 0) return { items, next: `${shard}.${page.next}` };
    }
    return { items };
  }

  async summarise(
    viewer: Principal,
    filter: TicketFilter,
    by: SumsBy,
  ): Promise<readonly TicketSum[]> {
    const scope = scopeOf(viewer);
    if (!scope) return [];
    const { slotStart, operator, origin, destination, shipper } = filter;
    const asked = [by, scope, slotStart, operator, origin, destination, shipper];
    return this.#summaries.get(JSON.stringify(asked), async () => {
      const desks = [...this.#seats.values()].map(({ desk }) => desk);
      const sums = await Promise.all(desks.map((desk) => desk.summarise(scope, filter, by)));
      return sums.flat();
    });
  }

  async tally(asked: PairsAsked): Promise<readonly number[][]> {
    const desks = [...this.#seats.values()].map(({ desk }) => desk);
    return Promise.all(desks.map((desk) => desk.tally(asked)));
  }

  async loads(resource: number): Promise<ResourceLoads | undefined> {
    const seat = this.#seats.get(this.season.shards.ofResource[resource]);
    return (await seat?.desk.loads(resource)) ?? undefined;
  }

  async changes(
    viewer: Principal,
    after: string | undefined,
    asked: ChangesAsked,
  ): Promise<ChangePage> {
    const scope = scopeOf(viewer);
    if (!scope) return { changes: [], cursor: after ?? '' };
    const audience =
      scope.shipper === undefined ? undefined : await this.season.shippers.number(scope.shipper);
    return this.feed.read(scope, audience, after, asked);
  }

  async overhang(viewer: Principal): Promise<Overhang[]> {
    const scope = scopeOf(viewer);
    if (!scope) return [];
    const lists = await Promise.all([...this.#seats.values()].map(({ desk }) => desk.overhang()));
    return lists.flat().filter(({ resource }) => this.#isIn(scope, resource));
  }

  async settleOverhang(viewer: Principal): Promise<number> {
    const { operator } = scopeOf(viewer) ?? {};
    const seats = [...this.#seats.values()].filter(
      ({ status }) => operator === undefined || status.operators.includes(operator),
    );
    const moved = await Promise.all(seats.map(({ desk }) => desk.settleOverhang()));
    return moved.reduce((sum, n) => sum + n, 0);
  }

  async setCapacities(items: readonly CapacityItem[]): Promise<void> {
    const { names, shards, committed } = this.season;
    const groups = new Map<number, CapacityItem[]>();
    for (const { resource: id, slotStart, parcels } of items) {
      const resource = names.resource(id) ?? -1;
      const shard = shards.ofResource[resource];
      // A resource on no route takes no tickets.
      if (!this.#seats.has(shard)) continue;
      const group = groups.get(shard) ?? [];
      const left = committed.left(resource, names.slotOf(slotStart), parcels);
      group.push({ resource: id, slotStart, parcels: left });
      groups.set(shard, group);
    }
    await Promise.all(
      [...groups].map(([shard, group]) => this.#seat(shard).desk.setCapacities(group)),
    );
  }

  status(): ShardStatus[] {
    return [...this.#seats.values()].map(({ status }) => status);
  }

  async #change(
    shipper: string,
    what: 'confirm' | 'cancel',
    ids: readonly string[],
  ): Promise<ChangeOutcome[]> {
    const seats = [...this.#seats.values()];
    const outcomes = await Promise.all(seats.map(({ desk }) => desk.change(shipper, what, ids)));
    return ids.map((id, i) => {
      const status = outcomes.map((of) => of[i]).find((outcome) => outcome !== undefined);
      return { id, status: status ?? 'unknown' };
    });
  }

  #groupOf(groups: Map<number, Group>, flow: number): Group {
    const shard = this.#shardOf(pairOf(this.season.network, flow));
    let group = groups.get(shard);
    if (!group) {
      group = new Group();
      groups.set(shard, group);
    }
    return group;
  }

  /** A pair without a route is refused by some shard, always the same. */
  #shardOf(pair: number): number {
    const { shards, inUse } = this.season;
    const shard = shards.ofPair[pair];
    return shard >= 0 ? shard : inUse[pair % inUse.length];
  }

  #seat(shard: number): Seat {
    const seat = this.#seats.get(shard);
    if (!seat) throw new Error(`there is no shard ${shard}`);
    return seat;
  }

  #isIn(scope: Scope, resourceId: string): boolean {
    const { names, scenario } = this.season;
    const resource = names.resource(resourceId) ?? -1;
    const { operator, region } = scenario.resources;
    if (scope.operator !== undefined && scope.operator !== operator[resource]) return false;
    return scope.region === undefined || contains(scope.region, region[resource]);
  }
}

/** @throws BadCursor */
function listCursor(text: string): { shard: number; row: number } {
  const match = /^(\d{1,5})\.(\d{1,10})$/.exec(text);
  if (!match) throw new BadCursor();
  return { shard: Number(match[1]), row: Number(match[2]) };
}

/** Requests of one shard and where they stood. */
class Group {
  readonly at: number[] = [];
  readonly requests: RequestItem[] = [];
  readonly flows: number[] = [];

  push(at: number, request: RequestItem, flow: number): void {
    this.at.push(at);
    this.requests.push(request);
    this.flows.push(flow);
  }
}
