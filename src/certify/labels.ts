import type { Names } from '../network/names.js';
import type { Scenario } from '../network/scenario.js';

/** A cohort by its identifiers, as messages name it. */
export function cohortLabel(
  scenario: Scenario,
  pair: number,
  service: number,
  readySlot: number,
): string {
  const { pairs } = scenario;
  const [operator, origin, destination] = [pairs.operator, pairs.origin, pairs.destination].map(
    (column, i) => nameOf(i === 0 ? pairs.operators : pairs.places, column[pair]),
  );
  const id = scenario.services[service]?.id ?? '?';
  return `${id} ${operator} ${origin}→${destination} ready ${readySlot}`;
}

export function nameOf(names: Names, i: number | undefined): string {
  return i !== undefined && i >= 0 && i < names.size ? names.get(i) : '?';
}
