import { useQuery } from '@tanstack/react-query';
import { api } from './client.ts';

/** Warnings are assessed every 20 s. */
const POLL_MS = 5000;

/** Warnings in force that the viewer may see, the newest first; without an answer where the server gives none. */
export const useOpenWarnings = () =>
  useQuery({
    queryKey: ['warnings', 'open in short'],
    queryFn: ({ signal }) => api.listWarnings({ state: 'open', limit: 500 }, { signal }),
    staleTime: 0,
    refetchInterval: POLL_MS,
  });
