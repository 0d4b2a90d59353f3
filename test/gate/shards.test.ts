import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { shardsOf } from '../../src/gate/shards.js';
import { arbitraryScenario } from '../support/arbitrary-scenario.js';
import { scenarioFrom } from '../support/scenario-from.js';

test('P1: operators that share a resource, over whatever chain, have one shard; others their own', () => {
  const place = { origin: 'x', destination: 'y' };
  const scenario = scenarioFrom({
    slots: 1,
    resources: ['a', 'ab', 'bc', 'd'].map((id) => ({ id, capacity: 1 })),
    routes: [
      { id: '1', operator: 'a', ...place, steps: [{ resource: 'a' }, { resource: 'ab' }] },
      { id: '2', operator: 'b', ...place, steps: [{ resource: 'ab' }] },
      { id: '3', operator: 'b', ...place, steps: [{ resource: 'bc' }] },
      { id: '4', operator: 'd', ...place, steps: [{ resource: 'd' }] },
    ],
    demand: [],
  });
  expect(shardsOf(scenario)).toEqual({
    count: 2,
    ofResource: Int32Array.of(0, 0, 0, 1),
    ofPair: Int32Array.of(0, 0, 1),
  });
});

test('P1: every route of every pair stays inside its shard', () => {
  fc.assert(
    fc.property(arbitraryScenario, (scenario) => {
      const { ofResource, ofPair } = shardsOf(scenario);
      const { pair, stepStart, stepResource } = scenario.routes;
      pair.forEach((p, route) => {
        for (let i = stepStart[route]; i < stepStart[route + 1]; i++) {
          expect(ofResource[stepResource[i]]).toBe(ofPair[p]);
        }
      });
    }),
  );
});
