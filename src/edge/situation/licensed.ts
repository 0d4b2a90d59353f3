import type { Scenario } from '../../network/scenario.js';

const kept = new WeakMap<Scenario, Map<number, number>>();

/** The licensed capacity of a resource in a slot, negative slots too: its usual one, or what replaces it there. */
export function capacityOf(scenario: Scenario, resource: number, slot: number): number {
  const { capacity } = scenario.resources;
  return overridesOf(scenario).get(slot * capacity.length + resource) ?? capacity[resource];
}

function overridesOf(scenario: Scenario): Map<number, number> {
  const known = kept.get(scenario);
  if (known) return known;
  const { capacity, overrides } = scenario.resources;
  const made = new Map<number, number>();
  for (let i = 0; i < overrides.slot.length; i++) {
    made.set(overrides.slot[i] * capacity.length + overrides.resource[i], overrides.value[i]);
  }
  kept.set(scenario, made);
  return made;
}
