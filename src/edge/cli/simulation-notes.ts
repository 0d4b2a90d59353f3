import { FaultList, FaultyInput } from '../../network/fault.js';
import { notesOf } from '../../network/notes.js';
import type { Scenario } from '../../network/scenario.js';
import { count } from './text-table.js';

/**
 * What is worth saying of a scenario before it is simulated.
 *
 * @throws FaultyInput where there is no hub: nothing could overflow or lock.
 */
export function simulationNotes(scenario: Scenario): string[] {
  const { kind, floor } = scenario.resources;
  const hubs = [...kind.keys()].filter((r) => kind[r] === 'hub');
  if (hubs.length === 0) throw noHub();
  const bare = hubs.filter((r) => Number.isNaN(floor[r])).length;
  const { parcels } = notesOf(scenario).withoutRoute;
  return [
    ...(bare > 0
      ? [`${count(bare)} of ${count(hubs.length)} hubs have no floor: they never overflow`]
      : []),
    ...(parcels > 0
      ? [`${count(parcels)} parcels expected have no route: they are never delivered`]
      : []),
  ];
}

function noHub(): FaultyInput {
  const faults = new FaultList();
  const text = 'no resource is of the kind hub, so nothing could overflow';
  const cure = 'Write hub in the column kind of those that sort and store parcels.';
  faults.add({ file: 'resources', line: 0, field: 'kind', rule: 'no-hub', text, cure });
  return new FaultyInput(faults);
}
