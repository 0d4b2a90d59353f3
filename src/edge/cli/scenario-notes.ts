import { notesOf } from '../../network/notes.js';
import type { Scenario } from '../../network/scenario.js';
import { count } from './text-table.js';

/** What is worth saying of a scenario that has no fault. */
export function noteLines(scenario: Scenario): string[] {
  const { withoutRoute, repeatedRows, hasNoCapacity, carriedFromBefore } = notesOf(scenario);
  const notes = [
    ...(withoutRoute.parcels > 0
      ? [
          `${count(withoutRoute.parcels)} parcels of ${count(withoutRoute.pairs)} pairs have no route of their operator: they can only be carried over`,
        ]
      : []),
    ...(repeatedRows > 0
      ? [`${count(repeatedRows)} demand rows repeat a key and were summed`]
      : []),
    ...(carriedFromBefore > 0
      ? [`${count(carriedFromBefore)} parcels were carried over from an earlier plan`]
      : []),
    ...(hasNoCapacity ? ['no resource has any capacity: everything will be carried over'] : []),
  ];
  return notes.map((note) => `  note: ${note}`);
}
