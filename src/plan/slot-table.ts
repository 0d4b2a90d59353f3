import type { Routes, Scenario, SlotValues } from '../network/scenario.js';

/** One number for each resource and slot: that of resource r in slot u is values[r·slots + u]. */
export interface SlotTable {
  readonly slots: number;
  readonly values: Float64Array;
}

export function emptySlotTable(resources: number, slots: number): SlotTable {
  return { slots, values: new Float64Array(resources * slots) };
}

/** Slots after its own that a release can load: the most of lag + span − 1 over all steps. */
export function tailSlots({ stepLag, stepSpan }: Routes): number {
  let tail = 0;
  for (let i = 0; i < stepLag.length; i++) tail = Math.max(tail, stepLag[i] + stepSpan[i] - 1);
  return tail;
}

/** Slots that a release before T can load. */
export function loadedSlots(scenario: Scenario): number {
  return scenario.slots + tailSlots(scenario.routes);
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

/** Capacity left, max(0, capacity − commitments), of every resource in slots from … from + slots − 1. */
export function capacityLeft(scenario: Scenario, slots: number, from = 0): SlotTable {
  const { capacity, overrides, commitments } = scenario.resources;
  const table = emptySlotTable(capacity.length, slots);
  const { values } = table;
  for (let r = 0; r < capacity.length; r++) {
    values.fill(capacity[r], r * slots, (r + 1) * slots);
  }
  for (let i = 0; i < overrides.slot.length; i++) {
    const u = overrides.slot[i] - from;
    if (u >= 0 && u < slots) values[overrides.resource[i] * slots + u] = overrides.value[i];
  }
  for (let i = 0; i < commitments.slot.length; i++) {
    const u = commitments.slot[i] - from;
    if (u < 0 || u >= slots) continue;
    const at = commitments.resource[i] * slots + u;
    values[at] = Math.max(0, values[at] - commitments.value[i]);
  }
  return table;
}

/** The entries that differ from the usual value of their resource, sorted by (resource, slot). */
export function unusualValues({ slots, values }: SlotTable, usual: Float64Array): SlotValues {
  const differs = (at: number): boolean => values[at] !== usual[Math.floor(at / slots)];
  let count = 0;
  for (let at = 0; at < values.length; at++) if (differs(at)) count += 1;
  const resource = new Int32Array(count);
  const slot = new Int32Array(count);
  const value = new Float64Array(count);
  let i = 0;
  for (let at = 0; at < values.length; at++) {
    if (!differs(at)) continue;
    resource[i] = Math.floor(at / slots);
    slot[i] = at % slots;
    value[i++] = values[at];
  }
  return { resource, slot, value };
}
