import type { Scenario, SlotValues } from '../network/scenario.js';

/**
 * One number for each resource and slot that a route of the scenario can load: entry
 * resource · reach + slot, for slots 0 … reach − 1. Releases are in slots < T, so reach is T plus the
 * longest lag and span of a step, less one.
 */
export function reachOf(scenario: Scenario): number {
  const { stepLag, stepSpan } = scenario.routes;
  let longest = 1;
  for (let i = 0; i < stepLag.length; i++) longest = Math.max(longest, stepLag[i] + stepSpan[i]);
  return scenario.slots + longest - 1;
}

/** Capacity left, max(0, capacity − parcels committed), an override taking the place of the capacity. */
export class CapacityLeft {
  readonly #table: Float64Array;

  constructor(
    readonly scenario: Scenario,
    readonly reach: number,
  ) {
    const { capacity, overrides, commitments } = scenario.resources;
    this.#table = new Float64Array(capacity.length * reach);
    for (let r = 0; r < capacity.length; r++) {
      this.#table.fill(capacity[r], r * reach, (r + 1) * reach);
    }
    const set = (values: SlotValues, change: (old: number, value: number) => number): void => {
      for (let i = 0; i < values.slot.length; i++) {
        if (values.slot[i] >= reach) continue;
        const at = values.resource[i] * reach + values.slot[i];
        this.#table[at] = change(this.#table[at], values.value[i]);
      }
    };
    set(overrides, (_, value) => value);
    set(commitments, (old, value) => old - value);
    for (let i = 0; i < this.#table.length; i++) this.#table[i] = Math.max(0, this.#table[i]);
  }

  /** For any slot ≥ 0, also one that no route reaches. */
  at(resource: number, slot: number): number {
    if (slot < this.reach) return this.#table[resource * this.reach + slot];
    const { capacity, overrides, commitments } = this.scenario.resources;
    const whole = find(overrides, resource, slot) ?? capacity[resource];
    return Math.max(0, whole - (find(commitments, resource, slot) ?? 0));
  }
}

/** The value at (resource, slot) of a list sorted by them, if it has one. */
function find(values: SlotValues, resource: number, slot: number): number | undefined {
  let low = 0;
  let high = values.slot.length;
  while (low < high) {
    const mid = (low + high) >>> 1;
    const before = values.resource[mid] - resource || values.slot[mid] - slot;
    if (before === 0) return values.value[mid];
    if (before < 0) low = mid + 1;
    else high = mid;
  }
  return undefined;
}
