import type { Resources, Scenario, SlotValues } from '../network/scenario.js';
import { rollOn } from './roll-on.js';
import { capacityLeft, type SlotTable, tailSlots, unusualValues } from './slot-table.js';
import { demandFrom, forecastOf } from './window-demand.js';

/** The part of a season that one plan covers. */
export interface Window {
  /** Its first slot. */
  readonly from: number;
  /** How many it has. */
  readonly slots: number;
  /** Share of the hubs' capacity that the plan leaves free, in [0, 1). */
  readonly reserve: number;
}

/** What is known in the first slot of a window. */
export interface Present {
  /** Parcels that wait at shippers by flow and ready slot ≤ now, oldest first in each flow. */
  eachWaiting(visit: (flow: number, readySlot: number, parcels: number) => void): void;
  /** What parcels in the network will load, by slot from now on; the scenario's commitments apart. */
  due(): SlotTable;
  /** Share of its declared capacity that each resource was lately seen to take while it had a queue. */
  readonly seenRate: Float64Array;
}

/**
 * A season as a plan sees it from slot `from` on: a scenario of its own, whose slot 0 is that slot.
 *
 * - Demand: what waits, its age kept as a negative slot, and what is forecast for the window's later slots.
 * - Capacity: as declared in these slots and behind them; of hubs ⌊(1 − reserve) · capacity⌋.
 * - Commitments: the scenario's own, and what is due from the network, rolled on from slots in which a
 *   resource cannot take it (roll-on.ts).
 *
 * Without `present`, before the season begins: what is forecast for its first slots. Flows keep their
 * numbers, some may be empty. Shippers are merged. Pairs, routes and `start` are the season's.
 */
export function windowOf(scenario: Scenario, window: Window, present?: Present): Scenario {
  const { from, slots } = window;
  const demand = present
    ? demandFrom(scenario.demand, from, slots, (visit) => present.eachWaiting(visit))
    : forecastOf(scenario.demand, slots);
  return { ...scenario, slots, resources: windowResources(scenario, window, present), demand };
}

/** What of the resources a plan of the window may use. */
export function windowResources(
  scenario: Scenario,
  window: Window,
  present?: Pick<Present, 'due' | 'seenRate'>,
): Resources {
  const { resources } = scenario;
  const { from, reserve } = window;
  const open = (r: number, capacity: number): number =>
    resources.kind[r] === 'hub' ? Math.floor((1 - reserve) * capacity) : capacity;
  const overrides = since(resources.overrides, from);
  const value = overrides.value.map((v, i) => open(overrides.resource[i], v));
  return {
    ...resources,
    capacity: resources.capacity.map((v, r) => open(r, v)),
    overrides: { ...overrides, value },
    commitments: present ? committed(scenario, window, present) : resources.commitments,
  };
}

function committed(
  scenario: Scenario,
  { from, slots }: Window,
  present: Pick<Present, 'due' | 'seenRate'>,
): SlotValues {
  const loaded = slots + tailSlots(scenario.routes);
  const all = rollOn(present.due(), capacityLeft(scenario, loaded, from), present.seenRate);
  const { resource, slot, value } = since(scenario.resources.commitments, from);
  for (let i = 0; i < slot.length; i++) {
    if (slot[i] < loaded) all.values[resource[i] * loaded + slot[i]] += value[i];
  }
  return unusualValues(all, new Float64Array(scenario.resources.capacity.length));
}

/** The values of slots from `from` on, counted from there. */
function since({ resource, slot, value }: SlotValues, from: number): SlotValues {
  const kept = Int32Array.from(slot.keys()).filter((i) => slot[i] >= from);
  return {
    resource: kept.map((i) => resource[i]),
    slot: kept.map((i) => slot[i] - from),
    value: Float64Array.from(kept, (i) => value[i]),
  };
}
