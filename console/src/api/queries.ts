import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type {
  CohortQuery,
  CostlyHoldsAnswer,
  ExplanationAnswer,
  HoldsAnswer,
  HoldsQuery,
  LoadsAnswer,
  MapAnswer,
  PlanAnswer,
  ResourcesAnswer,
} from '../../../src/edge/http/schema.ts';
import { ask } from './client.ts';

/** The API, one function a question. A plan never changes while it is served, so nothing goes stale. */
function useAnswer<T>(
  path: string,
  query: Record<string, string | number> = {},
  enabled = true,
): UseQueryResult<T> {
  return useQuery({
    queryKey: [path, query],
    queryFn: ({ signal }) => ask<T>(path, query, { signal }),
    enabled,
  });
}

export const usePlan = () => useAnswer<PlanAnswer>('plan');
export const useResources = (kind: string) => useAnswer<ResourcesAnswer>('resources', { kind });
export const useMap = (kind: string) => useAnswer<MapAnswer>('map', { kind });
export const useLoads = (id: string | undefined) =>
  useAnswer<LoadsAnswer>(`resources/${encodeURIComponent(id ?? '')}/loads`, {}, id !== undefined);
export const useHolds = (by: HoldsQuery['by']) => useAnswer<HoldsAnswer>('holds', { by });
export const useCostlyHolds = () => useAnswer<CostlyHoldsAnswer>('holds/costly');
export const useExplanation = (cohort: CohortQuery) =>
  useAnswer<ExplanationAnswer>('explanations', { ...cohort });
