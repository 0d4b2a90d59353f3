import { useQuery } from '@tanstack/react-query';
import type { Demonstration } from '../../../src/client/api.ts';
import { api } from './client.ts';

/** As whom one can sign in where everything is made up; empty elsewhere, and refused to other machines. */
export function useDemonstration() {
  return useQuery<Demonstration>({
    queryKey: ['demonstration'],
    queryFn: ({ signal }) => api.getDemonstration({ signal }),
  });
}
