import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from './client.ts';

/** What is counted lately is served as it is for some seconds. */
const REFETCH_MS = 10_000;

export type AcceptanceAsked = NonNullable<Parameters<typeof api.getAcceptance>[0]>;
export type CapacitiesAsked = Parameters<typeof api.listCapacities>[0];
type Declarations = Parameters<typeof api.declareCapacities>[0]['declarations'];
export type DeclarationState = NonNullable<Parameters<typeof api.listDeclarations>[0]>['state'];

export function useAcceptance(asked: AcceptanceAsked) {
  return useQuery({
    queryKey: ['acceptance', asked],
    queryFn: ({ signal }) => api.getAcceptance(asked, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: REFETCH_MS,
  });
}

const CAPACITIES = 'capacities';

export function useCapacities(asked: CapacitiesAsked | undefined) {
  return useQuery({
    queryKey: [CAPACITIES, 'slots', asked],
    queryFn: ({ signal }) => {
      if (!asked) throw new Error('nothing is asked');
      return api.listCapacities(asked, { signal });
    },
    enabled: asked !== undefined,
    placeholderData: keepPreviousData,
    refetchInterval: REFETCH_MS,
  });
}

/** The newest; more than a person reads at a time. */
const DECLARATIONS_MOST = 500;

export function useDeclarations(state: DeclarationState) {
  return useQuery({
    queryKey: [CAPACITIES, 'declarations', state],
    queryFn: ({ signal }) =>
      api.listDeclarations({ limit: DECLARATIONS_MOST, ...(state && { state }) }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: REFETCH_MS,
  });
}

export function useOverhang() {
  return useQuery({
    queryKey: [CAPACITIES, 'overhang'],
    queryFn: ({ signal }) => api.listOverhang({ signal }),
    refetchInterval: REFETCH_MS,
  });
}

/** What changes capacities is followed by asking for them again. */
function useAct<Asked, Answered>(act: (asked: Asked) => Promise<Answered>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () => queries.invalidateQueries({ queryKey: [CAPACITIES] }),
  });
}

/** Call by call: all or none of each. */
export function useDeclare() {
  return useAct(async (calls: readonly Declarations[]) => {
    const made = [];
    for (const declarations of calls) {
      made.push(...(await api.declareCapacities({ declarations })).declarations);
    }
    return made;
  });
}

export type Decision = 'approve' | 'reject' | 'withdraw';

export function useDecide() {
  return useAct(({ id, to, reason }: { id: string; to: Decision; reason: string }) => {
    const decide = {
      approve: () => api.approveDeclaration(id, { reason }),
      reject: () => api.rejectDeclaration(id, { reason }),
      withdraw: () => api.withdrawDeclaration(id, { reason }),
    };
    return decide[to]();
  });
}

export function useSettle() {
  return useAct(() => api.settleOverhang());
}
