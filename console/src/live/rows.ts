import type { LiveAnswer, LiveHub } from '../../../src/edge/http/live-schema.ts';
import type { Seen } from '../api/live-stream.ts';
import type { Filter } from './choices.ts';

export type Hub = LiveAnswer['hubs'][number];

/** A hub as it stands. */
export interface HubRow extends Hub, Pick<LiveHub, 'stock' | 'bound' | 'newestAt' | 'stale'> {
  /** Of its floor that stock takes, each tracked parcel counted for those it stands for; undefined without a floor. */
  readonly share: number | undefined;
}

/** Hubs by falling share of their floor, those without one last; then by id. */
export function rowsOf({ hubs, scale }: LiveAnswer, seen: Seen): HubRow[] {
  const rows = hubs.flatMap((hub): HubRow[] => {
    const state = seen.hubs.get(hub.id);
    if (!state) return [];
    const share = hub.floor === null || hub.floor === 0 ? undefined : state.stock / hub.floor;
    return [{ ...hub, ...state, share: share === undefined ? undefined : share * scale }];
  });
  return rows.toSorted((a, b) => (b.share ?? -1) - (a.share ?? -1) || (a.id < b.id ? -1 : 1));
}

/** The rows that a filter leaves; `name`: what a hub is called. */
export function filterRows(
  rows: readonly HubRow[],
  { operator, province, search }: Filter,
  name: (hub: Hub) => string,
): HubRow[] {
  const part = search?.toLowerCase();
  const has = (text: string) => part === undefined || text.toLowerCase().includes(part);
  return rows.filter(
    (row) =>
      (operator === undefined || row.operator === operator) &&
      (province === undefined || provinceOf(row.region) === province) &&
      (has(name(row)) || has(row.id)),
  );
}

/** GB/T 2260: a place's province is its first two digits. */
export function provinceOf(region: string): string {
  return /^\d{6}$/.test(region) ? `${region.slice(0, 2)}0000` : region;
}
