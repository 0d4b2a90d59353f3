import { expect, test } from 'vitest';
import { filmNetwork } from '../../../src/world/film/film-network.js';
import { FULL_UNKNOWN, type Reel } from '../../../src/world/film/reel.js';
import { shoot } from '../../../src/world/film/shoot.js';
import { NO_SURPRISE, ORDINARY } from '../../../src/world/simulation/options.js';
import { simulate } from '../../../src/world/simulation/simulate.js';
import { askedFor } from '../../support/lived-world.js';
import { scenarioFrom } from '../../support/scenario-from.js';

const ends = { origin: 'x', destination: 'y' };

/** Two hubs and the line-haul between them; the second is small, and so is its floor. The third has no floor. */
const SCENARIO = scenarioFrom({
  slots: 12,
  resources: [
    { id: 'near', capacity: 60, floor: 90 },
    { id: 'haul', kind: 'lane', capacity: 40 },
    { id: 'far', capacity: 10, floor: 30 },
    { id: 'open', capacity: 10 },
    { id: 'doors', kind: 'delivery', capacity: 100 },
  ],
  routes: [
    {
      id: 'way',
      ...ends,
      steps: [
        { resource: 'near' },
        { resource: 'haul', lag: 2 },
        { resource: 'far', lag: 4 },
        { resource: 'doors', lag: 9 },
      ],
    },
    { id: 'other', ...ends, cost: 9, steps: [{ resource: 'open' }, { resource: 'doors', lag: 3 }] },
  ],
  demand: [0, 1, 2, 3].map((slot) => ({ ...ends, slot, parcels: 60 })),
});

async function reels(options: Parameters<typeof shoot>[1]): Promise<Reel[]> {
  const all: Reel[] = [];
  for await (const reel of shoot(SCENARIO, options)) all.push(reel);
  return all;
}

test('a film has the hubs, and the line-hauls between two of them', () => {
  const { hubs, lanes } = filmNetwork(SCENARIO);
  const named = (r: number) => SCENARIO.resources.ids.get(r);
  expect(Array.from(hubs, named)).toEqual(['near', 'far', 'open']);
  expect(lanes.from.length).toBe(1);
  expect([lanes.from[0], lanes.to[0], named(lanes.resource[0])]).toEqual([0, 1, 'haul']);
});

test.each([NO_SURPRISE, ORDINARY])(
  'what a film shows is the run of the same seed',
  async (surprises) => {
    const options = askedFor({ policy: 'at-once', seed: 7, surprises });
    const run = await simulate(SCENARIO, options);
    const all = await reels(options);
    const film = all[all.length - 1];
    expect(film.figures).toEqual(run.figures);
    expect(film.slots).toBe(run.slots);
    expect(film.delivered).toEqual(run.curves.delivered);
    expect(film.gridlocked).toEqual(run.gridlocked);
    expect(run.figures.overflowHours).toBeGreaterThan(0);
    expect(sum(film.overflowing)).toBe(run.figures.overflowHours);
    expect(sum(film.important)).toBe(run.figures.importantOverflowHours);
    for (let at = 0; at < run.overflow.length; at++) {
      const hub = run.hubs[at % run.hubs.length];
      const isOpen = Number.isNaN(SCENARIO.resources.floor[hub]);
      expect(isOpen ? FULL_UNKNOWN : Number(film.full[at] > 100)).toBe(
        isOpen ? film.full[at] : run.overflow[at],
      );
    }
    expect(Math.max(...film.load)).toBe(100);
  },
);

test('what was shown before is the beginning of what is shown later', async () => {
  const all = await reels(askedFor({ policy: 'at-once', seed: 7, surprises: ORDINARY }));
  expect(all.length).toBeGreaterThan(2);
  const film = all[all.length - 1];
  for (const { slots, full, outside, delivered, released, load, figures } of all.slice(0, -1)) {
    expect(figures).toBeUndefined();
    expect(full).toEqual(film.full.slice(0, full.length));
    expect(outside).toEqual(film.outside.slice(0, outside.length));
    expect(load).toEqual(film.load.slice(0, slots));
    expect(delivered).toEqual(film.delivered.slice(0, slots));
    expect(released).toEqual(film.released.slice(0, slots));
  }
});

function sum(column: Iterable<number>): number {
  return [...column].reduce((total, n) => total + n, 0);
}
