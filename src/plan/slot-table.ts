import type { Routes, Scenario } from '../network/scenario.js';

/** One number for each resource and slot: that of resource r in slot u is values[r·slots + u]. */
export interface SlotTable {
  readonly slots: number;
  readonly values: Float64Array;
}

export function emptySlotTable(resources: number, slots: number): SlotTable {
  return { slots, values: new Float64Array(resources * slots) };
}

/** Slots that a release before T can load: T + max over steps of lag + span − 1. */
export function loadedSlots(scenario: Scenario): number {
  const { stepLag, stepSpan } = scenario.routes;
  let tail = 0;
  for (let i = 0; i < stepLag.length; i++) tail = Math.max(tail, stepLag[i] + stepSpan[i] - 1);
  return scenario.slots + tail;
}

/** Adds the load of so many parcels released in slot t on a route. */
export function addRelease(
  load: SlotTable,
  routes: Routes,
  route: number,
  t: number,
  parcels: number,
): void {
  const { slots, values } = load;
  for (let i = routes.stepStart[route]; i < routes.stepStart[route + 1]; i++) {
    const first = routes.stepResource[i] * slots + t + routes.stepLag[i];
    const end = first + routes.stepSpan[i];
    for (let at = first; at < end; at++) values[at] += parcels;
  }
}

/** Capacity left, max(0, capacity − commitments), of every resource in slots 0 … slots − 1. */
export function capacityLeft(scenario: Scenario, slots: number): SlotTable {
  const { capacity, overrides, commitments } = scenario.resources;
  const table = emptySlotTable(capacity.length, slots);
  const { values } = table;
  for (let r = 0; r < capacity.length; r++) {
    values.fill(capacity[r], r * slots, (r + 1) * slots);
  }
  for (let i = 0; i < overrides.slot.length; i++) {
    const u = overrides.slot[i];
    if (u < slots) values[overrides.resource[i] * slots + u] = overrides.value[i];
  }
  for (let i = 0; i < commitments.slot.length; i++) {
    const u = commitments.slot[i];
    const at = commitments.resource[i] * slots + u;
    if (u < slots) values[at] = Math.max(0, values[at] - commitments.value[i]);
  }
  return table;
}
