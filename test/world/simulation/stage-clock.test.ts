import { expect, test } from 'vitest';
import { simulate } from '../../../src/world/simulation/simulate.js';
import { AMPLE, askedFor } from '../../support/lived-world.js';
import { scenarioFrom, type World } from '../../support/scenario-from.js';

const world: World = {
  slots: 9,
  resources: [
    { id: 'pickup', kind: 'pickup', capacity: 100 },
    { id: 'here', capacity: 100 },
    { id: 'there', capacity: 5 },
    { id: 'out', kind: 'delivery', capacity: 100 },
  ],
  routes: [
    {
      id: 'far',
      origin: 'x',
      destination: 'y',
      steps: [
        { resource: 'pickup' },
        { resource: 'here', lag: 2 },
        { resource: 'there', lag: 8 },
        { resource: 'out', lag: 11 },
      ],
    },
    {
      id: 'near',
      origin: 'x',
      destination: 'z',
      steps: [{ resource: 'pickup' }, { resource: 'here', lag: 3 }, { resource: 'out', lag: 5 }],
    },
    {
      id: 'own',
      origin: 'x',
      destination: 'x',
      steps: [{ resource: 'pickup' }, { resource: 'here', lag: 9 }, { resource: 'out', lag: 30 }],
    },
  ],
  demand: [
    { origin: 'x', destination: 'y', slot: 0, parcels: 10 },
    { origin: 'x', destination: 'z', slot: 2, parcels: 10 },
    { origin: 'x', destination: 'x', slot: 8, parcels: 7 },
  ],
};

test('stage hours are of parcels between two cities; those that pass one hub spend none between hubs', async () => {
  // Far: at the first hub after 2, five at the second after 8 and five after 9, three more to the outlet, where
  // they come in the shift. Near: 3, none, 2, and at the outlet from 7 to 8. Own: at the outlet by day.
  const asked = { world: { ...AMPLE, failedShare: 0, roundHours: 2 } };
  const { stages } = await simulate(scenarioFrom(world), askedFor(asked));
  expect(stages).toEqual({
    toFirstHub: 2.5,
    betweenHubs: 6.5 / 2,
    toOutlet: 2.5,
    atOutlet: 10 / 27,
    round: 2,
    again: 0,
    transferred: 0.5,
  });
});

test('what comes again waits for the next day', async () => {
  // Each tenth recipient is not there: of those that set out at 8 one, of the five at 11 and five at 12 one,
  // of the nine of the next day none. They wait from 8 and from 12 until 32.
  const asked = { world: { ...AMPLE, failedShare: 0.1, lockerShare: 0 } };
  const { stages } = await simulate(scenarioFrom(world), askedFor(asked));
  expect(stages?.again).toBeCloseTo((24 + 20) / 27, 12);
});
