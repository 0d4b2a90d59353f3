import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../../src/network/scenario.js';
import { checkSlot } from '../../../src/world/simulation/check.js';
import { Fate } from '../../../src/world/simulation/fate.js';
import type { Flow } from '../../../src/world/simulation/flow.js';
import type { SimulationOptions } from '../../../src/world/simulation/options.js';
import { simulate } from '../../../src/world/simulation/simulate.js';
import { compileWays } from '../../../src/world/simulation/ways.js';
import {
  arbitrarySeason,
  arbitrarySurprises,
  withoutFloors,
} from '../../support/arbitrary-season.js';
import { AMPLE, askedFor, LivedWorld, PHYSICS } from '../../support/lived-world.js';
import { scenarioFrom, type World } from '../../support/scenario-from.js';

/** Policies that plan take their time, and the world is the same for all. */
const arbitraryPolicy = fc.oneof(
  { weight: 8, arbitrary: fc.constant('at-once' as const) },
  { weight: 4, arbitrary: fc.constantFrom('throttle' as const, 'first-served' as const) },
  { weight: 1, arbitrary: fc.constantFrom('plan' as const, 'foresight' as const) },
);

const arbitraryChoice = fc.record({
  policy: arbitraryPolicy,
  surprises: arbitrarySurprises,
  seed: fc.nat(99),
});

describe('parcels', () => {
  it('are conserved whatever happens: no checker trips, and what is counted adds up', async () => {
    const physics = fc.record({
      vehicleParcels: fc.constantFrom(1, 3, 10_000),
      hire: fc.constantFrom(0, 0.3),
      fleetHeadroom: fc.constantFrom(0.2, 1.3),
    });
    const property = fc.asyncProperty(
      arbitrarySeason,
      arbitraryChoice,
      physics,
      async (world, choice, some) => {
        const scenario = scenarioFrom(world);
        const run = await simulate(
          scenario,
          live(world, { ...choice, world: { ...PHYSICS, ...some } }),
        );
        const { curves, figures, readyToDelivered } = run;
        const released = sum(curves.released);
        const pickedUp = sum(curves.pickedUp);
        expect([sum(curves.ready), sum(curves.delivered), sum(readyToDelivered)]).toEqual([
          figures.ready,
          figures.delivered,
          figures.delivered,
        ]);
        expect(figures.ready).toBeGreaterThanOrEqual(released);
        expect(released).toBeGreaterThanOrEqual(pickedUp);
        expect(pickedUp).toBeGreaterThanOrEqual(figures.delivered);
      },
    );
    await fc.assert(property, { numRuns: 100 });
  });

  it('are all delivered that have a route, where no floor is ever full', async () => {
    const property = fc.asyncProperty(arbitrarySeason, arbitraryChoice, async (world, choice) => {
      const open = withoutFloors(world);
      const more = world.slotMinutes === 1440 ? 1000 : 10;
      const resources = open.resources.map((r) => ({ ...r, capacity: r.capacity + more }));
      const scenario = scenarioFrom({ ...open, resources });
      const { figures, curves } = await simulate(scenario, live(world, choice));
      expect(figures.delivered).toBe(withRoute(scenario, choice));
      expect([sum(curves.released), sum(curves.pickedUp)]).toEqual([
        figures.delivered,
        figures.delivered,
      ]);
    });
    await fc.assert(property, { numRuns: 120 });
  });
});

