import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { WORLD, type WorldParameters } from '../../../src/world/simulation/options.js';
import type { SimulationRun } from '../../../src/world/simulation/run.js';
import { simulate } from '../../../src/world/simulation/simulate.js';
import { askedFor } from '../../support/lived-world.js';
import { scenarioFrom, type World } from '../../support/scenario-from.js';

const street = { origin: 'x', destination: 'y' };

/** To the door, every time, at once: couriers from 8 to 20 do twice what comes in, for half a day. */
const PLAIN: WorldParameters = {
  ...WORLD,
  shift: [8, 20],
  outletWaitHours: 0,
  roundHours: 0,
  lockerShare: 0,
  failedShare: 0,
};

type Arrivals = Readonly<Record<number, number>>;

/** An outlet of `capacity` a slot that parcels reach in the slot in which they are ready. */
function outlet(capacity: number, arrivals: Arrivals, world: Partial<World> = {}): World {
  const slots = Object.keys(arrivals).map(Number);
  return {
    slots: Math.max(...slots) + 1,
    resources: [{ id: 'out', kind: 'delivery', capacity }],
    routes: [{ id: 'way', ...street, steps: [{ resource: 'out' }] }],
    demand: slots.map((slot) => ({ ...street, slot, parcels: arrivals[slot] })),
    ...world,
  };
}

function live(world: World, parameters: Partial<WorldParameters> = {}): Promise<SimulationRun> {
  return simulate(scenarioFrom(world), askedFor({ world: { ...PLAIN, ...parameters } }));
}

/** `slot: parcels` of every slot in which any were delivered. */
function deliveries({ curves }: SimulationRun): string {
  const slots = [...curves.delivered.entries()].filter(([, parcels]) => parcels > 0);
  return slots.map(([slot, parcels]) => `${slot}: ${parcels}`).join(', ');
}

describe('couriers set out in shifts', () => {
  it('an outlet of 10 an hour that got 90 at night does 20 an hour from 8 and is empty after 12', async () => {
    const run = await live(outlet(10, { 0: 90 }));
    expect(deliveries(run)).toBe('8: 20, 9: 20, 10: 20, 11: 20, 12: 10');
    // 8 h for all of them, then 1, 2, 3 and 4 more for those of the later hours.
    expect(run.figures.meanHours).toBeCloseTo(8 + (20 * (1 + 2 + 3) + 10 * 4) / 90, 12);
  });

  it.each([
    { slotMinutes: 15, capacity: 10, expected: '32: 20, 33: 20, 34: 20, 35: 20, 36: 10' },
    { slotMinutes: 1440, capacity: 240, expected: '0: 90' },
    { slotMinutes: 1440, capacity: 40, expected: '0: 40, 1: 40, 2: 10' },
  ])('in slots of $slotMinutes minutes, $capacity a slot', async (outletOf) => {
    const { slotMinutes, capacity, expected } = outletOf;
    const run = await live(outlet(capacity, { 0: 90 }, { slotMinutes }));
    expect(deliveries(run)).toBe(expected);
  });

  it('what a shift leaves waits for the next, oldest first, and rounds take their time', async () => {
    // 240 in twelve hours: 40 of the first 280 are left, and go before the 5 of the evening.
    const run = await live(outlet(10, { 0: 280, 19: 5 }), { roundHours: 3 });
    const day = Array.from({ length: 12 }, (_, i) => `${11 + i}: 20`);
    expect(deliveries(run)).toBe([...day, '35: 20', '36: 20', '37: 5'].join(', '));
    // Nothing of the night took longer than until 36.
    expect(run.readyToDelivered.length - 1).toBe(36);
  });

  it('keeps what is less than a parcel: a day’s capacity is a day’s, however it falls into slots', async () => {
    // 24 in a shift of nine hours: 2⅔ an hour.
    const run = await live(outlet(1, { 0: 24 }), { shift: [9, 18] });
    expect(deliveries(run)).toBe('9: 2, 10: 3, 11: 3, 12: 2, 13: 3, 14: 3, 15: 2, 16: 3, 17: 3');
  });

  it('a closure by day stops them, one by night does not', async () => {
    const [night, day] = [7, 8].map((slot) => [{ resource: 'out', slot, capacity: 0 }]);
    const open = await live(outlet(10, { 0: 40 }, { capacity: night }));
    const late = await live(outlet(10, { 0: 40 }, { capacity: day }));
    expect([open, late].map(deliveries)).toEqual(['8: 20, 9: 20', '9: 20, 10: 20']);
  });
});

