import type { Arrivals } from '../../../src/client/api.ts';
import type { Format } from '../words/format.ts';

export type Place = Arrivals['places'][number];

/** Slots ahead, as the answer's columns have them: those of today, and of tomorrow. */
export interface Days {
  readonly today: readonly [from: number, until: number];
  readonly tomorrow: readonly [from: number, until: number];
}

/** What a station, or all together, expects. */
export interface Outlook {
  /** By slot ahead. */
  readonly arrivals: readonly number[];
  readonly today: number;
  readonly tomorrow: number;
  /** The slot of the most arrivals for what is taken then, and by how much; share 0 where nothing comes. */
  readonly worst: { readonly slot: number; readonly share: number; readonly parcels: number };
}

/** Days end where the date changes in the season's own offset. */
export function daysOf({ now, until }: Arrivals['slots'], format: Pick<Format, 'slotDate'>): Days {
  const ahead = until - now;
  const dateOf = (u: number) => format.slotDate(now + u);
  const nextFrom = (u: number) => {
    let end = u;
    while (end < ahead && dateOf(end) === dateOf(u)) end += 1;
    return end;
  };
  const midnight = nextFrom(0);
  return {
    today: [0, midnight],
    tomorrow: [midnight, midnight < ahead ? nextFrom(midnight) : ahead],
  };
}

export function outlookOf(place: Place, now: number, { today, tomorrow }: Days): Outlook {
  const arrivals = place.onTheWay.map((n, u) => n + place.inNetwork[u] + place.planned[u]);
  let worst = { slot: now, share: 0, parcels: 0 };
  for (const [u, parcels] of arrivals.entries()) {
    if (u >= tomorrow[1]) break;
    const share = parcels === 0 ? 0 : parcels / place.capacity[u];
    if (share > worst.share) worst = { slot: now + u, share, parcels };
  }
  return { arrivals, today: sum(arrivals, today), tomorrow: sum(arrivals, tomorrow), worst };
}

/** Several stations as one: what comes, and what they take, together. */
export function together(places: readonly Place[]): Place {
  const add = (of: (place: Place) => readonly number[]) =>
    of(places[0]).map((_, u) => places.reduce((all, place) => all + of(place)[u], 0));
  const total = (of: (place: Place) => number) => places.reduce((all, p) => all + of(p), 0);
  const floors = places.map(({ floor }) => floor);
  const moments = places.flatMap(({ newestAt }) => (newestAt === null ? [] : [newestAt]));
  return {
    ...places[0],
    id: '',
    stock: total(({ stock }) => stock),
    bound: total(({ bound }) => bound),
    floor: floors.includes(null) ? null : total(({ floor }) => floor ?? 0),
    newestAt: moments.toSorted().at(-1) ?? null,
    stale: places.some(({ stale }) => stale),
    past: { arrived: add(({ past }) => past.arrived), left: add(({ past }) => past.left) },
    onTheWay: add(({ onTheWay }) => onTheWay),
    inNetwork: add(({ inNetwork }) => inNetwork),
    planned: add(({ planned }) => planned),
    capacity: add(({ capacity }) => capacity),
  };
}

function sum(values: readonly number[], [from, until]: readonly [number, number]): number {
  return values.slice(from, until).reduce((all, n) => all + n, 0);
}
