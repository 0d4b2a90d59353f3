import type { GateNetwork } from '../../src/gate/gate-network.js';
import type { GatePlan } from '../../src/gate/gate-plan.js';
import type { GatePolicy } from '../../src/gate/policy.js';
import { holdingCost } from '../../src/network/scenario.js';
import type { Asked } from './gate-world.js';

type State = 'refused' | 'issued' | 'confirmed' | 'picked-up' | 'cancelled' | 'lapsed';

interface Row {
  shipper: number;
  flow: number;
  slot: number;
  way: number;
  parcels: number;
  ready: number;
  state: State;
}

interface Run {
  shipper: number;
  flow: number;
  slot: number;
  way: number;
  left: number;
}

interface Answer {
  readonly content: string;
  readonly said: string;
  readonly row: number;
}

interface Pick {
  readonly slot: number;
  readonly way: number;
  readonly saved: number;
}

/**
 * The rules of the gate (docs/spec/gate.md) as they are said: plain lists, every sum made anew whenever it
 * is needed. Slow, and shares no code with the gate but the holding cost.
 */
export class NaiveGate {
  now = Number.NEGATIVE_INFINITY;
  plan: GatePlan | undefined;
  rows: Row[] = [];
  runs: Run[] = [];
  private capacity = new Map<string, number>();
  private limits = new Map<string, number>();
  private answers = new Map<string, Answer>();
  private sharesDue = 0;

  constructor(
    private readonly network: GateNetwork,
    private readonly policy: GatePolicy,
  ) {}

  advance(now: number): void {
    if (now <= this.now) return;
    this.now = now;
    const { shareCutOffMs, ticketCutOffMs } = this.policy;
    const horizon = this.plan ? this.plan.from + this.plan.slots : 0;
    for (let slot = this.sharesDue; slot < horizon; slot++) {
      if (this.start(slot + 1) - shareCutOffMs > now) break;
      for (const run of this.runs) if (run.slot === slot) run.left = 0;
      this.sharesDue = slot + 1;
    }
    for (const row of this.rows) {
      const due = this.start(row.slot + 1) - ticketCutOffMs <= now;
      if (row.state === 'issued' && due) row.state = 'lapsed';
    }
  }

  adopt(plan: GatePlan, now: number): boolean {
    this.advance(now);
    const before = this.plan;
    if (before && plan.version <= before.version) return false;
    if (before && plan.from + plan.slots < before.from + before.slots) return false;
    this.plan = plan;
    this.capacity.clear();
    this.limits.clear();
    this.runs = [];
    const window = plan.capacity.slots;
    plan.capacity.values.forEach((value, i) => {
      this.capacity.set(`${Math.floor(i / window)}/${plan.from + (i % window)}`, value);
    });
    const { shipper, flow, slot, way, parcels, count } = plan.shares;
    for (let i = 0; i < count; i++) {
      const key = `${shipper[i]}/${slot[i]}`;
      this.limits.set(key, (this.limits.get(key) ?? 0) + parcels[i]);
      this.open(shipper[i], flow[i], slot[i], way[i], slot[i] < this.sharesDue ? 0 : parcels[i]);
    }
    this.runs.sort((a, b) => a.slot - b.slot || a.way - b.way);
    for (const key of this.capacity.keys()) this.cut(key);
    return true;
  }

  setCapacity(resource: number, slot: number, parcels: number, now: number): void {
    this.advance(now);
    const key = `${resource}/${slot}`;
    if (!this.capacity.has(key)) return;
    this.capacity.set(key, parcels);
    this.cut(key);
  }

  /** The answer in words: `slot@way x parcels` of each ticket, then the reason. */
  decide(asked: Required<Asked>, now: number): string {
    this.advance(now);
    const key = `${asked.shipper}/${asked.id}`;
    const { flow, ready, parcels, notAfter, divisible } = asked;
    const content = JSON.stringify([flow, ready, parcels, notAfter ?? 'none', divisible]);
    const before = this.answers.get(key);
    if (before) return before.content === content ? `again ${before.said}` : 'conflict';
    const row = this.rows.length;
    const said = this.answer(asked);
    this.answers.set(key, { content, said, row });
    return said;
  }

