import { keepPreviousData, type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import { api } from './client.ts';

/* The API of the situation: what stays is asked for once, figures again and again, slots when they are shown. */

/** How often figures, and a hub that is looked at, are asked for again, ms. */
const POLL_MS = 5000;
/** A slot's answer changes by corrections, or with the plan: ms until it is asked for again. */
const SLOT_STALE_MS = 60_000;

/** Where tracking has only begun its past grows for a while: asked for again so often, ms, and so many times. */
const BEGINNING_MS = 15_000;
const BEGINNINGS = 5;

/** What part of what one sees is looked at. */
export interface Part {
  /** GB/T 2260. */
  readonly region: string;
  readonly operator: string | undefined;
}

export const useSituation = () =>
  useQuery({
    queryKey: ['situation'],
    queryFn: ({ signal }) => api.getSituation({ signal }),
    refetchInterval: ({ state }) => (state.dataUpdateCount < BEGINNINGS ? BEGINNING_MS : false),
  });

export const useFigures = ({ region, operator }: Part) =>
  useQuery({
    queryKey: ['situation', 'figures', region, operator],
    queryFn: ({ signal }) =>
      api.getSituationFigures({ region, ...(operator !== undefined && { operator }) }, { signal }),
    staleTime: 0,
    refetchInterval: POLL_MS,
    placeholderData: keepPreviousData,
  });

const slotOptions = (slot: number) =>
  queryOptions({
    queryKey: ['situation', 'slot', slot],
    queryFn: ({ signal }) => api.getSituationSlot(slot, { signal }),
    staleTime: SLOT_STALE_MS,
  });

/** The network at the end of a slot; the one shown before stays until it is there. */
export const useSlot = (slot: number | undefined) =>
  useQuery({
    ...slotOptions(slot ?? 0),
    enabled: slot !== undefined,
    placeholderData: keepPreviousData,
  });

/** Has a slot's answer at hand before it is shown. */
export function prefetchSlot(queries: QueryClient, slot: number): void {
  void queries.prefetchQuery(slotOptions(slot));
}

/** All that is known of one hub, slot by slot; refused with 404 where it is not the viewer's to see. */
export const useHub = (id: string | undefined) =>
  useQuery({
    queryKey: ['situation', 'hub', id],
    queryFn: ({ signal }) => api.getHub(id ?? '', { signal }),
    enabled: id !== undefined,
    staleTime: 0,
    refetchInterval: POLL_MS,
  });
