import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSameRequest } from '../../src/gate/decision.js';
import { Gate } from '../../src/gate/gate.js';
import { gateNetwork } from '../../src/gate/gate-network.js';
import { GateState } from '../../src/gate/gate-state.js';
import { DEFAULT_POLICY, type GatePolicy } from '../../src/gate/policy.js';
import { replay } from '../../src/gate/replay.js';
import { CONFLICT, INVALID, REPEATED, TICKETED, UNANSWERED } from '../../src/gate/requests.js';
import { stateHash } from '../../src/gate/state-hash.js';
import { LAPSED } from '../../src/gate/tickets.js';
import { batchOf, Desk, KEY, planOf, recount, type Share } from '../support/gate-world.js';
import { scenarioFrom, type World } from '../support/scenario-from.js';

/* Worlds small enough for the head: hub 0 takes `capacity` a slot unless said otherwise, slots last an hour. */

const street = { origin: 'x', destination: 'y' };
const one: World = {
  slots: 6,
  resources: [{ id: 'hub', capacity: 2 }],
  routes: [{ id: 'way', ...street, steps: [{ resource: 'hub' }] }],
  demand: [],
};
/** Free over `main`; over `side` a parcel pays 0.4. */
const two: World = {
  ...one,
  resources: [
    { id: 'main', capacity: 1 },
    { id: 'side', capacity: 1 },
  ],
  routes: [
    { id: 'detour', ...street, cost: 0.4, steps: [{ resource: 'side' }] },
    { id: 'free', ...street, steps: [{ resource: 'main' }] },
  ],
};

interface Opening {
  readonly world?: World;
  readonly capacity?: number | ((resource: number, slot: number) => number);
  readonly shares?: readonly Share[];
  readonly prices?: readonly (readonly [number, number, number])[];
  readonly policy?: Partial<GatePolicy>;
}

/** A gate with plan version 1 over six slots, at the start of slot 0. */
function open({ world = one, capacity = 2, shares = [], prices = [], policy }: Opening = {}): Desk {
  const network = gateNetwork(scenarioFrom(world));
  const desk = new Desk(new Gate(network, { ...DEFAULT_POLICY, ...policy }, KEY));
  const room = typeof capacity === 'number' ? () => capacity : capacity;
  desk.gate.adopt(planOf(network, 1, { slots: 6 }, room, shares, prices), desk.at(0));
  return desk;
}

const slotOf = (desk: Desk, row: number): number => desk.gate.state.tickets.slot(row);

test('G1: ids are the shipper’s own: two shippers may use the same', () => {
  const desk = open();
  const [a, b] = desk.ask(0, { shipper: 0, id: 'x' }, { shipper: 1, id: 'x' });
  expect([a.status, b.status]).toEqual([TICKETED, TICKETED]);
  expect(a.row).not.toBe(b.row);
});

test('G1: no parcels or no such flow is no request, and spoils only itself', () => {
  const desk = open();
  const answers = desk.ask(0, { id: 'a', parcels: 0 }, { id: 'b', flow: 99 }, { id: 'c' });
  expect(answers.map(({ status }) => status)).toEqual([INVALID, INVALID, TICKETED]);
});

test('G2: a repeat gets the same decision and is charged once, also in one batch and after a refusal', () => {
  const desk = open();
  const [first, again] = desk.ask(0, { id: 'a', parcels: 2 }, { id: 'a', parcels: 2 });
  expect(again).toEqual({ ...first, status: REPEATED });
  expect(desk.gate.state.books.taken(0)).toBe(2);
  const refused = desk.ask(0, { id: 'b', parcels: 3 })[0];
  desk.gate.setCapacity(0, 1, 9, desk.at(0));
  expect(desk.ask(0, { id: 'b', parcels: 3 })[0].decision).toEqual(refused.decision);
  expect(desk.ask(5, { id: 'a', parcels: 2 })[0].decision).toEqual(first.decision);
});

test.each([{ parcels: 2 }, { ready: 0.5 }, { notAfter: 3 }, { divisible: true }])(
  'G2: the same id with other content is a conflict and changes nothing (%j)',
  (other) => {
    const desk = open();
    desk.ask(0, { id: 'a' });
    const before = desk.gate.state.tickets.size;
    expect(desk.ask(0, { id: 'a', ...other })[0].status).toBe(CONFLICT);
    expect(desk.gate.state.tickets.size).toBe(before);
  },
);

