import { describe, expect, it } from 'vitest';
import { assess } from '../../src/warn/assess.js';
import { DEFAULT_WARN_POLICY } from '../../src/warn/default-policy.js';
import { forecastLoads } from '../../src/warn/forecast.js';
import { warnModel } from '../../src/warn/warn-model.js';
import { CERTAIN, ONE_HUB, seenOf, steady } from '../support/hand-warned.js';
import { scenarioFrom } from '../support/scenario-from.js';

/** Of a hub that passes its floor; the other hub of the province, elsewhere, has a floor for so many and stays empty. */
function subjectsBeside(floor: number): string[] {
  const resources = ONE_HUB.resources.map((r) => (r.id === 'g' ? { ...r, floor } : r));
  const scenario = scenarioFrom({ ...ONE_HUB, resources });
  const model = warnModel(scenario, undefined, CERTAIN);
  const seen = seenOf(scenario, { planned: steady(0, 200) });
  const all = assess(model, DEFAULT_WARN_POLICY, seen);
  for (const { level, breachAt, chance } of all) {
    expect([level, breachAt, chance]).toEqual([all[0].level, all[0].breachAt, all[0].chance]);
  }
  return all.map(({ subject }) => `${subject.kind} ${subject.id}`);
}

describe('areas', () => {
  it('have the level of those with three tenths of their floors', () => {
    expect(subjectsBeside(2451)).toEqual(['resource h', 'city 330100']);
    expect(subjectsBeside(2449)).toEqual([
      'resource h',
      'city 330100',
      'province 330000',
      'operator o',
      'nation 000000',
    ]);
  });
});

describe('a line-haul', () => {
  it('brings what it can: what is late on it waits for it', () => {
    const scenario = scenarioFrom({
      slots: 48,
      resources: [
        { id: 'a', kind: 'hub', capacity: 1000, floor: 5000, operator: 'o' },
        { id: 'l', kind: 'lane', capacity: 50, operator: 'o' },
        { id: 'b', kind: 'hub', capacity: 1000, floor: 5000, operator: 'o' },
      ],
      routes: [
        {
          id: 'r',
          origin: 'x',
          destination: 'y',
          steps: [{ resource: 'a' }, { resource: 'l', lag: 3 }, { resource: 'b', lag: 6 }],
        },
      ],
      demand: [{ shipper: 's', origin: 'x', destination: 'y', slot: 0, parcels: 400 }],
    });
    const [l, b] = ['l', 'b'].map((id) => scenario.resources.ids.findText(id));
    const [stock, bound] = [new Float64Array(3), new Float64Array(3)];
    stock[l] = 400;
    bound[b] = 400;
    const seen = seenOf(scenario, { slot: 30, stock, bound });
    const hubs = forecastLoads(warnModel(scenario, undefined, CERTAIN), seen);
    const known = [...(hubs.find(({ resource }) => resource === b)?.known ?? [])];
    expect(known.slice(0, 9).map(Math.round)).toEqual([50, 50, 50, 50, 50, 50, 50, 50, 0]);
  });
});
