import {
  type Query,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type {
  AskedSimulation,
  Simulation as SimulationAnswer,
  SimulationSummary,
  Simulations as SimulationsAnswer,
} from '../../../src/client/api.ts';
import type { CallOptions } from '../../../src/client/caller.ts';
import { api } from './client.ts';

export type {
  AskedSimulation,
  Simulation as SimulationAnswer,
  SimulationCurves as CurvesAnswer,
  SimulationHolds as SimulatedHoldsAnswer,
  SimulationHub as HubAnswer,
  SimulationHubs as HubsAnswer,
  SimulationSummary,
} from '../../../src/client/api.ts';
export type FigureOfPolicy = SimulationAnswer['figures'][number]['of'][number];
export type FigureName = SimulationAnswer['figures'][number]['name'];
type PolicyName = AskedSimulation['policies'][number];
/** What holds are listed by. */
export type HoldsBy = 'service' | 'origin';

/* The API of simulations, one function a question. They change while they run, so they are asked for again. */

/** How often a running simulation is asked how far it is. */
const POLL_MS = 1000;

export function isOpen({ state }: SimulationSummary): boolean {
  return state === 'running' || state === 'stopping';
}

export const listSimulations = () => api.listSimulations();

export const useSimulations = () =>
  useQuery({
    queryKey: ['simulations'],
    queryFn: ({ signal }) => api.listSimulations({ signal }),
    staleTime: 0,
    refetchInterval: (query: Query<SimulationsAnswer>) =>
      query.state.data?.busy ? POLL_MS : false,
  });

export const useSimulation = (id: string) =>
  useQuery({
    queryKey: ['simulations', id],
    queryFn: ({ signal }) => api.getSimulation(id, { signal }),
    staleTime: 0,
    refetchInterval: (query: Query<SimulationAnswer>) =>
      query.state.data && isOpen(query.state.data) ? POLL_MS : false,
  });

/** Which runs of a simulation are on show. */
export interface ShownRuns {
  readonly id: string;
  readonly seed: number;
  /** How many with the seed have finished: with one more, the answers are others. */
  readonly finished: number;
}

/** What came of finished runs; the last answer stays on show until the one with a run more is there. */
function useResult<T extends object>(
  { id, seed, finished }: ShownRuns,
  what: string,
  ask: (options: CallOptions) => Promise<T>,
): UseQueryResult<T> {
  return useQuery<T, Error, T>({
    queryKey: ['simulations', id, what, seed, finished],
    queryFn: ({ signal }) => ask({ signal }),
    placeholderData: (last, lastQuery) =>
      lastQuery?.queryKey[1] === id && lastQuery.queryKey[2] === what ? last : undefined,
  });
}

export const useCurves = (shown: ShownRuns) =>
  useResult(shown, 'curves', (options) =>
    api.getSimulationCurves(shown.id, { seed: shown.seed }, options),
  );
export const useSimulatedHolds = (shown: ShownRuns, by: HoldsBy) =>
  useResult(shown, `holds ${by}`, (options) =>
    api.getSimulationHolds(shown.id, { seed: shown.seed, by }, options),
  );
export const useHubs = (shown: ShownRuns, policy: PolicyName) =>
  useResult(shown, `hubs ${policy}`, (options) =>
    api.getSimulationHubs(shown.id, { seed: shown.seed, policy }, options),
  );
export const useHub = (shown: ShownRuns, hub: string) =>
  useResult(shown, `hub ${hub}`, (options) =>
    api.getSimulationHub(shown.id, hub, { seed: shown.seed }, options),
  );

/** Asks for a simulation; refused with 409 while another runs. */
export function useStart(started: (id: string) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (asked: AskedSimulation) => api.simulate(asked),
    onSuccess: ({ id }) => started(id),
    onSettled: () => queries.invalidateQueries({ queryKey: ['simulations'], exact: true }),
  });
}

/** Stops a simulation that runs, removes one that has ended. */
export function useRemove() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.endSimulation(id),
    onSettled: () => queries.invalidateQueries({ queryKey: ['simulations'] }),
  });
}
