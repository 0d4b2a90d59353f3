import type { Scenario } from '../../network/scenario.js';

/** Of resources that no operator of parcels owns, stations and lockers above all: whose parcels they have. */
export interface Carried {
  /** Whether routes of an operator, by its number, load the resource. */
  loads(operator: number, resource: number): boolean;
  /** The operator's number if no other's routes load the resource; −1 where none's or several's do. */
  onlyOf(resource: number): number;
}

const known = new WeakMap<Scenario, Carried>();

/** Made once a scenario. Cost: a look at every step of its routes. */
export function carriedBy(scenario: Scenario): Carried {
  const carried = known.get(scenario) ?? make(scenario);
  known.set(scenario, carried);
  return carried;
}

function make({ pairs, routes, resources }: Scenario): Carried {
  const isOperator = new Set(pairs.operators.list());
  const by = new Map<number, Set<number>>();
  for (const [r, owner] of resources.operator.entries()) {
    if (!isOperator.has(owner)) by.set(r, new Set());
  }
  for (let route = 0; by.size > 0 && route < routes.pair.length; route++) {
    for (let i = routes.stepStart[route]; i < routes.stepStart[route + 1]; i++) {
      by.get(routes.stepResource[i])?.add(pairs.operator[routes.pair[route]]);
    }
  }
  return {
    loads: (operator, resource) => by.get(resource)?.has(operator) ?? false,
    onlyOf: (resource) => {
      const operators = by.get(resource);
      const [only] = operators ?? [];
      return operators?.size === 1 ? only : -1;
    },
  };
}
