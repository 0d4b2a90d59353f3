import { expect, test } from 'vitest';
import type { Organisation } from '../../../src/edge/access/principal.js';
import { sightOf } from '../../../src/edge/track/sight.js';
import { scopeOfSender } from '../../../src/edge/track/track-season.js';
import { testTrackSeason } from '../../support/fake-tracking.js';
import { scenarioFrom } from '../../support/scenario-from.js';

/** Stations of `s`: one that only A's routes lead to, one that A's and B's do, one that none does; and B's own hub. */
const SEASON = testTrackSeason(
  undefined,
  1,
  scenarioFrom({
    slots: 4,
    resources: [
      { id: 'A/hub', capacity: 9, operator: 'A', region: '330100' },
      { id: 'B/hub', capacity: 9, operator: 'B', region: '330100' },
      { id: 's/A', kind: 'station', capacity: 9, operator: 's', region: '440100' },
      { id: 's/both', kind: 'station', capacity: 9, operator: 's', region: '440100' },
      { id: 's/none', kind: 'station', capacity: 9, operator: 's', region: '440100' },
    ],
    routes: ['A', 'B'].map((operator) => ({
      id: operator,
      operator,
      origin: 'x',
      destination: 'y',
      steps: [
        { resource: 'A/hub' },
        { resource: 's/both', lag: 1 },
        ...(operator === 'A' ? [{ resource: 's/A', lag: 2 }] : []),
      ],
    })),
    demand: [],
  }),
);

function office(operator: string, region = '000000'): Organisation {
  return { id: operator, kind: 'operator', level: 'nation', region, operator };
}

function seenBy(viewer: Organisation): string[] {
  const { ids } = SEASON.scenario.resources;
  return [...sightOf(SEASON, viewer).resources].map((r) => ids.get(r));
}

function scopeOf(operator: string): string[] {
  const who = { organisation: office(operator), actor: 'key', role: 'dispatcher' } as const;
  const { resources } = scopeOfSender(SEASON, who);
  return SEASON.scenario.resources.ids.list().filter((_, r) => resources[r] === 1);
}

test('an operator sees stations of others as long as its parcels only are there (P11)', () => {
  expect(seenBy(office('A'))).toEqual(['A/hub', 's/A']);
  expect(seenBy(office('A', '330000'))).toEqual(['A/hub']);
  expect(seenBy(office('B'))).toEqual(['B/hub']);
  const stations = { id: 's', kind: 'lastMile', level: 'city', region: '440100' } as const;
  expect(seenBy(stations)).toEqual(['s/A', 's/both', 's/none']);
});

test('it scans its parcels where its routes lead, at stations of others too, and not at other operators', () => {
  expect(scopeOf('A')).toEqual(['A/hub', 's/A', 's/both']);
  expect(scopeOf('B')).toEqual(['B/hub', 's/both']);
});
