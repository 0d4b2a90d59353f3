import type { Scenario } from '../../network/scenario.js';

/** Lanes of a scenario by from · 2^20 + to: where a route has a lane between two resources that are none. */
export function lanesByEnds({ routes, resources }: Scenario): Map<number, number> {
  const lanes = new Map<number, number>();
  const { stepStart, stepResource } = routes;
  for (let route = 0; route < stepStart.length - 1; route++) {
    const steps = stepResource.subarray(stepStart[route], stepStart[route + 1]);
    for (const [i, lane] of steps.entries()) {
      if (resources.kind[lane] !== 'lane' || i === 0 || i === steps.length - 1) continue;
      lanes.set(steps[i - 1] * 2 ** 20 + steps[i + 1], lane);
    }
  }
  return lanes;
}
