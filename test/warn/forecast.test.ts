import { describe, expect, it } from 'vitest';
import { assess } from '../../src/warn/assess.js';
import { DEFAULT_WARN_POLICY } from '../../src/warn/default-policy.js';
import { forecastLoads } from '../../src/warn/forecast.js';
import { normalBelow } from '../../src/warn/normal.js';
import { warnModel } from '../../src/warn/warn-model.js';
import { CERTAIN, ONE_HUB, oneHub, releasesOf, seenOf, steady } from '../support/hand-warned.js';
import { scenarioFrom } from '../support/scenario-from.js';

const HOUR = 3_600_000;
const scenario = oneHub();
const model = warnModel(scenario, undefined, CERTAIN);
const [P, H, G] = ['p', 'h', 'g'].map((id) => scenario.resources.ids.findText(id));

describe('a hub that is filled at a known rate', () => {
  it('has the stock that arithmetic gives, and passes its floor when it does', () => {
    // From slot 1 on 200 come and 100 are sorted, which stand two slots more: 100·u + 200 at the end of slot u ≥ 2.
    const [hub] = forecastLoads(model, seenOf(scenario, { planned: steady(0, 200) }));
    expect([...hub.stock.subarray(0, 5)]).toEqual([0, 200, 400, 500, 600]);
    expect(hub.stock[9]).toBe(1100);
    // 1,050 is passed half way through slot 9.
    expect(hub.chance).toBeCloseTo(1, 6);
    expect(hub.breachIn).toBeCloseTo(9.5, 6);
  });

  it('is warned of with that lead time, and what brings it about', () => {
    const seen = seenOf(scenario, { planned: steady(0, 200) });
    const [hub] = assess(model, DEFAULT_WARN_POLICY, seen);
    expect(hub.subject).toEqual({ kind: 'resource', id: 'h' });
    expect(hub.breachAt).toBe(seen.at + 9.5 * HOUR);
    expect(hub).toMatchObject({
      basis: 'plan',
      shape: 'sustained',
      owner: { operator: 'o', region: '330100' },
    });
    expect(hub.causes[0]).toMatchObject({ kind: 'released', parcels: 23 * 200 });
  });

  it('is seen from what is on its way, and from its stock, where these suffice', () => {
    const bound = new Float64Array(4);
    bound[H] = 3000;
    const departed = { slots: 1, values: Float64Array.of(3000, 0, 0, 0) };
    const released = releasesOf([[0, -1, 3000]]);
    const onTheWay = seenOf(scenario, { bound, departed, arrived: departed, released });
    expect(assess(model, DEFAULT_WARN_POLICY, onTheWay)[0]).toMatchObject({
      basis: 'onTheWay',
      shape: 'sustained',
    });
    const stock = new Float64Array(4);
    stock[H] = 1060;
    const [over] = assess(model, DEFAULT_WARN_POLICY, seenOf(scenario, { stock }));
    expect(over).toMatchObject({ basis: 'stock', shape: 'peak', level: 'red', chance: 1 });
    expect(over.breachAt).toBe(seenOf(scenario).at);
  });

  it('is not, where what comes can be sorted', () => {
    const seen = seenOf(scenario, { planned: steady(0, 100) });
    expect(forecastLoads(model, seen)[0].chance).toBeLessThan(1e-6);
    expect(assess(model, DEFAULT_WARN_POLICY, seen)).toEqual([]);
  });
});

describe('what is not known', () => {
  it('parcels on their way without a known departure come evenly over their way; none is lost', () => {
    const bound = new Float64Array(4);
    bound[H] = 90;
    const [hub] = forecastLoads(model, seenOf(scenario, { bound }));
    expect(hub.known.reduce((all, n) => all + n, 0)).toBeCloseTo(90, 6);
  });

  it('a slower pace, seen while there was a queue, is expected to go on', () => {
    const slots = 12;
    const values = (perSlot: number) => {
      const table = new Float64Array(4 * slots);
      table.fill(perSlot, H * slots, (H + 1) * slots);
      return { slots, values: table };
    };
    const stock = new Float64Array(4);
    stock[H] = 900;
    const seen = seenOf(scenario, { slot: 20, stock, arrived: values(80), departed: values(70) });
    const [hub] = forecastLoads(model, seen);
    expect(hub.rate[1] / 100).toBeGreaterThan(0.7);
    expect(hub.rate[1] / 100).toBeLessThan(0.85);
    expect(hub.rate[23]).toBeGreaterThan(hub.rate[1]);
  });

  it('scans that are old widen what stock may be', () => {
    const stock = new Float64Array(4);
    stock[H] = 700;
    const fresh = forecastLoads(model, seenOf(scenario, { stock }))[0];
    const ageHours = new Float64Array(4).fill(6);
    const old = forecastLoads(model, seenOf(scenario, { stock, ageHours }))[0];
    expect(old.spread[3]).toBeGreaterThan(2 * fresh.spread[3]);
    expect(old.chance).toBeGreaterThan(fresh.chance);
  });

  it('the normal distribution is one', () => {
    expect(normalBelow(0)).toBe(0.5);
    expect(normalBelow(1.959964)).toBeCloseTo(0.975, 6);
    expect(normalBelow(-8)).toBeLessThan(1e-14);
  });
});

describe('order', () => {
  it('resources in another order change nothing', () => {
    const shuffled = scenarioFrom({ ...ONE_HUB, resources: ONE_HUB.resources.toReversed() });
    const other = warnModel(shuffled, undefined, CERTAIN);
    const planned = releasesOf(
      Array.from({ length: 40 }, (_, slot) => [slot % 2, slot, 400 + 50 * (slot % 3)]),
    );
    const a = assess(model, DEFAULT_WARN_POLICY, seenOf(scenario, { planned }));
    const b = assess(other, DEFAULT_WARN_POLICY, seenOf(shuffled, { planned }));
    expect(b).toEqual(a);
    expect(a.length).toBeGreaterThan(0);
    expect([P, G].every((r) => r >= 0)).toBe(true);
  });
});
