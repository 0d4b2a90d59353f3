import * as fc from 'fast-check';
import type { Gate as GateType } from '../../src/gate/gate.js';
import { gateNetwork } from '../../src/gate/gate-network.js';
import type { GatePlan } from '../../src/gate/gate-plan.js';
import type { GateState as GateStateType } from '../../src/gate/gate-state.js';
import type { GatePolicy } from '../../src/gate/policy.js';
import type { replay as replayType } from '../../src/gate/replay.js';
import { REFUSED, REPEATED, TICKETED } from '../../src/gate/requests.js';
import { arbitraryScenario } from './arbitrary-scenario.js';
import { type Asked, Desk, KEY, planOf, recount, type Share } from './gate-world.js';
import { NaiveGate } from './naive-gate.js';

/** One thing that happens; numbers are taken modulo what there is. */
export type Happening =
  | { readonly what: 'ask'; readonly asked: Required<Asked> }
  | { readonly what: 'tick'; readonly slots: number }
  | { readonly what: 'cancel' | 'confirm' | 'pick-up'; readonly row: number; readonly own: boolean }
  | {
      readonly what: 'capacity';
      readonly resource: number;
      readonly slot: number;
      readonly parcels: number;
    }
  | {
      readonly what: 'plan';
      readonly slots: number;
      readonly capacity: number;
      readonly shares: Share[];
    }
  | { readonly what: 'compress' | 'settle' | 'restart' };

const small = fc.nat(7);
const share = fc.tuple(fc.nat(2), fc.nat(50), small, fc.nat(2), fc.nat(6));
const change = { row: fc.nat(30), own: fc.boolean() };

const anyHappening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      what: fc.constant('ask' as const),
      asked: fc.record({
        shipper: fc.nat(2),
        id: fc.nat(15).map((n) => `id-${n}`),
        flow: fc.nat(50),
        ready: fc.oneof(
          fc.constant(0),
          fc.nat(24).map((n) => n / 4),
        ),
        parcels: fc.integer({ min: 1, max: 5 }),
        notAfter: fc.option(fc.nat(10), { nil: undefined }),
        divisible: fc.boolean(),
      }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('tick' as const),
      slots: fc.constantFrom(0.25, 1, 1.5),
    }),
  },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('cancel' as const), ...change }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('confirm' as const), ...change }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('pick-up' as const), ...change }) },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('capacity' as const),
      resource: small,
      slot: fc.nat(8),
      parcels: fc.oneof(fc.constant(0), fc.nat(15)),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constant('plan' as const),
      slots: fc.nat(3),
      capacity: fc.nat(12),
      shares: fc.array(share, { maxLength: 12 }),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ what: 'compress' as const }) },
  { weight: 2, arbitrary: fc.constant({ what: 'settle' as const }) },
  { weight: 1, arbitrary: fc.constant({ what: 'restart' as const }) },
);

/** A small world, a policy and what happens in it. */
export const arbitraryDrill = fc.record({
  scenario: arbitraryScenario,
  policy: fc.record({
    hoardingMultiple: fc.constantFrom(1, 2),
    hoardingFloor: fc.constantFrom(1000, 4),
    shareCutOffMs: fc.constantFrom(0, 900_000),
    ticketCutOffMs: fc.constantFrom(0, 900_000),
    frozenSlots: fc.constantFrom(2, 0),
  }),
  shares: fc.array(share, { maxLength: 15, size: 'max' }),
  happenings: fc.array(anyHappening, { minLength: 8, maxLength: 40, size: 'max' }),
});

export type Drill = typeof arbitraryDrill extends fc.Arbitrary<infer T> ? T : never;

/** The parts of the gate that a drill runs: those of `src/gate`, or spoiled ones. */
export interface Rooms {
  readonly Gate: typeof GateType;
  readonly GateState: typeof GateStateType;
  readonly replay: typeof replayType;
}

/** Runs a drill through a gate and the naive one; throws where they differ or the books are wrong. */
export function runDrill(rooms: Rooms, drill: Drill): { desk: Desk; plans: Map<number, GatePlan> } {
  const network = gateNetwork(drill.scenario);
  const policy: GatePolicy = drill.policy;
  const desk = new Desk(new rooms.Gate(network, policy, KEY));
  const naive = new NaiveGate(network, policy);
  const runner = new Runner(rooms, desk, naive);
  runner.plan(drill.scenario.slots, 20, drill.shares);
  for (const happening of drill.happenings) {
    runner.run(happening);
    runner.compare(JSON.stringify(happening));
  }
  return { desk, plans: runner.plans };
}

class Runner {
  now = 0;
  version = 0;
  readonly plans = new Map<number, GatePlan>();

  constructor(
    readonly rooms: Rooms,
    readonly desk: Desk,
    readonly naive: NaiveGate,
  ) {}

  run(h: Happening): void {
    const { desk, naive } = this;
    const { gate } = desk;
    const now = desk.at(this.now);
    if (h.what === 'ask') this.ask(h.asked);
    else if (h.what === 'tick') this.now += h.slots;
    else if (h.what === 'capacity') {
      const resource = h.resource % desk.network.resources;
      gate.setCapacity(resource, h.slot, h.parcels, now);
      naive.setCapacity(resource, h.slot, h.parcels, now);
    } else if (h.what === 'plan') {
      const plan = gate.state.plan;
      if (plan) this.plan(plan.from + plan.slots + h.slots, h.capacity, h.shares);
    } else if (h.what === 'compress') {
      gate.compress(now);
      naive.compress(now);
    } else if (h.what === 'settle') {
      gate.settleOverhang(now);
      naive.settle(now);
    } else if (h.what === 'restart') this.restart();
    else if ('row' in h) this.change(h);
  }