  change(row: number, shipper: number | undefined, to: State, now: number): void {
    this.advance(now);
    const ticket = this.rows[row];
    if (!ticket || (shipper !== undefined && ticket.shipper !== shipper)) return;
    const { state } = ticket;
    if (to === 'cancelled') {
      const waits = state === 'issued' || state === 'confirmed';
      if (waits && this.start(ticket.slot) > now) ticket.state = to;
    } else if (state === 'issued' || (state === 'confirmed' && to === 'picked-up')) {
      ticket.state = to;
    }
  }

  compress(now: number): void {
    this.advance(now);
    this.inRounds((row) => {
      const last = row.slot - 1;
      return this.isWaiting(row) ? this.best(row, this.earliestFor(row), last, 0) : undefined;
    });
  }

  settle(now: number): void {
    this.advance(now);
    const last = this.plan ? this.plan.from + this.plan.slots - 1 : -1;
    this.inRounds((row) => {
      const frozen =
        this.start(row.slot) - this.now <= this.policy.frozenSlots * this.network.slotMs;
      if (!this.isWaiting(row) || frozen || !this.isOver(row)) return undefined;
      return this.best(row, row.slot, last, Number.NEGATIVE_INFINITY);
    });
  }

  /** Resource/slot and parcels over capacity. */
  overhang(): string[] {
    return [...this.capacity.keys()]
      .map((key) => [key, this.ticketed(key) - (this.capacity.get(key) ?? 0)] as const)
      .filter(([, over]) => over > 0)
      .map(([key, over]) => `${key}:${over}`)
      .toSorted();
  }

  private answer({ shipper, flow, ready, parcels, notAfter, divisible }: Required<Asked>): string {
    const { plan, network } = this;
    if (!plan) throw new Error('no plan');
    const instant = Math.max(network.startMs + ready * network.slotMs, this.now);
    const s = Math.floor((instant - network.startMs) / network.slotMs);
    const first = Math.max(s, plan.from);
    const last = Math.min(notAfter ?? Infinity, plan.from + plan.slots - 1);
    const row: Row = { shipper, flow, slot: 0, way: 0, parcels: 0, ready: s, state: 'refused' };
    const refuse = (reason: string): string => {
      this.rows.push(row);
      return reason;
    };
    if (s >= plan.from + plan.slots) return refuse('beyondHorizon');
    if (this.ways(flow).length === 0) return refuse('noRoute');
    if (first > last) return refuse('noSlot');
    const given: Row[] = [];
    let passedOver = Infinity;
    const give = (run: Run | undefined, slot: number, way: number, n: number): void => {
      if (run) run.left -= n;
      const ticket = given.find(
        (t) => t.slot === slot && t.way === way && !run === (t.state === 'issued'),
      );
      // Single parcels of one place and kind are one ticket; `lapsed` marks those drawn, for a moment.
      if (ticket) ticket.parcels += n;
      else {
        const made: Row = { ...row, slot, way, parcels: n, state: run ? 'lapsed' : 'issued' };
        given.push(made);
        this.rows.push(made);
      }
    };
    const inForce = (): void => {
      for (const ticket of given) ticket.state = 'issued';
    };
    const one = (n: number): boolean => {
      // Drawn tickets count, whatever their mark says.
      const marks = given.map((t) => t.state);
      inForce();
      const found = this.place(shipper, flow, n, first, last);
      given.forEach((t, i) => {
        t.state = marks[i];
      });
      passedOver = Math.min(passedOver, found.passedOver);
      for (const pick of found.picks) give(pick.run, pick.slot, pick.way, pick.parcels);
      return found.picks.length > 0;
    };
    if (divisible) for (let n = 0; n < parcels; n++) if (!one(1)) break;
    if (!divisible) one(parcels);
    inForce();
    const sum = given.reduce((total, t) => total + t.parcels, 0);
    const latest = sum < parcels ? Infinity : Math.max(...given.map(({ slot }) => slot));
    const held = passedOver < latest;
    if (sum === 0) return refuse(held ? 'hoarding' : 'noSlot');
    const tickets = given.map((t) => `${t.slot}@${t.way}x${t.parcels}`).join(' ');
    const isLate = sum < parcels || given.some((t) => t.slot > s);
    if (!isLate) return `${tickets} none`;
    if (held) return `${tickets} hoarding`;
    if (sum < parcels) return `${tickets} noSlot`;
    return `${tickets} ${this.binds(flow, first, parcels) ? 'binds' : 'share'}`;
  }