test('a quarter of the doors stay shut: those parcels come again the next day, and the next', async () => {
  // 20 − 5 and 20 − 5; of the 10 then 2 fail (2.5, half a parcel kept), of these 2 one (0.5 + 0.5), which
  // is taken in the day after that.
  const run = await live(outlet(10, { 8: 40 }), { failedShare: 0.25 });
  expect(deliveries(run)).toBe('8: 15, 9: 15, 32: 8, 56: 1, 80: 1');
});

describe('stations and lockers', () => {
  const agreed = { lockerShare: 0.5, lockerEffort: 0.5, lockerHalfHours: 1e9 };

  it('when they are full, all go to doors, and fewer in an hour', async () => {
    // One effort is a parcel of the mix, a door 1 / (0.5 + 0.5 · 0.5) = 4/3. Of 20 an hour 10 go into
    // lockers, which hold a quarter of a day’s 120: full after three hours. Then 20 / (4/3) = 15 an hour.
    const run = await live(outlet(10, { 0: 120 }), { ...agreed, lockerRoom: 0.25 });
    expect(deliveries(run)).toBe('8: 20, 9: 20, 10: 20, 11: 15, 12: 15, 13: 15, 14: 15');
  });

  it('are emptied by recipients, night and day', async () => {
    // Full (30) after three hours if nobody came; with half collected in an hour there is always room.
    const busy = { ...agreed, lockerRoom: 0.25, lockerHalfHours: 1 };
    const run = await live(outlet(10, { 0: 80 }), busy);
    expect(deliveries(run)).toBe('8: 20, 9: 20, 10: 20, 11: 20');
  });

  it('named regression: couriers with less than a door’s effort a slot did nothing while lockers were full', async () => {
    // One effort a slot, a door costs 4/3: three parcels in four slots.
    const run = await live(outlet(1, { 0: 6 }), { ...agreed, shift: [0, 24], lockerRoom: 0 });
    expect(deliveries(run)).toBe('1: 1, 2: 1, 3: 1, 5: 1, 6: 1, 7: 1');
  });

  it('never fail', async () => {
    const everyone = { ...agreed, lockerShare: 1, lockerRoom: 9, failedShare: 1 };
    expect(deliveries(await live(outlet(10, { 8: 20 }), everyone))).toBe('8: 20');
  });
});

test('every parcel is delivered once, whatever the shifts, failures and lockers', async () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const world = fc.record({
    capacity: fc.integer({ min: 1, max: 20 }),
    slotMinutes: fc.constantFrom(15, 50, 60, 1440),
    arrivals: fc
      .array(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 60 })), { minLength: 1 })
      .map((rows): Arrivals => Object.fromEntries(rows)),
    shift: fc.constantFrom([8, 20], [0, 24], [9.5, 10]) as fc.Arbitrary<[number, number]>,
    roundHours: fc.constantFrom(0, 0.4, 2.95),
    lockerShare: share,
    lockerEffort: fc.double({ min: 0.1, max: 1, noNaN: true }),
    lockerRoom: share,
    failedShare: fc.double({ min: 0, max: 0.5, noNaN: true }),
  });
  await fc.assert(
    fc.asyncProperty(world, async ({ capacity, slotMinutes, arrivals, ...parameters }) => {
      const parcels = Object.values(arrivals).reduce((sum, n) => sum + n, 0);
      const run = await live(outlet(24 * capacity, arrivals, { slotMinutes }), parameters);
      expect(run.figures.delivered).toBe(parcels);
      expect(run.curves.delivered.reduce((sum, n) => sum + n, 0)).toBe(parcels);
      // At every moment no more has been delivered than had come.
      let inNetwork = 0;
      for (let t = 0; t < run.slots; t++) {
        inNetwork += run.curves.released[t] - run.curves.delivered[t];
        expect(inNetwork).toBeGreaterThanOrEqual(0);
      }
    }),
    { numRuns: 60 },
  );
});
