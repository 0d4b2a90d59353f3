import {
  type Query,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type {
  AskedSimulation,
  CurvesAnswer,
  HubAnswer,
  HubsAnswer,
  SimulatedHoldsAnswer,
  SimulatedHoldsQuery,
  SimulationAnswer,
  SimulationSummary,
  SimulationsAnswer,
} from '../../../src/edge/http/simulation-schema.ts';
import { ask, send } from './client.ts';

/* The API of simulations, one function a question. They change while they run, so they are asked for again. */

/** How often a running simulation is asked how far it is. */
const POLL_MS = 1000;

export function isOpen({ state }: SimulationSummary): boolean {
  return state === 'running' || state === 'stopping';
}

export const useSimulations = () =>
  useQuery({
    queryKey: ['simulations'],
    queryFn: ({ signal }) => ask<SimulationsAnswer>('simulations', {}, { signal }),
    staleTime: 0,
    refetchInterval: (query: Query<SimulationsAnswer>) =>
      query.state.data?.simulations.some(isOpen) ? POLL_MS : false,
  });

export const useSimulation = (id: string) =>
  useQuery({
    queryKey: ['simulations', id],
    queryFn: ({ signal }) => ask<SimulationAnswer>(`simulations/${id}`, {}, { signal }),
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
  path: string,
  query: Record<string, string> = {},
): UseQueryResult<T> {
  return useQuery<T, Error, T>({
    queryKey: ['simulations', id, path, seed, finished, query],
    queryFn: ({ signal }) => ask<T>(`simulations/${id}/${path}`, { seed, ...query }, { signal }),
    placeholderData: (last, lastQuery) =>
      lastQuery?.queryKey[1] === id && lastQuery.queryKey[2] === path ? last : undefined,
  });
}

export const useCurves = (shown: ShownRuns) => useResult<CurvesAnswer>(shown, 'curves');
export const useSimulatedHolds = (shown: ShownRuns, by: SimulatedHoldsQuery['by']) =>
  useResult<SimulatedHoldsAnswer>(shown, 'holds', { by });
export const useHubs = (shown: ShownRuns, policy: string) =>
  useResult<HubsAnswer>(shown, 'hubs', { policy });
export const useHub = (shown: ShownRuns, hub: string) =>
  useResult<HubAnswer>(shown, `hubs/${encodeURIComponent(hub)}`);

/** Asks for a simulation; refused with 409 while another runs. */
export function useStart(started: (id: string) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (asked: AskedSimulation) => send<SimulationSummary>('POST', 'simulations', asked),
    onSuccess: ({ id }) => started(id),
    onSettled: () => queries.invalidateQueries({ queryKey: ['simulations'], exact: true }),
  });
}

/** Stops a simulation that runs, removes one that has ended. */
export function useRemove() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => send('DELETE', `simulations/${id}`),
    onSettled: () => queries.invalidateQueries({ queryKey: ['simulations'] }),
  });
}