test('G2: the record tells a request from any other, whatever the mark says', () => {
  const desk = open();
  const asked = { id: 'a', ready: 0.5, parcels: 1 };
  desk.ask(0, asked);
  const words = Int32Array.from(desk.journal);
  const at = words.length - 25;
  const same = (other: object): boolean =>
    isSameRequest(words, at, batchOf(desk.network, [{ ...asked, ...other }]), 0);
  expect(same({})).toBe(true);
  expect([{ ready: 0.25 }, { parcels: 2 }, { notAfter: 1 }, { shipper: 1 }].some(same)).toBe(false);
});

test('G3: a ticket exists only with room at every resource in every slot it loads, loads adding', () => {
  const world: World = {
    ...one,
    resources: [
      { id: 'hub', capacity: 2 },
      { id: 'floor', capacity: 2 },
    ],
    routes: [
      {
        id: 'way',
        ...street,
        steps: [
          { resource: 'hub' },
          { resource: 'floor', lag: 1, span: 2 },
          { resource: 'hub', lag: 2 },
        ],
      },
    ],
  };
  // Floor is closed in slot 2: nothing may leave in 0 or 1. A parcel of 2 loads the hub in 2 and 4.
  const desk = open({ world, capacity: (r, u) => (r === 1 && u === 2 ? 0 : 2) });
  expect(desk.places(0, { id: 'a', parcels: 2 })).toBe('2x2');
  expect(desk.places(0, { id: 'b' })).toBe('5x1');
});

test('G4: first the shipper’s share, though others’ room is earlier; else the earliest free; never on others’ shares', () => {
  const desk = open({
    shares: [
      [0, 0, 2, 0, 1],
      [1, 0, 0, 0, 2],
    ],
  });
  expect(desk.places(0, { id: 'a' })).toBe('2x1');
  expect(desk.places(0, { id: 'b' })).toBe('1x1');
  expect(desk.places(0, { shipper: 1, id: 'c', parcels: 2 })).toBe('0x2');
});

test('G4: whole requests want one slot with enough; never earlier than ready, never after notAfter', () => {
  const desk = open({
    shares: [
      [0, 0, 1, 0, 1],
      [0, 0, 3, 0, 2],
    ],
  });
  expect(desk.places(0, { id: 'a', parcels: 2 })).toBe('3x2');
  expect(desk.places(0, { id: 'b', ready: 4.5 })).toBe('4x1');
  expect(desk.places(0, { id: 'c', parcels: 2, ready: 4, notAfter: 4 })).toBe('noSlot');
});

test('G4: the cheapest route of the earliest slot with room', () => {
  const desk = open({ world: two, capacity: 1 });
  const ways = ['a', 'b', 'c'].map((id) => {
    const ticket = desk.ask(0, { id })[0].decision?.tickets[0];
    return `${ticket?.slot}@${ticket?.way}`;
  });
  expect(ways).toEqual(['0@0', '0@1', '1@0']);
});

test('G4: divisible requests get what single parcels one after the other would', () => {
  const shares: Share[] = [[0, 0, 4, 0, 1]];
  const parts = open({ shares }).places(0, { id: 'a', parcels: 6, divisible: true });
  const desk = open({ shares });
  const singly = Array.from({ length: 6 }, (_, i) => desk.places(0, { id: `${i}` }));
  expect(parts).toBe('4x1 0x2 1x2 2x1');
  expect(singly.join(' ')).toBe('4x1 0x1 0x1 1x1 1x1 2x1');
});

test('G4: large tickets are issued as several, all or none', () => {
  const desk = open({ capacity: 70_000, policy: { hoardingFloor: 100_000 } });
  expect(desk.places(0, { id: 'a', parcels: 70_000 })).toBe('0x65535 0x4465');
  expect(desk.gate.state.tickets.rowsOf(0)).toBe(2);
  expect(desk.places(0, { id: 'b', parcels: 70_001 })).toBe('noSlot');
});

test('G5: a share lapses at its slot’s end and what it would have loaded later is free', () => {
  const world: World = {
    ...one,
    routes: [{ id: 'way', ...street, steps: [{ resource: 'hub', lag: 1 }] }],
  };
  const desk = open({ world, shares: [[1, 0, 0, 0, 2]] });
  expect(desk.gate.state.books.free(1)).toBe(0);
  desk.gate.advance(desk.at(1) - 1);
  expect(desk.gate.state.books.free(1)).toBe(0);
  desk.gate.advance(desk.at(1));
  expect(desk.gate.state.books.free(1)).toBe(2);
});

