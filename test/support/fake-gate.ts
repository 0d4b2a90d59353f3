import { EventEmitter, once } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import type { Principal } from '../../src/edge/access/principal.js';
import type {
  CapacityItem,
  Change,
  ChangeOutcome,
  ChangePage,
  ChangesAsked,
  GateService,
  ItemFault,
  Overhang,
  Page,
  PageAsked,
  RequestItem,
  RequestView,
  ShardStatus,
  SumsBy,
  TicketFilter,
  TicketSum,
  TicketView,
} from '../../src/edge/gate/gate-service.js';

const HOUR_MS = 3_600_000;
/** Tickets are given for up to so many parcels, in the hour of readiness. */
const PARCELS_MOST = 1000;
export const NOW = Date.parse('2021-11-01T00:00:00+08:00');

interface Asked {
  readonly content: string;
  readonly result: string;
  readonly tickets: { state: TicketView['state']; readonly view: TicketView }[];
}

/** A gate without capacities or a ledger, in memory: what routes are tried on. */
export class FakeGate implements GateService {
  readonly changeList: Change[] = [];
  readonly capacities: CapacityItem[] = [];
  /** What every tally gives. */
  tallied: number[][] = [];
  readonly decided: string[] = [];
  shardState: ShardStatus['state'] = 'ready';
  /** Called before each decision: may wait, or throw. */
  beforeDecide: (shipper: string, requests: number) => Promise<void> = async () => {};
  readonly #asked = new Map<string, Asked>();
  readonly #news = new EventEmitter().setMaxListeners(0);

  now(): number {
    return NOW;
  }

  async decide(shipper: string, items: readonly (RequestItem | ItemFault)[]): Promise<string[]> {
    await this.beforeDecide(shipper, items.length);
    this.decided.push(...items.map((item) => `${shipper}:${item.id}`));
    return items.map((item) => ('code' in item ? faultText(item) : this.#answer(shipper, item)));
  }

  /** Nothing is plain to it: all goes the other way. */
  async decideBody(): Promise<undefined> {}

  #answer(shipper: string, item: RequestItem): string {
    const key = `${shipper} ${item.id}`;
    const content = JSON.stringify(item, Object.keys(item).toSorted());
    const before = this.#asked.get(key);
    if (before && before.content !== content) {
      return faultText({ id: item.id, code: 'conflict', field: 'id', text: 'Another request.' });
    }
    const asked = before ?? this.#ask(shipper, item, content);
    this.#asked.set(key, asked);
    return asked.result;
  }

  #ask(shipper: string, item: RequestItem, content: string): Asked {
    const { id, parcels, divisible: _d, notAfter: _n, readyAt, ...flow } = item;
    if (parcels > PARCELS_MOST) {
      const reason = { code: 'no-slot', text: 'No slot has room.' };
      return { content, result: JSON.stringify({ id, status: 'refused', reason }), tickets: [] };
    }
    const slot = Math.floor(Date.parse(readyAt) / HOUR_MS) * HOUR_MS;
    const ticket = `T0-${this.#asked.size}`;
    const where = { slotStart: iso(slot), slotEnd: iso(slot + HOUR_MS), route: 'r' };
    const given = { ticket, ...where, parcels };
    const result = JSON.stringify({ id, status: 'ticketed', tickets: [given], plan: 1 });
    const readyStart = iso(slot);
    const view = { ...given, ...flow, id, shipper, readyStart, state: 'issued' as const };
    return { content, result, tickets: [{ state: 'issued', view }] };
  }

