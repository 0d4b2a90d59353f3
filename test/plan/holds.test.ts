import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { giniOf } from '../../src/plan/gini.js';
import { measurePlan } from '../../src/plan/statistics.js';
import { arbitraryScenario } from '../support/arbitrary-scenario.js';
import { naivePlan } from '../support/naive-plan.js';
import { scenarioFrom } from '../support/scenario-from.js';
import { bottleneck, pricesOf } from '../support/worlds.js';

describe('holds', () => {
  it('are what the head makes them', async () => {
    const scenario = scenarioFrom({ ...bottleneck, slots: 2, slotMinutes: 30 });
    const plan = naivePlan(scenario, pricesOf(bottleneck, { 'hub@0': 2, 'hub@1': 1 }));
    const { holds, binding } = await measurePlan(scenario, plan.releases(), plan.prices);
    // Slot 0: a, b; slot 1: a, a; one of b carried over at slot 2.
    expect(holds.all).toEqual({
      ready: 5,
      released: 4,
      held: 2,
      carried: 1,
      meanSlots: 0.5,
      meanHours: 0.25,
      p95Slots: 1,
      p95Hours: 0.5,
      waitedSlots: 0.8,
    });
    expect(holds.byShipper.map((g) => [g.key, g.figures.ready, g.figures.waitedSlots])).toEqual([
      ['a', 3, 2 / 3],
      ['b', 2, 1],
    ]);
    // Σ n_i·n_j·|x_i − x_j| = 2·3·2·(1/3) = 4 over 2·25·0.8 = 40.
    expect(holds.inequality.shipper).toBeCloseTo(0.1, 12);
    expect(binding).toMatchObject([
      { resource: 'hub', paid: 6, slots: 2, slot: 0, price: 2, load: 2 },
    ]);
  });

  it('by any grouping add up to all, whatever the world', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryScenario, async (scenario) => {
        const plan = naivePlan(scenario);
        const { holds } = await measurePlan(scenario, plan.releases(), plan.prices);
        const { ready, released, carried } = plan.summary;
        expect(holds.all).toMatchObject({ ready, released, carried });
        const tables = [holds.byService, holds.byShipper, holds.byDestination, holds.byOrigin];
        for (const groups of tables) {
          for (const name of ['ready', 'released', 'held', 'carried'] as const) {
            const sum = groups.reduce((total, g) => total + g.figures[name], 0);
            expect(sum).toBe(holds.all[name]);
          }
        }
        for (const gini of Object.values(holds.inequality)) {
          expect(gini).toBeGreaterThanOrEqual(-1e-12);
          expect(gini).toBeLessThan(1);
        }
      }),
    );
  });

  it('fall unequally as the Gini coefficient says: its definition, pair by pair', () => {
    const group = fc.record({ n: fc.integer({ min: 1, max: 50 }), x: fc.nat(20) });
    fc.assert(
      fc.property(fc.array(group, { minLength: 1 }), (groups) => {
        const N = groups.reduce((sum, g) => sum + g.n, 0);
        const borne = groups.reduce((sum, g) => sum + g.n * g.x, 0);
        const pairs = groups.flatMap((g) => groups.map((h) => g.n * h.n * Math.abs(g.x - h.x)));
        const spread = pairs.reduce((sum, d) => sum + d, 0);
        expect(giniOf(groups)).toBeCloseTo(borne === 0 ? 0 : spread / (2 * N * borne), 9);
      }),
    );
  });
});