test('G5: an unconfirmed ticket lapses at its slot’s end, one confirmed or picked up does not', () => {
  const desk = open({ capacity: 3 });
  desk.ask(0, { id: 'a' }, { id: 'b' }, { id: 'c' });
  expect(desk.gate.confirm(0, 1, desk.at(0.5))).toBe('done');
  expect(desk.gate.pickUp(2, desk.at(0.5))).toBe('done');
  desk.gate.advance(desk.at(1));
  expect(desk.gate.state.tickets.state(0)).toBe(LAPSED);
  expect(desk.gate.state.books.taken(0)).toBe(2);
  expect(desk.gate.confirm(0, 0, desk.at(1))).toBe('not-in-force');
});

test('G5: unconfirmed tickets of a slot are limited to the policy’s multiple of the share, or its floor', () => {
  const policy = { hoardingMultiple: 2, hoardingFloor: 3 };
  const desk = open({ capacity: 9, shares: [[0, 0, 0, 0, 2]], policy });
  expect(desk.places(0, { id: 'a', parcels: 5, divisible: true })).toBe('0x2 0x2 1x1');
  expect(desk.places(0, { shipper: 1, id: 'b', parcels: 4 })).toBe('hoarding');
  expect(desk.places(0, { shipper: 1, id: 'c', parcels: 3 })).toBe('0x3');
  desk.gate.confirm(1, 4, desk.at(0));
  expect(desk.places(0, { shipper: 1, id: 'd', parcels: 2 })).toBe('0x2');
});

test('G6: a ticket is cancelled until its slot starts, once, by its shipper, and its room is free at once', () => {
  const desk = open();
  desk.ask(0, { id: 'a', ready: 1, parcels: 2 });
  expect(desk.gate.cancel(1, 0, desk.at(0.5))).toBe('unknown');
  expect(desk.gate.cancel(0, 0, desk.at(0.5))).toBe('done');
  expect(desk.gate.cancel(0, 0, desk.at(0.5))).toBe('done');
  expect(desk.gate.state.books.free(1)).toBe(2);
  desk.ask(0.5, { id: 'b', ready: 1, parcels: 2 });
  expect(desk.gate.cancel(0, 1, desk.at(1))).toBe('too-late');
});

test('G7: freed room goes to the ticket that saves most, never before it is ready; history is kept', () => {
  const services = [
    { id: 's', weight: 1 },
    { id: 'dear', weight: 3 },
  ];
  const desk = open({ world: { ...one, services }, capacity: 1 });
  desk.ask(0, { id: 'a', ready: 1 }, { id: 'b', ready: 1 }, { id: 'c', ready: 1, flow: 1 });
  expect([0, 1, 2].map((row) => slotOf(desk, row))).toEqual([1, 2, 3]);
  desk.gate.cancel(0, 0, desk.at(0));
  desk.keep();
  desk.gate.compress(desk.at(0));
  // The dear one saves 6, the other then finds slot 2 its own: nothing earlier is free.
  expect([1, 2].map((row) => slotOf(desk, row))).toEqual([2, 1]);
  expect([...desk.keep()]).toEqual([7, 2, 1, 0, 1]);
  expect(desk.ask(0, { id: 'c', ready: 1, flow: 1 })[0].decision?.tickets[0].slot).toBe(3);
});

test('G8: a cut shows its overhang at once, stops new tickets, and moves the cheapest when decided', () => {
  const services = [
    { id: 's', weight: 1 },
    { id: 'dear', weight: 3 },
  ];
  const desk = open({ world: { ...one, services } });
  desk.ask(0, { id: 'a', ready: 3, flow: 1 }, { id: 'b', ready: 3 });
  desk.gate.setCapacity(0, 3, 1, desk.at(0));
  expect(desk.gate.listOverhang()).toEqual([{ resource: 0, slot: 3, parcels: 1 }]);
  expect(desk.places(0, { id: 'c', ready: 3 })).toBe('4x1');
  expect([0, 1].map((row) => slotOf(desk, row))).toEqual([3, 3]);
  desk.gate.settleOverhang(desk.at(0));
  expect([0, 1].map((row) => slotOf(desk, row))).toEqual([3, 4]);
  expect(desk.gate.listOverhang()).toEqual([]);
});

test('G8: a ticket in a frozen slot is not moved, and its overhang stays in sight', () => {
  const desk = open();
  desk.ask(0, { id: 'a', ready: 2 }, { id: 'b', ready: 2 });
  desk.gate.setCapacity(0, 2, 0, desk.at(0));
  desk.gate.settleOverhang(desk.at(0));
  expect(desk.gate.listOverhang()).toEqual([{ resource: 0, slot: 2, parcels: 2 }]);
});

