import type { PolicyName } from '../policy/policy.js';
import type { PlannerOptions, Surprises, WorldParameters } from './options.js';
import type { Figures } from './run.js';

/** The file that tells a simulation's folder from any other. */
export const SIMULATION_FILE = 'simulation.json';

/** What every file of results begins with. */
export const SIMULATED = 'Simulated: figures of a model, not measurements.';

/** Columns of the tables, in the order of docs/spec/simulation.md#tables. */
export const SIMULATION_COLUMNS = {
  curves: ['policy', 'seed', 'slot', 'ready', 'released', 'pickedUp', 'delivered'],
  hubs: ['policy', 'seed', 'slot', 'resource', 'stock', 'outside', 'overflow'],
  network: ['policy', 'seed', 'slot', 'gridlocked'],
  times: ['policy', 'seed', 'slots', 'parcels'],
  holds: ['policy', 'seed', 'by', 'key', 'parcels', 'meanHours', 'p95Hours'],
} as const;
export type SimulationTable = keyof typeof SIMULATION_COLUMNS;

/** What is the same for all runs of a simulation. */
export interface SimulationSettings {
  /** Name, start, length of a slot and slots of the scenario. */
  readonly scenario: string;
  readonly start: string;
  readonly slotMinutes: number;
  readonly slots: number;
  /** Whether the scenario says that it was generated. */
  readonly generated: boolean;
  readonly surprises: Surprises;
  readonly planner: PlannerOptions;
}

/** What simulation.json says (docs/spec/simulation.md#simulationjson). */
export interface SimulationSummary extends SimulationSettings {
  /** The parameters of the world as they stand in the file. */
  readonly world: WorldParameters | object;
  /** Simulated hubs, in the order of the scenario. */
  readonly hubs: readonly { readonly resource: string; readonly important: boolean }[];
  /** In the order of the tables. */
  readonly runs: readonly RunSummary[];
}

export interface RunSummary {
  readonly policy: PolicyName;
  readonly seed: number;
  /** Slots simulated. */
  readonly slots: number;
  /** The last row of `times` counts what took so many slots, or more. */
  readonly timesLast: number;
  /** NaN where there is none; null in the file. */
  readonly figures: Figures;
  readonly planSeconds: number;
  readonly worldSeconds: number;
}
