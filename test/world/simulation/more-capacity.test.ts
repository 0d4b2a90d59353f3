import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { holdingCost, type Scenario } from '../../../src/network/scenario.js';
import { makePolicy } from '../../../src/world/policy/make-policy.js';
import { arbitrarySeason, withoutFloors } from '../../support/arbitrary-season.js';
import { AMPLE, askedFor, LivedWorld } from '../../support/lived-world.js';
import { scenarioFrom, type World } from '../../support/scenario-from.js';

/** Slots in which everything can be released, if at all. */
const HORIZON = 60;

/**
 * Without surprises, floors and vehicles apart, a season under the plan costs what its releases cost: the
 * network adds nothing. With plans of objective Z and bound L at slot 0 and whenever it plans again,
 *
 *     cost ≤ Z(first) + Σ over the later plans of (Z − L) ≤ L(first) + Σ over all plans of (Z − L),
 *
 * for going on with the plan before is one way to plan again, and between plans what is free is only used
 * where that saves. L(first) is at most the cost of any way to release all within the horizon that no
 * resource is too small for; and what is done with less capacity can be done with more. So more capacity
 * costs at most the sum of Z − L more: what the plans admit that they may be from the best.
 */
it('more capacity never hurts under the plan, but for what its certificates leave open', async () => {
  let compared = 0;
  const property = fc.asyncProperty(
    arbitrarySeason,
    fc.array(fc.nat(8), { minLength: 6, maxLength: 6 }),
    async (world, more) => {
      const less = await underThePlan(withoutFloors(world));
      const richer = await underThePlan(withMore(withoutFloors(world), more));
      expect(richer.delivered).toBeGreaterThanOrEqual(less.delivered);
      for (const { delivered, released, late } of [less, richer]) {
        expect({ delivered, late }).toEqual({ delivered: released, late: 0 });
      }
      if (less.released < less.routable || less.last >= HORIZON) return;
      compared += 1;
      expect(richer.cost).toBeLessThanOrEqual(less.cost + richer.open + 1e-6 * less.cost);
    },
  );
  await fc.assert(property, { numRuns: 60 });
  expect(compared).toBeGreaterThan(10);
});

async function underThePlan(world: World) {
  // The last mile keeps shifts, and brings failed deliveries again: other places do as they are told.
  const resources = world.resources.map((r) =>
    r.kind === 'delivery' || r.kind === 'locker' ? { ...r, kind: 'customs' } : r,
  );
  const scenario = scenarioFrom({ ...world, slotMinutes: 60, resources });
  const lived = new LivedWorld(scenario, AMPLE);
  let open = 0;
  const policy = makePolicy('plan', scenario, {
    ...askedFor(),
    planner: { ...askedFor().planner, replanHours: 9 * HORIZON, horizonHours: HORIZON },
    truth: lived.fate,
    onPlan: ({ objective, bound }) => (open += objective - bound),
  });
  for (let t = 0; t < 2 * HORIZON; t++) await lived.step((door) => policy.decide(door));
  await lived.finish();
  const { sent } = lived.door;
  const { delivered, timetable, released } = lived.flow;
  return {
    open,
    delivered,
    released,
    routable: released + lived.shippers.total - lived.shippers.stranded,
    last: Math.max(...sent.map(({ slot }) => slot)),
    late: lived.recorder.deliveredSlots - lived.holds.releaseSlots - timetable,
    cost: costOf(scenario, lived),
  };
}

function costOf({ routes, demand, services }: Scenario, { door }: LivedWorld): number {
  let cost = 0;
  for (const { flow, slot, readySlot, route, parcels } of door.sent) {
    const service = services[demand.flowService[flow]];
    const hold = holdingCost(service, slot - readySlot);
    cost += parcels * (hold + service.weight * routes.cost[route]);
  }
  return cost;
}

function withMore(world: World, more: readonly number[]): World {
  const extra = new Map(world.resources.map(({ id }, r) => [id, more[r]]));
  const raised = (id: string, capacity: number) => capacity + (extra.get(id) ?? 0);
  return {
    ...world,
    resources: world.resources.map((r) => ({ ...r, capacity: raised(r.id, r.capacity) })),
    capacity:
      world.capacity?.map((c) => ({ ...c, capacity: raised(c.resource, c.capacity) })) ?? [],
  };
}