test('G8: a new plan keeps tickets, opens its own shares, and is refused when stale or shorter', () => {
  const desk = open({ shares: [[0, 0, 2, 0, 2]] });
  const { gate, network } = desk;
  desk.ask(0, { id: 'a', parcels: 2 });
  const plan = (version: number, from: number, slots: number) =>
    planOf(network, version, { from, slots }, () => 1, [
      [1, 0, 2, 0, 5],
      [1, 0, 4, 0, 1],
    ]);
  expect(gate.adopt(plan(1, 0, 6), desk.at(1))).toBe('stale');
  expect(gate.adopt(plan(2, 1, 4), desk.at(1))).toBe('shorter-horizon');
  expect(gate.adopt(plan(2, 1, 6), desk.at(1))).toBe('adopted');
  expect(gate.listOverhang()).toEqual([{ resource: 0, slot: 2, parcels: 1 }]);
  expect(desk.places(1, { shipper: 1, id: 'b', ready: 2 })).toBe('4x1');
  expect(recount(gate)).toEqual([]);
});

test('G9: a ticket later than ready names the plan, what binds when it is ready, and its price', () => {
  const desk = open({ capacity: (_, u) => (u === 0 ? 0 : 2), prices: [[0, 0, 2.5]] });
  expect(desk.ask(0, { id: 'a' })[0].decision).toMatchObject({
    plan: 1,
    reason: 'binds',
    binding: { resource: 0, slot: 0, price: 2.5 },
  });
  expect(desk.ask(0, { id: 'b', ready: 1 })[0].decision).toMatchObject({ plan: 1, reason: 'none' });
  expect(desk.ask(0, { id: 'c', parcels: 3 })[0].decision).toMatchObject({
    reason: 'noSlot',
    binding: { resource: 0, slot: 0, price: 2.5 },
  });
});

test('G10: equal shares are cut alike: to the same whole number', () => {
  const shares: Share[] = [
    [0, 0, 3, 0, 5],
    [1, 0, 3, 0, 5],
    [2, 0, 3, 0, 5],
  ];
  const desk = open({ capacity: 15, shares });
  desk.gate.setCapacity(0, 3, 11, desk.at(0));
  const { shares: left } = desk.gate.state;
  expect([0, 1, 2].map((run) => left.left(run))).toEqual([3, 3, 3]);
});

test('G11: the clock only goes forward; ready in the past counts as now; behind the horizon is refused', () => {
  const desk = open();
  expect(desk.places(2.5, { id: 'a', ready: 0 })).toBe('2x1');
  expect(desk.places(1, { id: 'b', ready: 0 })).toBe('2x1');
  expect(desk.places(1, { id: 'c', ready: 6 })).toBe('beyondHorizon');
});

test('P4: without a plan nothing is answered for good', () => {
  const desk = new Desk(new Gate(gateNetwork(scenarioFrom(one)), DEFAULT_POLICY, KEY));
  expect(desk.ask(0, { id: 'a' })[0].status).toBe(UNANSWERED);
});

test('G10: free capacity asked for together by one cohort is shared in proportion, whoever comes first', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 5 });
  fc.assert(
    fc.property(sizes, fc.nat(4), fc.array(fc.nat(3), { maxLength: 4 }), (asked, capacity, own) => {
      const shares = own.map((n, shipper): Share => [shipper, 0, 1, 0, n]);
      const free = (_: number, u: number): number => (u === 1 ? 20 : capacity);
      const desk = open({ capacity: free, shares });
      const answers = desk.ask(
        0,
        ...asked.map((parcels, shipper) => ({
          shipper,
          id: 'a',
          parcels,
          divisible: true,
          notAfter: 0,
        })),
      );
      const total = asked.reduce((sum, n) => sum + n, 0);
      const given = answers.map(({ decision }) =>
        (decision?.tickets ?? []).reduce((sum, { parcels }) => sum + parcels, 0),
      );
      const released = given.reduce((sum, n) => sum + n, 0);
      expect(released).toBe(Math.min(total, capacity));
      expect(recount(desk.gate)).toEqual([]);
      const again = new GateState(desk.network, DEFAULT_POLICY);
      replay(again, Int32Array.from(desk.journal), () => desk.gate.state.plan);
      expect(stateHash(again)).toBe(stateHash(desk.gate.state));
      given.forEach((x, i) => {
        expect(Math.abs(x * total - asked[i] * released)).toBeLessThan(total);
      });
    }),
  );
});

test('G10, G2: a repeat among requests answered together is a repeat', () => {
  const desk = open({ capacity: 3 });
  const asked = { id: 'a', parcels: 2, divisible: true };
  const answers = desk.ask(0, asked, { ...asked, shipper: 1 }, asked);
  expect(answers.map(({ status }) => status)).toEqual([TICKETED, TICKETED, REPEATED]);
  expect(answers[2].row).toBe(answers[0].row);
});