describe('a breach is seen:', () => {
  it.each<[string, string, (lived: LivedWorld) => unknown]>([
    ['parcels lost', '38 parcels in the network, 37 in its places', ({ flow }) => flow.onRoad--],
    ['parcels made up', '38 parcels in the network, 39', ({ flow }) => flow.stock[0]++],
    ['moved to another place', 'queue of 0 miscounted', ({ flow }) => move(flow.queued, 0, 1)],
    ['less than none', 'fewer than no parcels', ({ flow }) => move(flow.queued, 2, 0, 9)],
    ['a release unheard of', '2 parcels lost between', ({ shippers }) => (shippers.total -= 2)],
    ['a delivery made up', '37 parcels in the network, 38', ({ flow }) => flow.delivered++],
    ['a batch dropped', 'queue of 0 miscounted', ({ flow }) => (flow.queue.head[0] = -1)],
    ['a batch grown', 'vehicles outside 1', ({ flow }) => grow(flow, flow.outside.head[1])],
    ['a vehicle dropped', 'vehicles outside 1', ({ flow }) => (flow.outside.head[1] = -1)],
    ['sorted ones dropped', 'without a vehicle at 0', ({ flow }) => (flow.starved.head[0] = -1)],
    ['a way lost', 'parcels on road and floors', ({ flow }) => flow.road.head.fill(-1)],
    ['one vehicle too many', 'took a vehicle too many', ({ flow }) => move(flow.stock, 0, 1)],
    ['overflow concealed', 'overflow of 1 not as recorded', (l) => (l.recorder.overflow[8][1] = 0)],
    ['overflow invented', 'overflow of 0 not as recorded', (l) => (l.recorder.overflow[8][0] = 1)],
  ])('%s', async (_, message, plant) => {
    const lived = await jammed();
    expect(() => check(lived)).not.toThrow();
    plant(lived);
    expect(() => check(lived)).toThrow(message);
  });

  it('travel back in time', async () => {
    const lived = await jammed();
    lived.flow.fleet.room.fill(9);
    lived.fate.delay = () => -9;
    await expect(lived.step()).rejects.toThrow('a load of slot 9 for 2');
  });
});

/**
 * Two parcels a slot over a hub of 2 into one of 1, whose floor holds none: after nine slots there are
 * parcels in every state, a queue at the first hub, sorted ones with and without a vehicle, some on the
 * road, some outside the second hub, which has one above its floor.
 */
async function jammed(): Promise<LivedWorld> {
  const ends = { origin: 'x', destination: 'y' };
  const steps = [{ resource: 'near' }, { resource: 'far', lag: 4 }, { resource: 'out', lag: 9 }];
  const scenario = scenarioFrom({
    slots: 9,
    resources: [
      { id: 'near', capacity: 2, floor: 99 },
      { id: 'far', capacity: 1, floor: 0 },
      { id: 'out', capacity: 2, kind: 'customs' },
    ],
    routes: [{ id: 'way', ...ends, steps }],
    demand: [{ ...ends, slot: 0, parcels: 38 }],
  });
  const physics = { ...AMPLE, vehicleParcels: 1, fleetHeadroom: 0.5, hire: 0 };
  const lived = new LivedWorld(scenario, physics);
  for (let t = 0; t < 9; t++) await lived.step((door) => door.release(0, 0, door.waiting[0]));
  return lived;
}

/** In a slot in which all lists are recounted. */
function check({ flow, shippers, recorder }: LivedWorld): void {
  checkSlot(24, flow, shippers, recorder.overflow[8]);
}

function move(places: Float64Array, from: number, to: number, parcels = 1): void {
  places[from] -= parcels;
  places[to] += parcels;
}

function grow({ loads, batches }: Flow, load: number): void {
  batches.parcels[loads.head[load]] += 1;
}

function live(world: World, choice: Partial<SimulationOptions>): SimulationOptions {
  const slotHours = (world.slotMinutes ?? 60) / 60;
  const { planner } = askedFor();
  const often = { replanHours: 5 * slotHours, horizonHours: 12 * slotHours };
  return askedFor({ planner: { ...planner, gap: 0.1, ...often }, ...choice });
}

/** Parcels that really become ready and have a route. */
function withRoute(
  scenario: Scenario,
  { surprises, seed }: Pick<SimulationOptions, 'surprises' | 'seed'>,
): number {
  const { demand, pairs } = scenario;
  const { cohortParcels } = new Fate(scenario, compileWays(scenario), surprises, seed);
  let parcels = 0;
  demand.flowPair.forEach((p, f) => {
    if (pairs.routeStart[p] === pairs.routeStart[p + 1]) return;
    for (let k = demand.cohortStart[f]; k < demand.cohortStart[f + 1]; k++) {
      parcels += cohortParcels[k];
    }
  });
  return parcels;
}

function sum(values: Float64Array): number {
  return values.reduce((total, n) => total + n, 0);
}
