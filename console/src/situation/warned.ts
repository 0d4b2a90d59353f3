import { useMemo } from 'react';
import { useOpenWarnings } from '../api/open-warnings.ts';
import type { Place } from './shown.ts';

/** By place: 1 where a warning about it is in force; none where another moment than now is on show. */
export function useWarned(places: readonly Place[], isNow: boolean): Uint8Array {
  const { data } = useOpenWarnings();
  const items = data?.items;
  return useMemo(() => {
    const subjects = new Set(isNow ? items?.map(({ subject }) => subject.id) : []);
    return Uint8Array.from(places, ({ id }) => (subjects.has(id) ? 1 : 0));
  }, [places, items, isNow]);
}
