import { useQuery } from '@tanstack/react-query';
import { api } from './client.ts';

/** What is expected changes with every vehicle that leaves; who plans by it looks some times an hour. */
const REFETCH_MS = 20_000;

export function useArrivals() {
  return useQuery({
    queryKey: ['arrivals'],
    queryFn: ({ signal }) => api.getArrivals({ signal }),
    refetchInterval: REFETCH_MS,
  });
}
