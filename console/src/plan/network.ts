import type { PlanMap, PlannedResource } from '../../../src/client/api.ts';
import { loadStep } from '../chart/palette.ts';

/** Which of the two sets of loads. */
export type Loads = 'atOnce' | 'planned';

/** Resources that stand at one position, drawn as one circle. */
export interface Place {
  readonly region: string;
  readonly lat: number;
  readonly lng: number;
  /** Rows of the map's tables, and the resource of each. */
  readonly stands: readonly { readonly row: number; readonly resource: PlannedResource }[];
}

/** What a place takes in one slot. */
export interface PlaceLoad {
  readonly load: number;
  /** Of the resource there that is worst off: its load over capacity, Infinity where that is 0. */
  readonly ratio: number;
  readonly step: 0 | 1 | 2 | 3;
  readonly worst: PlannedResource;
}

/**
 * Places with the resources of one operator, or of all if none is named; the largest first, so that
 * they are drawn beneath the others.
 */
export function placesOf(
  map: PlanMap,
  resources: readonly PlannedResource[],
  operator: string | undefined,
): Place[] {
  const byId = new Map(resources.map((r) => [r.id, r]));
  const places = new Map<
    string,
    Place & { stands: { row: number; resource: PlannedResource }[] }
  >();
  map.ids.forEach((id, row) => {
    const resource = byId.get(id);
    if (!resource || resource.lat === null || resource.lng === null) return;
    if (operator !== undefined && resource.operator !== operator) return;
    const { lat, lng, region } = resource;
    const key = `${lat}/${lng}`;
    const place = places.get(key) ?? { region, lat, lng, stands: [] };
    place.stands.push({ row, resource });
    places.set(key, place);
  });
  const size = ({ stands }: Place) => stands.reduce((sum, s) => sum + s.resource.capacity, 0);
  return [...places.values()].toSorted((a, b) => size(b) - size(a));
}

export function placeLoad(map: PlanMap, loads: Loads, place: Place, slot: number): PlaceLoad {
  let load = 0;
  let step: PlaceLoad['step'] = 0;
  let ratio = -1;
  let worst = place.stands[0].resource;
  for (const { row, resource } of place.stands) {
    const here = map[loads][row][slot];
    const room = map.capacity[row][slot];
    load += here;
    const s = loadStep(here, room);
    const r = room > 0 ? here / room : here > 0 ? Infinity : 0;
    if (s > step) step = s;
    if (r > ratio) [ratio, worst] = [r, resource];
  }
  return { load, ratio, step, worst };
}

/** Places with a resource over its capacity, for each slot. */
export function overloadedBySlot(map: PlanMap, loads: Loads, places: readonly Place[]): number[] {
  const slots = map.capacity[0]?.length ?? 0;
  return Array.from({ length: slots }, (_, slot) =>
    places.reduce((n, place) => n + (placeLoad(map, loads, place, slot).step === 3 ? 1 : 0), 0),
  );
}

/**
 * The slot that would be worst at once: with the most places over capacity; among equals, with the most
 * parcels above it; the first of those.
 */
export function busiestSlot(map: PlanMap, places: readonly Place[]): number {
  const counts = overloadedBySlot(map, 'atOnce', places);
  const excess = counts.map((_, slot) => excessOf(map, places, slot));
  let best = 0;
  for (let slot = 1; slot < counts.length; slot++) {
    const more = counts[slot] - counts[best] || excess[slot] - excess[best];
    if (more > 0) best = slot;
  }
  return best;
}

function excessOf({ atOnce, capacity }: PlanMap, places: readonly Place[], slot: number): number {
  const rows = places.flatMap(({ stands }) => stands.map(({ row }) => row));
  return rows.reduce((sum, r) => sum + Math.max(0, atOnce[r][slot] - capacity[r][slot]), 0);
}

/** The largest load of any place in any slot: what the largest circle stands for. */
export function largestLoad(map: PlanMap, places: readonly Place[]): number {
  let most = 1;
  for (const place of places) {
    const slots = map.capacity[place.stands[0].row].length;
    for (let slot = 0; slot < slots; slot++) {
      most = Math.max(most, placeLoad(map, 'atOnce', place, slot).load);
    }
  }
  return most;
}
