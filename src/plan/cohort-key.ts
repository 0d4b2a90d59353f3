import type { Scenario } from '../network/scenario.js';
import type { CohortIndex } from './cohort-index.js';

/** A cohort by its identifiers. */
export interface CohortKey {
  readonly service: string;
  readonly operator: string;
  readonly origin: string;
  readonly destination: string;
  /** Ready slot; negative for parcels carried over from an earlier plan. */
  readonly slot: number;
}

export function keyOfCohort(scenario: Scenario, index: CohortIndex, cohort: number): CohortKey {
  const { demand, pairs, services } = scenario;
  const flow = index.flowOf(cohort);
  const pair = demand.flowPair[flow];
  return {
    service: services[demand.flowService[flow]].id,
    operator: pairs.operators.get(pairs.operator[pair]),
    origin: pairs.places.get(pairs.origin[pair]),
    destination: pairs.places.get(pairs.destination[pair]),
    slot: demand.cohortSlot[cohort],
  };
}

/** The cohort that a key names, or −1 when the scenario has no such demand. */
export function findCohort(scenario: Scenario, index: CohortIndex, key: CohortKey): number {
  const { pairs, services } = scenario;
  const operator = pairs.operators.findText(key.operator);
  const origin = pairs.places.findText(key.origin);
  const destination = pairs.places.findText(key.destination);
  const service = services.findIndex(({ id }) => id === key.service);
  if (service < 0) return -1;
  const pair = pairs.operator.findIndex(
    (o, p) => o === operator && pairs.origin[p] === origin && pairs.destination[p] === destination,
  );
  return pair < 0 ? -1 : index.find(pair, service, key.slot);
}
