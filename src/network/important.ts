import type { Scenario } from './scenario.js';

/**
 * The important hubs: of each operator the fewest that have half of its hubs' capacity, the largest
 * first (docs/maths/world.md#figures). One entry a hub, 1 or 0.
 */
export function importantHubs(scenario: Scenario, hubs: Int32Array): Uint8Array {
  const { capacity, operator } = scenario.resources;
  const left = new Map<string, number>();
  for (const r of hubs) left.set(operator[r], (left.get(operator[r]) ?? 0) + capacity[r] / 2);
  const important = new Uint8Array(hubs.length);
  const largest = [...hubs.keys()].toSorted(
    (a, b) => capacity[hubs[b]] - capacity[hubs[a]] || a - b,
  );
  for (const h of largest) {
    const r = hubs[h];
    const missing = left.get(operator[r]) ?? 0;
    if (missing <= 0) continue;
    important[h] = 1;
    left.set(operator[r], missing - capacity[r]);
  }
  return important;
}
