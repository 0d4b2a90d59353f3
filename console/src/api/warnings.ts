import {
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type {
  NewWarning,
  NewWarningPolicy,
  Warning,
  WarningHistory,
  WarningPage,
} from '../../../src/client/api.ts';
import { api } from './client.ts';
import { followStream } from './follow-stream.ts';

/* Warnings that the viewer may see. What becomes of them is told by the stream, and asked for again then. */

const WARNINGS = ['warnings'];
/** Between two assessments; the moment of the last is in each answer. */
const ASSESSED_MS = 20_000;
/** What happens at once is asked for once. */
const GATHER_MS = 500;

/** As the address has it. */
export interface WarningsAsked {
  readonly state: 'open' | 'ended';
  readonly level?: Warning['level'];
  readonly kind?: Warning['subject']['kind'];
  readonly subject?: string;
  readonly reach?: NonNullable<Warning['reach']>;
}

/** An answer, and when it came by this machine's performance.now(): the season's clock goes on from then. */
type Heard<T> = T & { readonly heardAt: number };

async function heard<T>(answer: Promise<T>): Promise<Heard<T>> {
  return { ...(await answer), heardAt: performance.now() };
}

/** Those in force come many at a time, so that the gravest can be put first; those that ended as they are asked for. */
const PAGE = { open: 500, ended: 50 };

export const useWarnings = (asked: WarningsAsked) =>
  useInfiniteQuery({
    queryKey: [...WARNINGS, 'list', asked],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }): Promise<Heard<WarningPage>> => {
      const cursor = pageParam === undefined ? {} : { cursor: pageParam };
      return heard(api.listWarnings({ ...asked, limit: PAGE[asked.state], ...cursor }, { signal }));
    },
    getNextPageParam: ({ next }) => next,
    staleTime: 0,
    refetchInterval: asked.state === 'open' ? ASSESSED_MS : false,
  });

export const useWarning = (id: string) =>
  useQuery({
    queryKey: [...WARNINGS, 'one', id],
    queryFn: ({ signal }): Promise<Heard<WarningHistory>> => heard(api.getWarning(id, { signal })),
    staleTime: 0,
    refetchInterval: ASSESSED_MS,
  });

const POLICY = [...WARNINGS, 'policy'];

export const useWarningPolicy = () =>
  useQuery({
    queryKey: POLICY,
    queryFn: ({ signal }) => api.getWarningPolicy({ signal }),
    staleTime: 0,
  });

/** Asks for an act; whatever comes of it, warnings are asked for again. */
function useAct<Asked, Made>(act: (asked: Asked) => Promise<Made>) {
  const queries = useQueryClient();
  const { mutateAsync } = useMutation({ mutationFn: act, onSettled: () => askAgain(queries) });
  return mutateAsync;
}

export const useIssue = () => useAct((asked: NewWarning) => api.issueWarning(asked));
export const useAcknowledge = (id: string) =>
  useAct((reason: string) => api.acknowledgeWarning(id, { reason }));
export const useAdjust = (id: string) =>
  useAct((asked: { level: Warning['level']; reason: string }) => api.adjustWarning(id, asked));
export const useLift = (id: string) => useAct((reason: string) => api.liftWarning(id, { reason }));
export const useSetPolicy = () => useAct((asked: NewWarningPolicy) => api.setWarningPolicy(asked));

function askAgain(queries: QueryClient): Promise<void> {
  return queries.invalidateQueries({ queryKey: WARNINGS });
}

/** Asks again for what is shown of warnings whenever something becomes of one; undefined before the server said anything. */
export function useWarningChanges(): 'live' | 'lost' | undefined {
  const queries = useQueryClient();
  const [state, setState] = useState<'live' | 'lost'>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isFirst = true;
    const tell = (data: string) => {
      const { changes }: { changes: readonly object[] } = JSON.parse(data);
      setState('live');
      // The first event after a silence says nothing of what was missed.
      if (changes.length === 0 && !isFirst) return;
      isFirst = false;
      timer ??= setTimeout(() => {
        timer = undefined;
        void askAgain(queries);
      }, GATHER_MS);
    };
    const leave = followStream('/v1/warnings/changes', {
      events: { warnings: tell },
      lost: () => {
        isFirst = true;
        setState('lost');
      },
    });
    // A page that nobody looks at follows nothing.
    const miss = () => {
      isFirst = true;
    };
    document.addEventListener('visibilitychange', miss);
    return () => {
      document.removeEventListener('visibilitychange', miss);
      clearTimeout(timer);
      leave();
    };
  }, [queries]);
  return state;
}
