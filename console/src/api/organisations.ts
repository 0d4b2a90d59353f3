import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  AccountChange,
  NewAccount,
  NewKey,
  NewOrganisation,
  Organisation,
  OrganisationChange,
} from '../../../src/client/api.ts';
import { api } from './client.ts';

/* Organisations, their people and keys, one function a question. */

const PAGE_MOST = 1000;
const LIST = ['organisations'];
const peopleOf = (id: string) => ['organisations', id, 'people'];
const keysOf = (id: string) => ['organisations', id, 'keys'];

/** The viewer's own and all that it is over, by id. */
export const useOrganisations = () =>
  useQuery({ queryKey: LIST, queryFn: ({ signal }) => listAll(signal), staleTime: 0 });

async function listAll(signal: AbortSignal): Promise<readonly Organisation[]> {
  const all: Organisation[] = [];
  let after: string | undefined;
  do {
    const from: { after?: string } = after === undefined ? {} : { after };
    const { items, next } = await api.listOrganisations({ limit: PAGE_MOST, ...from }, { signal });
    all.push(...items);
    after = next;
  } while (after !== undefined);
  return all;
}

export const usePeople = (id: string) =>
  useQuery({
    queryKey: peopleOf(id),
    queryFn: async ({ signal }) => (await api.listAccounts(id, { signal })).items,
    staleTime: 0,
  });

export const useKeys = (id: string) =>
  useQuery({
    queryKey: keysOf(id),
    queryFn: async ({ signal }) => (await api.listKeys(id, { signal })).items,
    staleTime: 0,
  });

/** Asks for a change; what it changes is asked for again. */
function useChange<Asked, Made>(key: string[], ask: (asked: Asked) => Promise<Made>) {
  const queries = useQueryClient();
  const { mutateAsync } = useMutation({
    mutationFn: ask,
    onSettled: () => queries.invalidateQueries({ queryKey: key, exact: true }),
  });
  return mutateAsync;
}

export const useAddOrganisation = () =>
  useChange(LIST, (asked: NewOrganisation) => api.addOrganisation(asked));
export const useSuspend = (id: string) =>
  useChange(LIST, (change: OrganisationChange) => api.suspendOrganisation(id, change));
export const useAddPerson = (id: string) =>
  useChange(peopleOf(id), (asked: NewAccount) => api.addAccount(id, asked));
export const useChangePerson = (id: string, login: string) =>
  useChange(peopleOf(id), (change: AccountChange) => api.changeAccount(id, login, change));
export const useAddKey = (id: string) =>
  useChange(keysOf(id), (asked: NewKey) => api.addKey(id, asked));
export const useRevokeKey = (id: string) =>
  useChange(keysOf(id), (key: string) => api.revokeKey(id, key));
