import { useQuery } from '@tanstack/react-query';
import type { Night } from '../../../src/client/api.ts';
import { api } from './client.ts';

/** While it is made there is more of it every few seconds. */
const MAKING_MS = 1500;

/** The night, asked for again until all of it is made. */
export function useNight() {
  return useQuery<Night>({
    queryKey: ['night'],
    queryFn: ({ signal }) => api.getNight({ signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'making' ? MAKING_MS : false),
  });
}
