import type { Scenario, SlotValues } from '../../network/scenario.js';
import { type Declaration, listInForce } from '../access/declarations.js';
import { DeclaredSlots } from '../gate/declared-slots.js';
import type { GateSeason } from '../gate/season.js';
import type { Database } from '../postgres/database.js';

/** What a resource was declared to take in a slot: resource, slot, parcels. Kept with a plan made of it. */
export type DeclaredValue = readonly [resource: string, slot: number, parcels: number];

/** Declared capacities that count now, as approved where they need it. */
export async function declaredNow(
  database: Database,
  { scenario, network, timing }: GateSeason,
): Promise<DeclaredValue[]> {
  const slots = new DeclaredSlots(scenario, network.tail);
  const byResource = new Map<string, Declaration[]>();
  for (const each of await listInForce(database, timing.now())) {
    if (scenario.resources.ids.findText(each.resource) < 0) continue;
    byResource.set(each.resource, [...(byResource.get(each.resource) ?? []), each]);
  }
  return [...byResource].flatMap(([resource, list]) =>
    [...slots.counting(list)].map(([slot, { parcels }]) => [resource, slot, parcels] as const),
  );
}

/** The season with declared capacities in the place of its own. */
export function declaredScenario(scenario: Scenario, declared: readonly DeclaredValue[]): Scenario {
  if (declared.length === 0) return scenario;
  const { resources } = scenario;
  const overrides = merged(resources.overrides, declared, (id) => resources.ids.findText(id));
  return { ...scenario, resources: { ...resources, overrides } };
}

/** Sorted by resource and slot; of equal keys what was declared. */
function merged(
  { resource, slot, value }: SlotValues,
  declared: readonly DeclaredValue[],
  number: (id: string) => number,
): SlotValues {
  const all = new Map<number, number>();
  for (let i = 0; i < slot.length; i++) all.set(key(resource[i], slot[i]), value[i]);
  for (const [id, u, parcels] of declared) {
    const r = number(id);
    if (r >= 0) all.set(key(r, u), parcels);
  }
  const keys = Float64Array.from(all.keys()).toSorted();
  return {
    resource: Int32Array.from(keys, (k) => Math.floor(k / SLOTS_MOST)),
    slot: Int32Array.from(keys, (k) => k % SLOTS_MOST),
    value: Float64Array.from(keys, (k) => all.get(k) ?? 0),
  };
}

function key(r: number, u: number): number {
  return r * SLOTS_MOST + u;
}

/** More than a season has. */
const SLOTS_MOST = 65_536;
