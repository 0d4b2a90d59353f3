import type { Scenario } from '../../network/scenario.js';
import { tailSlots } from '../../plan/slot-table.js';
import { listInForce } from '../access/declarations.js';
import { DeclaredSlots } from '../gate/declared-slots.js';
import type { Database } from '../postgres/database.js';

/** Capacities of a resource that are declared, approved where they must be, and in force now (G8), by slot. */
export function declaredCapacities(
  database: Database,
  scenario: Scenario,
  now: () => number,
): (resource: string) => Promise<ReadonlyMap<number, number>> {
  const slots = new DeclaredSlots(scenario, tailSlots(scenario.routes));
  return async (resource) => {
    const counting = slots.counting(await listInForce(database, now(), resource));
    return new Map([...counting].map(([slot, { parcels }]) => [slot, parcels]));
  };
}
