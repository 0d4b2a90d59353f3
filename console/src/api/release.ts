import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ChangesPage, TicketView } from '../../../src/client/api.ts';
import { api } from './client.ts';

/** Which tickets are listed; what is left out is any. */
export interface TicketsChosen {
  readonly slotStart?: string;
  readonly operator?: string;
  readonly origin?: string;
  readonly destination?: string;
  readonly state?: TicketView['state'];
}

/** What a change makes old begins with this. */
export const TICKETS = 'tickets';
export const SUMMARY = 'tickets-summary';
const REQUEST = 'tickets-request';

/** Tickets that one page of the list has. */
const PAGE = 200;
/** How often what nobody tells is asked for again: the clock goes on, shares lapse. */
const AGAIN_MS = 20_000;

export function useTickets(chosen: TicketsChosen) {
  return useInfiniteQuery({
    queryKey: [TICKETS, chosen],
    queryFn: ({ pageParam, signal }) =>
      api.listTickets(
        { ...chosen, limit: PAGE, ...(pageParam !== '' && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
}

/** Parcels by slot and operator. */
export const useSlotSums = () =>
  useQuery({
    queryKey: [SUMMARY, 'slot'],
    queryFn: ({ signal }) => api.summariseTickets({ by: 'slot' }, { signal }),
    refetchInterval: AGAIN_MS,
  });

/** Operators and places that own shares and tickets name: what can be chosen and imported. */
export const usePlaceSums = (by: 'origin' | 'destination') =>
  useQuery({
    queryKey: [SUMMARY, by],
    queryFn: ({ signal }) => api.summariseTickets({ by }, { signal }),
  });

/** Parcels of a slot by operator and destination. */
export const useDestinationSums = (slotStart: string) =>
  useQuery({
    queryKey: [SUMMARY, 'destination', slotStart],
    queryFn: ({ signal }) => api.summariseTickets({ by: 'destination', slotStart }, { signal }),
    refetchInterval: AGAIN_MS,
    placeholderData: keepPreviousData,
  });

/** A request by its own id or the number of a ticket, as it stands now. */
export const useRequest = (id: string) =>
  useQuery({
    queryKey: [REQUEST, id],
    queryFn: ({ signal }) => api.getRequest(id, { signal }),
    staleTime: 0,
  });

/** Own parcels downstream. */
export const useOwnParcels = () =>
  useQuery({
    queryKey: ['own-parcels'],
    queryFn: ({ signal }) => api.listParcels({ limit: 50 }, { signal }),
    refetchInterval: AGAIN_MS,
    staleTime: 0,
  });

/** Until a server that was lost is asked again. */
const RETRY_MS = 2000;

/**
 * Follows changes of own tickets, of plans and capacities by server-sent events, from a cursor or from now on, until the
 * function returned is called. A page that nobody looks at follows nothing, and takes up where it was: browsers have six
 * connections for all pages of a server.
 */
export function followChanges(
  after: string | undefined,
  tell: (page: ChangesPage | 'lost') => void,
): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let cursor = after;
  const close = () => {
    source?.close();
    source = undefined;
    clearTimeout(timer);
  };
  const lose = () => {
    close();
    tell('lost');
    timer = setTimeout(open, RETRY_MS);
  };
  function open(): void {
    close();
    const query = cursor === undefined ? '' : `?after=${encodeURIComponent(cursor)}`;
    source = new EventSource(`/v1/changes${query}`);
    source.addEventListener('changes', ({ data }) => {
      const page: ChangesPage = JSON.parse(data);
      cursor = page.cursor;
      tell(page);
    });
    source.addEventListener('error', lose);
  }
  const look = () => (document.hidden ? close() : open());
  look();
  document.addEventListener('visibilitychange', look);
  return () => {
    document.removeEventListener('visibilitychange', look);
    close();
  };
}
