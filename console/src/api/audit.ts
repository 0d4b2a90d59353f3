import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { AuditEntry, AuditPage } from '../../../src/client/api.ts';
import { api } from './client.ts';

/** Entries of a page, as it is shown and as all of them are read. */
const PAGE = 100;
const PAGE_MOST = 1000;
const NEWEST = ['audit'];

/** What was done in and to the viewer's organisation, the newest first. */
export const useAudit = () =>
  useInfiniteQuery({
    queryKey: NEWEST,
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam, signal }) => readPage(pageParam, PAGE, signal),
    getNextPageParam: ({ next }) => next,
    staleTime: 0,
  });

function readPage(
  after: number | undefined,
  limit: number,
  signal?: AbortSignal,
): Promise<AuditPage> {
  const from = after === undefined ? {} : { after };
  return api.listAudit({ order: 'newest', limit, ...from }, signal ? { signal } : {});
}

/** Reads on to the chain's first entry, page by page as they are shown; `isReading` while it does. */
export function useReadAll(): {
  readonly readAll: () => Promise<void>;
  readonly isReading: boolean;
} {
  const queries = useQueryClient();
  const [isReading, setReading] = useState(false);
  const readAll = async () => {
    setReading(true);
    try {
      while (await readOn()) {}
    } finally {
      setReading(false);
    }
  };
  const readOn = async (): Promise<boolean> => {
    const shown = queries.getQueryData<InfiniteData<AuditPage, number | undefined>>(NEWEST);
    const last = shown?.pages.at(-1)?.next;
    if (last === undefined) return false;
    const page = await readPage(last, PAGE_MOST);
    queries.setQueryData<InfiniteData<AuditPage, number | undefined>>(
      NEWEST,
      (before) =>
        before && { pages: [...before.pages, page], pageParams: [...before.pageParams, last] },
    );
    return page.next !== undefined;
  };
  return { readAll, isReading };
}

export function entriesOf({ pages }: InfiniteData<AuditPage>): readonly AuditEntry[] {
  return pages.flatMap(({ items }) => items);
}