  /** Goes on with a gate made anew from the journal. */
  restart(): void {
    const { desk, rooms } = this;
    const { network, policy } = desk.gate.state;
    desk.keep();
    const state = new rooms.GateState(network, policy);
    rooms.replay(state, Int32Array.from(desk.journal), (version) => this.plans.get(version));
    desk.gate = new rooms.Gate(network, policy, KEY, state);
  }

  plan(until: number, capacity: number, wanted: readonly Share[]): void {
    const { network } = this.desk;
    const from = Math.min(Math.floor(this.now), until - 1);
    const slots = until - from;
    const shares = wanted.flatMap(([shipper, f, slot, w, parcels]): Share[] => {
      const flow = this.flow(f);
      const pair = Math.floor(flow / network.services.length);
      const ways = network.wayStart[pair + 1] - network.wayStart[pair];
      if (ways === 0) return [];
      return [[shipper, flow, from + (slot % slots), w % ways, parcels]];
    });
    // Mostly capacity, in places little or none.
    const room = (r: number, u: number): number =>
      (r * 7 + u * 5) % 4 === 0 ? (u * 3) % 5 : capacity;
    const prices = [[0, from, 2.5] as const];
    // Now and then one that a newer version has overtaken.
    if (capacity % 4 !== 3) this.version += 1;
    const plan = planOf(network, this.version, { from, slots }, room, shares, prices);
    if (!this.plans.has(plan.version)) this.plans.set(plan.version, plan);
    this.desk.gate.adopt(plan, this.desk.at(this.now));
    this.naive.adopt(plan, this.desk.at(this.now));
  }

  ask(wanted: Required<Asked>): void {
    const { desk, naive } = this;
    const asked = { ...wanted, flow: this.flow(wanted.flow) };
    const expected = naive.decide(asked, desk.at(this.now));
    const [{ status, decision }] = desk.ask(this.now, asked);
    const tickets = decision?.tickets.map((t) => `${t.slot}@${t.way}x${t.parcels}`).join(' ');
    const told = `${tickets ? `${tickets} ` : ''}${decision?.reason}`;
    const words: Record<number, string> = {
      [TICKETED]: told,
      [REFUSED]: told,
      [REPEATED]: `again ${told}`,
    };
    const said = words[status] ?? 'conflict';
    if (said !== expected) throw new Error(`said "${said}", expected "${expected}"`);
  }

  /** Mostly one of the first three flows that have a route, so that requests meet. */
  flow(n: number): number {
    const { wayStart, pairs, services } = this.desk.network;
    const flows = Array.from({ length: pairs * services.length }, (_, f) => f);
    const routable = flows.filter((f) => {
      const pair = Math.floor(f / services.length);
      return wayStart[pair + 1] > wayStart[pair];
    });
    const common = routable.slice(0, 3);
    return common.length === 0 || n % 8 === 0 ? flows[n % flows.length] : common[n % common.length];
  }

  change(h: { what: 'cancel' | 'confirm' | 'pick-up'; row: number; own: boolean }): void {
    const { desk, naive } = this;
    const { state } = desk.gate;
    if (state.tickets.size === 0) return;
    const row = h.row % state.tickets.size;
    const owner = state.accounts.shipper(state.tickets.account(row));
    const shipper = h.own ? owner : owner + 1;
    const now = desk.at(this.now);
    if (h.what === 'cancel') desk.gate.cancel(shipper, row, now);
    else if (h.what === 'confirm') desk.gate.confirm(shipper, row, now);
    else desk.gate.pickUp(row, now);
    const to = { cancel: 'cancelled', confirm: 'confirmed', 'pick-up': 'picked-up' } as const;
    naive.change(row, h.what === 'pick-up' ? undefined : shipper, to[h.what], now);
  }

  /** Same rows, same overhang, and books that a recount confirms. */
  compare(after: string): void {
    const { gate } = this.desk;
    const { tickets } = gate.state;
    const wrong = recount(gate);
    if (wrong.length > 0) throw new Error(`${after}: ${wrong.join('; ')}`);
    const states = ['refused', 'issued', 'confirmed', 'picked-up', 'cancelled', 'lapsed'];
    const rows = Array.from({ length: tickets.size }, (_, i) =>
      [states[tickets.state(i)], tickets.slot(i), tickets.way(i), tickets.parcels(i)].join(' '),
    );
    const expected = this.naive.rows.map((r) => [r.state, r.slot, r.way, r.parcels].join(' '));
    same(after, rows, expected);
    const over = gate.listOverhang().map((o) => `${o.resource}/${o.slot}:${o.parcels}`);
    same(after, over.toSorted(), this.naive.overhang());
    this.desk.keep();
  }
}

function same(after: string, found: readonly string[], expected: readonly string[]): void {
  const [a, b] = [found.join(', '), expected.join(', ')];
  if (a !== b) throw new Error(`after ${after}: ${a}; expected ${b}`);
}
