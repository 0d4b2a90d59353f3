import { describe, expect, it } from 'vitest';
import { cheapestCure, greatest, remediesFor } from '../../src/warn/cure.js';
import { DEFAULT_WARN_POLICY } from '../../src/warn/default-policy.js';
import { forecastLoads } from '../../src/warn/forecast.js';
import { warnModel } from '../../src/warn/warn-model.js';
import type { WarnPolicy } from '../../src/warn/warn-policy.js';
import { CERTAIN, oneHub, seenOf, steady } from '../support/hand-warned.js';

const scenario = oneHub();
const model = warnModel(scenario, undefined, CERTAIN);
const limit = DEFAULT_WARN_POLICY.limits.floorShare * 1050;

function hubsOf(perSlot: number, slots: number) {
  const hubs = forecastLoads(model, seenOf(scenario, { planned: steady(0, perSlot, slots) }));
  return { hub: hubs[0], byResource: new Map(hubs.map((hub) => [hub.resource, hub])) };
}

/** Different costs make different remedies the cheapest. */
const POLICIES: readonly WarnPolicy[] = [
  DEFAULT_WARN_POLICY,
  {
    ...DEFAULT_WARN_POLICY,
    costs: { addCapacity: 0.1, clearStock: 12 },
    limits: { ...DEFAULT_WARN_POLICY.limits, addCapacity: 3 },
  },
];

describe('the cheapest cure', () => {
  it.each([
    [140, 24],
    [180, 12],
    [200, 12],
    [300, 6],
  ])(
    'of %i an hour for %i hours averts, and no amount of any remedy that does is cheaper',
    (perSlot, slots) => {
      const { hub, byResource } = hubsOf(perSlot, slots);
      expect(greatest(hub)).toBeGreaterThan(limit);
      for (const policy of POLICIES) {
        const cure = cheapestCure(model, policy, hub, byResource);
        if (!cure?.averts) throw new Error('nothing averts');
        const remedies = remediesFor(model, policy, hub, byResource);
        const chosen = remedies.find(({ kind }) => kind === cure.kind);
        expect(greatest(chosen?.apply(cure.parcels) ?? hub)).toBeLessThanOrEqual(limit);
        let least = Infinity;
        for (const remedy of remedies) {
          for (let i = 1; i <= 1000; i++) {
            const amount = (i / 1000) * remedy.most;
            if (greatest(remedy.apply(amount)) <= limit)
              least = Math.min(least, remedy.cost(amount));
          }
        }
        expect(cure.cost).toBeLessThanOrEqual(least);
        expect(cure.cost).toBeGreaterThan(0.9 * least - 100);
      }
    },
  );

  it('is none where nothing is above the limit', () => {
    const { hub, byResource } = hubsOf(90, 24);
    expect(cheapestCure(model, DEFAULT_WARN_POLICY, hub, byResource)).toBeUndefined();
  });

  it('says so where nothing averts', () => {
    const stock = new Float64Array(4);
    stock[1] = 5000;
    const hubs = forecastLoads(model, seenOf(scenario, { stock }));
    const cure = cheapestCure(model, DEFAULT_WARN_POLICY, hubs[0], new Map());
    expect(cure).toMatchObject({ kind: 'clearStock', averts: false });
  });
});
