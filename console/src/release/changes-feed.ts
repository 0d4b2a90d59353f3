import { type InfiniteData, type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import type { Change, ChangesPage, TicketsPage } from '../../../src/client/api.ts';
import { followChanges, SUMMARY, TICKETS } from '../api/release.ts';
import { useViewer } from '../frame/session.tsx';

/** Changes kept: more than anybody reads. */
const KEPT_MOST = 300;
/** Sums are asked for again so long after a change, once for all that come meanwhile. */
const SETTLE_MS = 1500;

export interface KeptChange {
  /** Counts up: what it is called in lists. */
  readonly number: number;
  readonly change: Change;
}

/** Newest first, since the page was first opened. */
export interface Feed {
  readonly changes: readonly KeptChange[];
  /** By ticket, where it moved to another slot or route. */
  readonly moved: ReadonlyMap<string, MovedChange>;
  readonly isLost: boolean;
}

export type TicketChange = Extract<Change, { type: 'ticket' }>;
export type MovedChange = TicketChange & { readonly change: 'moved' };

const NONE: Feed = { changes: [], moved: new Map(), isLost: false };

/** What was heard of an organisation's tickets stays while its people go to other pages and come back. */
class FeedStore {
  feed = NONE;
  cursor: string | undefined;
  #count = 0;
  readonly #listeners = new Set<() => void>();

  hear(page: ChangesPage | 'lost'): void {
    if (page === 'lost') this.#set({ ...this.feed, isLost: true });
    else {
      this.cursor = page.cursor;
      const fresh = page.changes.map((change) => ({ number: ++this.#count, change }));
      const changes = [...fresh.toReversed(), ...this.feed.changes].slice(0, KEPT_MOST);
      const moved = new Map(this.feed.moved);
      for (const change of page.changes) if (isMove(change)) moved.set(change.ticket, change);
      this.#set({ changes, moved, isLost: false });
    }
  }

  #set(feed: Feed): void {
    this.feed = feed;
    for (const listener of this.#listeners) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

function isMove(change: Change): change is MovedChange {
  return change.type === 'ticket' && change.change === 'moved';
}

const stores = new Map<string, FeedStore>();

function storeOf(organisation: string): FeedStore {
  const store = stores.get(organisation) ?? new FeedStore();
  stores.set(organisation, store);
  return store;
}

export function useFeed(): Feed {
  const store = storeOf(useViewer().organisation.id);
  return useSyncExternalStore(store.subscribe, () => store.feed);
}

/** Follows while the page is open; lists on it are changed in place, sums are asked for again. */
export function useFollowChanges(slotMinutes: number): void {
  const { id } = useViewer().organisation;
  const queries = useQueryClient();
  useEffect(() => {
    const store = storeOf(id);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const settle = () => {
      timer = undefined;
      void queries.invalidateQueries({ queryKey: [SUMMARY] });
    };
    const stop = followChanges(store.cursor, (page) => {
      store.hear(page);
      if (page === 'lost' || page.changes.length === 0) return;
      changeLists(queries, page.changes, slotMinutes);
      timer ??= setTimeout(settle, SETTLE_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [id, queries, slotMinutes]);
}

/** Rows of tickets that changed stay where they are, as they now stand. */
function changeLists(queries: QueryClient, changes: readonly Change[], slotMinutes: number): void {
  const last = new Map<string, TicketChange>();
  for (const change of changes) if (change.type === 'ticket') last.set(change.ticket, change);
  if (last.size === 0) return;
  queries.setQueriesData<InfiniteData<TicketsPage, string>>({ queryKey: [TICKETS] }, (data) => {
    if (!data) return data;
    const pages = data.pages.map((page) => ({
      ...page,
      items: page.items.map((item) => {
        const change = last.get(item.ticket);
        if (!change) return item;
        const { slotStart, route, change: what } = change;
        if (what !== 'moved') return { ...item, state: what };
        const end = Date.parse(slotStart) + slotMinutes * 60_000;
        return { ...item, slotStart, slotEnd: new Date(end).toISOString(), route };
      }),
    }));
    return { ...data, pages };
  });
}
