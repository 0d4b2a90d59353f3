import type { Scenario } from '../network/scenario.js';

/**
 * Costs per parcel as the specification states them (section 3), written anew here so that the
 * checker agrees with the planner only if both are right.
 *
 *     c(h) = w · ( h + β · max(0, h − P) + γ · h · (h − 1) / 2 )
 *
 * hold[service][h] for h = 0 … T − min(s, 0), the longest hold a cohort of the scenario can have;
 * carry[service] = w · carryPenalty.
 */
export interface Costs {
  readonly hold: readonly Float64Array[];
  readonly carry: Float64Array;
}

export function costsOf(scenario: Scenario): Costs {
  const first = scenario.demand.cohortSlot.reduce((least, s) => Math.min(least, s), 0);
  const { services, slots, carryPenalty } = scenario;
  const hold = services.map(({ weight, promise, late, growth }) =>
    Float64Array.from({ length: slots - first + 1 }, (_, h) => {
      const overdue = Math.max(0, h - promise);
      return weight * (h + late * overdue + (growth * h * (h - 1)) / 2);
    }),
  );
  return { hold, carry: Float64Array.from(services, (s) => s.weight * carryPenalty) };
}
