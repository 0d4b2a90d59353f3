import type { TrackSeason } from '../../track/track-season.js';
import type { HubAnswer } from './schema.js';

/** What never changes of a place. */
export function placeView(
  { scenario }: TrackSeason,
  important: Uint8Array,
  r: number,
): HubAnswer['place'] {
  const { ids, kind, operator, region, lat, lng, floor, capacity } = scenario.resources;
  return {
    id: ids.get(r),
    kind: kind[r],
    operator: operator[r],
    region: region[r],
    lat: known(lat[r]),
    lng: known(lng[r]),
    floor: known(floor[r]),
    capacity: capacity[r],
    important: important[r] === 1,
  };
}

export function namedView({ scenario }: TrackSeason, r: number) {
  const { ids, kind, operator, region } = scenario.resources;
  return { id: ids.get(r), kind: kind[r], operator: operator[r], region: region[r] };
}

/** Null where it is not known. */
export function known(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** To four digits behind the point: shares and ratios are not known better. */
export function rounded(value: number): number {
  return Math.round(10_000 * value) / 10_000;
}
