import { useQuery } from '@tanstack/react-query';
import { api } from './client.ts';

/** The plan in force changes some times a night, and pages that follow the clock reckon on from when they asked. */
const REFETCH_MS = 60_000;

export const SEASON = ['season'];

export function useSeason() {
  return useQuery({
    queryKey: SEASON,
    queryFn: ({ signal }) => api.getSeason({ signal }),
    refetchInterval: REFETCH_MS,
  });
}
