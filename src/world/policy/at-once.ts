import type { Scenario } from '../../network/scenario.js';
import { cheapestRoutes } from '../../plan/at-once.js';
import type { Door, ReleasePolicy } from './policy.js';

/** Nothing is staggered: all that waits goes at once, over the cheapest route of its pair. */
export class AtOnce implements ReleasePolicy {
  readonly name = 'at-once';
  readonly #route: Int32Array;

  constructor(private readonly scenario: Scenario) {
    this.#route = cheapestRoutes(scenario);
  }

  decide(door: Door): void {
    const { flowPair } = this.scenario.demand;
    for (let f = 0; f < flowPair.length; f++) {
      const route = this.#route[flowPair[f]];
      const parcels = door.waiting[f];
      if (route >= 0 && parcels > 0) door.release(f, route, parcels);
    }
  }
}
