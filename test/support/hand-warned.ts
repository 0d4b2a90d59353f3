import type { Scenario } from '../../src/network/scenario.js';
import type { Releases, Seen } from '../../src/warn/seen.js';
import { ASSUMED, type Assumptions } from '../../src/warn/warn-model.js';
import type { Assessment, WarningLevel } from '../../src/warn/warning.js';
import { scenarioFrom, type World } from './scenario-from.js';

/** Nothing is left to chance: what is expected comes. */
export const CERTAIN: Assumptions = {
  ...ASSUMED,
  volumeSpread: 0,
  paceSpread: 0,
  arrivalSpread: 0,
};

/** Parcels let go over route 0 of a pickup come to hub `h` an hour later, which sorts 100 an hour and has a floor for 1,050. */
export const ONE_HUB: World = {
  slots: 48,
  resources: [
    { id: 'p', kind: 'pickup', capacity: 1e6, operator: 'o', region: '330100' },
    { id: 'h', kind: 'hub', capacity: 100, floor: 1050, operator: 'o', region: '330100' },
    { id: 'g', kind: 'hub', capacity: 1000, floor: 5000, operator: 'o', region: '330700' },
    { id: 'd', kind: 'delivery', capacity: 1e6, operator: 'o', region: '330100' },
  ],
  routes: [
    {
      id: 'r',
      origin: 'a',
      destination: 'b',
      steps: [{ resource: 'p' }, { resource: 'h', lag: 1 }, { resource: 'd', lag: 4 }],
    },
    {
      id: 's',
      origin: 'a',
      destination: 'b',
      cost: 3,
      steps: [{ resource: 'p' }, { resource: 'g', lag: 1 }, { resource: 'd', lag: 6 }],
    },
  ],
  demand: [{ shipper: 'x', origin: 'a', destination: 'b', slot: 0, parcels: 9600 }],
};

export function oneHub(): Scenario {
  return scenarioFrom(ONE_HUB);
}

/** An empty network when slot 0 begins, but for what is said. */
export function seenOf(scenario: Scenario, said: Partial<Seen> = {}): Seen {
  const size = scenario.resources.capacity.length;
  const none = { slots: 0, values: new Float64Array(0) };
  const slot = said.slot ?? 0;
  return {
    at: Date.parse(scenario.start) + slot * scenario.slotMinutes * 60_000,
    slot,
    stock: new Float64Array(size),
    bound: new Float64Array(size),
    arrived: none,
    departed: none,
    released: releasesOf([]),
    planned: releasesOf([]),
    ageHours: new Float64Array(size),
    ...said,
  };
}

export function releasesOf(
  rows: readonly (readonly [route: number, slot: number, parcels: number])[],
): Releases {
  return {
    route: rows.map(([route]) => route),
    slot: rows.map(([, slot]) => slot),
    parcels: rows.map(([, , parcels]) => parcels),
  };
}

/** So many parcels over a route in each of the first slots. */
export function steady(route: number, parcels: number, slots = 48): Releases {
  return releasesOf(Array.from({ length: slots }, (_, slot) => [route, slot, parcels]));
}

/** A resource assessed at a level, kept at the same or another. */
export function assessedAt(
  id: string,
  level: WarningLevel | undefined,
  keeps: WarningLevel = level ?? 'blue',
): Assessment {
  return {
    subject: { kind: 'resource', id },
    level,
    keeps,
    basis: 'plan',
    shape: 'peak',
    breachAt: undefined,
    chance: 0.5,
    floorShare: 1,
    capacityHours: 10,
    causes: [],
    cure: undefined,
    owner: { operator: 'o', region: '330100' },
  };
}