  /** The tickets for n parcels together: shares of the earliest slot that has n, else a route with room. */
  private place(shipper: number, flow: number, n: number, first: number, last: number) {
    let passedOver = Infinity;
    const mayHold = (slot: number): boolean => {
      const may = this.unconfirmed(shipper, slot) + n <= this.limit(shipper, slot);
      if (!may) passedOver = Math.min(passedOver, slot);
      return may;
    };
    for (let slot = first; slot <= last; slot++) {
      const own = this.runs.filter(
        (r) => r.shipper === shipper && r.flow === flow && r.slot === slot && r.left > 0,
      );
      if (own.reduce((sum, r) => sum + r.left, 0) < n || !mayHold(slot)) continue;
      const picks = [];
      let left = n;
      for (const run of own) {
        const parcels = Math.min(left, run.left);
        if (parcels > 0) picks.push({ run, slot, way: run.way, parcels });
        left -= parcels;
      }
      return { picks, passedOver };
    }
    for (let slot = first; slot <= last; slot++) {
      const way = this.ways(flow).findIndex((route) => this.room(route, slot) >= n);
      if (way >= 0 && mayHold(slot)) {
        return { picks: [{ run: undefined, slot, way, parcels: n }], passedOver };
      }
    }
    return { picks: [], passedOver };
  }

  private inRounds(placeOf: (row: Row) => Pick | undefined): void {
    for (let moved = true; moved; ) {
      moved = false;
      const candidates = this.rows
        .map((row, i) => ({ row, i, place: placeOf(row) }))
        .filter(({ place }) => place !== undefined)
        .toSorted((a, b) => (b.place?.saved ?? 0) - (a.place?.saved ?? 0) || a.i - b.i);
      for (const { row } of candidates) {
        const place = placeOf(row);
        if (!place) continue;
        row.slot = place.slot;
        row.way = place.way;
        moved = true;
      }
    }
  }

  private best(row: Row, first: number, last: number, least: number): Pick | undefined {
    const { slot: here, state } = row;
    const service = this.network.services[row.flow % this.network.services.length];
    const ways = this.ways(row.flow);
    const cost = (slot: number, way: number): number =>
      holdingCost(service, slot - row.ready) + service.weight * this.network.routes.cost[ways[way]];
    const before = cost(here, row.way);
    const places: Pick[] = [];
    for (let way = 0; way < ways.length; way++) {
      row.state = 'lapsed';
      const room = (slot: number): boolean => this.room(ways[way], slot) >= row.parcels;
      const mayHold = (slot: number): boolean =>
        state !== 'issued' ||
        slot === here ||
        this.unconfirmed(row.shipper, slot) + row.parcels <= this.limit(row.shipper, slot);
      let slot = first;
      while (slot <= last && !(room(slot) && mayHold(slot))) slot += 1;
      row.state = state;
      if (slot > last || (slot === here && way === row.way)) continue;
      places.push({ slot, way, saved: before - cost(slot, way) });
    }
    const enough = places.filter(({ saved }) => saved > least);
    return enough.toSorted((a, b) => b.saved - a.saved || a.slot - b.slot || a.way - b.way)[0];
  }

  private isWaiting({ state, slot }: Row): boolean {
    return (state === 'issued' || state === 'confirmed') && this.start(slot) > this.now;
  }

