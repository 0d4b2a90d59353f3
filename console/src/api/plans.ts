import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Cohort, NewPlanRun } from '../../../src/client/api.ts';
import type { HoldsQuery } from '../../../src/edge/http/plan/schema.ts';
import { api } from './client.ts';
import { SEASON } from './season.ts';

/* Plans, one function a question. A version never changes, so nothing of it goes stale. */

export const usePlan = (version: number | undefined) =>
  useQuery({
    queryKey: ['plan', version],
    queryFn: ({ signal }) => api.getPlan(version ?? 0, { signal }),
    enabled: version !== undefined,
  });
export const usePlannedResources = (version: number, kind: string) =>
  useQuery({
    queryKey: ['plan', version, 'resources', kind],
    queryFn: ({ signal }) => api.listPlannedResources(version, { kind }, { signal }),
  });
export const usePlanMap = (version: number, kind: string) =>
  useQuery({
    queryKey: ['plan', version, 'map', kind],
    queryFn: ({ signal }) => api.getPlanMap(version, { kind }, { signal }),
  });
export const usePlannedLoads = (version: number, id: string | undefined) =>
  useQuery({
    queryKey: ['plan', version, 'loads', id],
    queryFn: ({ signal }) => api.getPlannedLoads(version, id ?? '', { signal }),
    enabled: id !== undefined,
  });
export const usePlanHolds = (version: number, by: HoldsQuery['by']) =>
  useQuery({
    queryKey: ['plan', version, 'holds', by],
    queryFn: ({ signal }) => api.listPlanHolds(version, { by }, { signal }),
  });
export const useCostlyHolds = (version: number) =>
  useQuery({
    queryKey: ['plan', version, 'costly'],
    queryFn: ({ signal }) => api.listCostlyHolds(version, { signal }),
  });
export const useExplanation = (version: number, cohort: Cohort) =>
  useQuery({
    queryKey: ['plan', version, 'explanation', cohort],
    queryFn: ({ signal }) => api.explainHold(version, cohort, { signal }),
  });
export const useComparison = (version: number, other: number) =>
  useQuery({
    queryKey: ['plan', version, 'compare', other],
    queryFn: ({ signal }) => api.comparePlans(version, { with: other }, { signal }),
  });

const VERSIONS = ['plans'];
const RUNS = ['plan-runs'];
/** While a plan is being made. */
const FOLLOW_MS = 700;

/** Asked again whenever another version comes into force. */
export const usePlanVersions = (inForce: number | null) =>
  useQuery({
    queryKey: [...VERSIONS, inForce],
    queryFn: ({ signal }) => api.listPlans({ signal }),
    placeholderData: (before) => before,
  });

/** Followed while one is being made. */
export const usePlanRuns = () =>
  useQuery({
    queryKey: RUNS,
    queryFn: ({ signal }) => api.listPlanRuns({ signal }),
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data?.runs.some((run) => run.state === 'running') === true ? FOLLOW_MS : false,
  });

export function useRunActs() {
  const queries = useQueryClient();
  const again = () => queries.invalidateQueries({ queryKey: RUNS });
  const start = useMutation({
    mutationFn: (asked: NewPlanRun) => api.startPlanRun(asked),
    onSettled: again,
  });
  const end = useMutation({ mutationFn: (id: string) => api.endPlanRun(id), onSettled: again });
  return { start, end };
}

/** Publishing what a run made, and bringing a version back: another version is in force then. */
export function usePublishing() {
  const queries = useQueryClient();
  const again = async () => {
    await queries.invalidateQueries({ queryKey: SEASON });
    await queries.invalidateQueries({ queryKey: VERSIONS });
    await queries.invalidateQueries({ queryKey: RUNS });
    // Which of two is in force is told with each.
    await queries.invalidateQueries({ queryKey: ['plan'] });
  };
  const publish = useMutation({
    mutationFn: ({ id, reason }: { id: string; reason: string }) => api.publishPlan(id, { reason }),
    onSuccess: again,
  });
  const restore = useMutation({
    mutationFn: (asked: { version: number; base: number; reason: string }) =>
      api.restorePlan(asked.version, { base: asked.base, reason: asked.reason }),
    onSuccess: again,
  });
  return { publish, restore };
}