  async confirm(shipper: string, ids: readonly string[]): Promise<ChangeOutcome[]> {
    return ids.map((id) => this.#change(shipper, id, 'confirmed'));
  }

  async cancel(shipper: string, ids: readonly string[]): Promise<ChangeOutcome[]> {
    return ids.map((id) => this.#change(shipper, id, 'cancelled'));
  }

  #change(shipper: string, id: string, to: 'confirmed' | 'cancelled'): ChangeOutcome {
    const tickets = this.#asked.get(`${shipper} ${id}`)?.tickets ?? [];
    if (tickets.length === 0) return { id, status: 'unknown' };
    if (tickets.some(({ state }) => state === 'cancelled')) return { id, status: 'not-in-force' };
    for (const each of tickets) {
      each.state = to;
      const { ticket, slotStart, route } = each.view;
      this.tell({
        type: 'ticket',
        at: iso(NOW),
        ticket,
        id,
        shipper,
        change: to,
        slotStart,
        route,
      });
    }
    return { id, status: 'done' };
  }

  async find({ organisation }: Principal, id: string): Promise<RequestView | undefined> {
    const asked = this.#asked.get(`${organisation.id} ${id}`);
    if (!asked) return undefined;
    const tickets = asked.tickets.map(viewOf);
    return { result: JSON.parse(asked.result), tickets, routes: [{ route: 'r', resources: [] }] };
  }

  async list(viewer: Principal, filter: TicketFilter, page: PageAsked): Promise<Page<TicketView>> {
    const all = [...this.#asked.values()].flatMap(({ tickets }) => tickets.map(viewOf));
    const seen = all
      .filter(({ shipper }) => shipper === viewer.organisation.id)
      .filter((view) => isDeepStrictEqual(view, { ...view, ...filter }));
    const from = Number(page.cursor ?? 0) || 0;
    const next = from + page.limit;
    return { items: seen.slice(from, next), ...(next < seen.length && { next: String(next) }) };
  }

  async summarise({ organisation }: Principal, { slotStart, operator }: TicketFilter, by: SumsBy) {
    const sums = new Map<string, TicketSum>();
    for (const { view, state } of [...this.#asked.values()].flatMap(({ tickets }) => tickets)) {
      if (view.shipper !== organisation.id || (operator ?? view.operator) !== view.operator)
        continue;
      if ((slotStart ?? view.slotStart) !== view.slotStart) continue;
      const key = { [by === 'slot' ? 'slotStart' : by]: view[by === 'slot' ? 'slotStart' : by] };
      const name = JSON.stringify([view.operator, key]);
      const sum = sums.get(name) ?? { operator: view.operator, ...key, ...NO_SUM };
      const ready = sum.ready + (state === 'cancelled' ? 0 : view.parcels);
      const more = { [state]: sum[state] + view.parcels, tickets: sum.tickets + 1, ready };
      sums.set(name, { ...sum, ...more });
    }
    return [...sums.values()];
  }

  async loads(): Promise<undefined> {
    return undefined;
  }

  async tally(): Promise<number[][]> {
    return this.tallied;
  }

  /** Makes it known to everybody. */
  tell(change: Change): void {
    this.changeList.push(change);
    this.#news.emit('change');
  }

  async changes(
    _viewer: Principal,
    after: string | undefined,
    { limit, waitMs, signal }: ChangesAsked,
  ): Promise<ChangePage> {
    const from = after === undefined ? this.changeList.length : Number(after) || 0;
    if (this.changeList.length <= from && waitMs > 0 && !signal.aborted) {
      const enough = new AbortController();
      const end = () => enough.abort();
      const timer = setTimeout(end, waitMs);
      signal.addEventListener('abort', end, { once: true });
      await once(this.#news, 'change', { signal: enough.signal }).catch(() => undefined);
      clearTimeout(timer);
    }
    const changes = this.changeList.slice(from, from + limit);
    return { changes, cursor: String(from + changes.length) };
  }

  async overhang(): Promise<Overhang[]> {
    return [{ resource: 'hub', slotStart: iso(NOW), parcels: 5 }];
  }

  async settleOverhang(): Promise<number> {
    return 1;
  }

  async setCapacities(items: readonly CapacityItem[]): Promise<void> {
    this.capacities.push(...items);
  }

  status(): ShardStatus[] {
    const counts = { epoch: 1, plan: 1, tickets: this.#asked.size, seq: 1, behindMs: 0 };
    return [{ shard: 0, operators: ['op'], state: this.shardState, ...counts }];
  }
}

const NO_SUM = {
  share: 0,
  ready: 0,
  issued: 0,
  confirmed: 0,
  pickedUp: 0,
  cancelled: 0,
  lapsed: 0,
  heldHours: 0,
  tickets: 0,
};

function viewOf({ view, state }: Asked['tickets'][number]): TicketView {
  return { ...view, state };
}

function faultText({ id, code, field, text }: ItemFault): string {
  return JSON.stringify({ id, status: 'error', error: { code, field, text } });
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