  private earliestFor({ ready }: Row): number {
    const { startMs, slotMs } = this.network;
    const nowSlot = Math.floor((this.now - startMs) / slotMs);
    return Math.max(ready, nowSlot, this.plan?.from ?? 0);
  }

  private isOver(row: Row): boolean {
    const over = new Set(this.overhang().map((text) => text.split(':')[0]));
    return [...this.loads(this.ways(row.flow)[row.way], row.slot).keys()].some((k) => over.has(k));
  }

  private binds(flow: number, slot: number, parcels: number): boolean {
    const entries = [...this.loads(this.ways(flow)[0], slot).keys()];
    return entries.some((key) => this.price(key) > 0 || this.free(key) < parcels);
  }

  private price(key: string): number {
    const { resource, slot, price } = this.plan?.prices ?? { resource: [], slot: [], price: [] };
    return Math.max(0, ...[...price].filter((_, i) => `${resource[i]}/${slot[i]}` === key));
  }

  private open(shipper: number, flow: number, slot: number, way: number, parcels: number): void {
    const same = this.runs.find(
      (r) => r.shipper === shipper && r.flow === flow && r.slot === slot && r.way === way,
    );
    if (same) same.left += parcels;
    else this.runs.push({ shipper, flow, slot, way, left: parcels });
  }

  /** Shares that do not fit beside the tickets are cut in proportion. */
  private cut(key: string): void {
    const open = this.shared(key);
    const left = Math.max(0, (this.capacity.get(key) ?? 0) - this.ticketed(key));
    if (open <= left) return;
    for (const run of this.runs) {
      if (this.loads(this.ways(run.flow)[run.way], run.slot).has(key)) {
        run.left = Math.floor((run.left * left) / open);
      }
    }
  }

  private ways(flow: number): number[] {
    const { wayStart, wayRoute, services } = this.network;
    const pair = Math.floor(flow / services.length);
    return [...wayRoute.subarray(wayStart[pair], wayStart[pair + 1])];
  }

  private loads(route: number, t: number): Map<string, number> {
    const { stepStart, stepResource, stepLag, stepSpan } = this.network.routes;
    const loads = new Map<string, number>();
    for (let i = stepStart[route]; i < stepStart[route + 1]; i++) {
      for (let u = t + stepLag[i]; u < t + stepLag[i] + stepSpan[i]; u++) {
        const key = `${stepResource[i]}/${u}`;
        loads.set(key, (loads.get(key) ?? 0) + 1);
      }
    }
    return loads;
  }

  private ticketed(key: string): number {
    return this.rows
      .filter(({ state }) => state === 'issued' || state === 'confirmed' || state === 'picked-up')
      .reduce((sum, row) => {
        const times = this.loads(this.ways(row.flow)[row.way], row.slot).get(key) ?? 0;
        return sum + times * row.parcels;
      }, 0);
  }

  private shared(key: string): number {
    return this.runs.reduce((sum, run) => {
      if (run.left === 0) return sum;
      return sum + run.left * (this.loads(this.ways(run.flow)[run.way], run.slot).get(key) ?? 0);
    }, 0);
  }

  private free(key: string): number {
    return (this.capacity.get(key) ?? 0) - this.ticketed(key) - this.shared(key);
  }

  private room(route: number, t: number): number {
    const rooms = [...this.loads(route, t)].map(([k, times]) => Math.floor(this.free(k) / times));
    return Math.max(0, Math.min(...rooms));
  }

  private unconfirmed(shipper: number, slot: number): number {
    return this.rows
      .filter((row) => row.shipper === shipper && row.slot === slot && row.state === 'issued')
      .reduce((sum, { parcels }) => sum + parcels, 0);
  }

  private limit(shipper: number, slot: number): number {
    const { hoardingFloor, hoardingMultiple } = this.policy;
    const share = this.limits.get(`${shipper}/${slot}`) ?? 0;
    return Math.max(hoardingFloor, Math.floor(hoardingMultiple * share));
  }

  private start(slot: number): number {
    return this.network.startMs + slot * this.network.slotMs;
  }
}
