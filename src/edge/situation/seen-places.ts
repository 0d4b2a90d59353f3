import { importantHubs } from '../../network/important.js';
import { contains, type OrganisationKind } from '../access/principal.js';
import type { Sight } from '../track/sight.js';
import type { TrackSeason } from '../track/track-season.js';
import type { Counted } from './counted-board.js';

/** What somebody sees of the network, for the situation. Numbers as in the scenario and in the track network. */
export interface SeenPlaces {
  readonly sight: Sight;
  /** Hubs; of a last-mile operator its stations and lockers. */
  readonly places: Int32Array;
  /** All that is seen but lanes. */
  readonly resources: Int32Array;
  /** Legs between two of the places. */
  readonly legs: Int32Array;
}

/** What each sight comes to: made once for all who share it. */
export class SeenPlacesOf {
  readonly #kept = new Map<string, SeenPlaces>();
  /** By resource, 1 where its overflow counts as the network's. */
  readonly important: Uint8Array;

  constructor(private readonly season: TrackSeason) {
    const { kind } = season.scenario.resources;
    const hubs = Int32Array.from(kind.keys()).filter((r) => kind[r] === 'hub');
    const important = importantHubs(season.scenario, hubs);
    this.important = new Uint8Array(kind.length);
    for (const [h, r] of hubs.entries()) this.important[r] = important[h];
  }

  of(sight: Sight, viewer: OrganisationKind): SeenPlaces {
    const kept = this.#kept.get(sight.key);
    if (kept) return kept;
    if (this.#kept.size >= KEPT_MOST) this.#kept.clear();
    const seen = this.#make(sight, viewer);
    this.#kept.set(sight.key, seen);
    return seen;
  }

  /** Those of a region and an operator, where they are asked for. */
  part(seen: SeenPlaces, region?: string, operator?: string): SeenPlaces {
    if (region === undefined && operator === undefined) return seen;
    const { resources } = this.season.scenario;
    const isAsked = (r: number) =>
      (region === undefined || contains(region, resources.region[r])) &&
      (operator === undefined || resources.operator[r] === operator);
    return {
      ...seen,
      places: seen.places.filter(isAsked),
      resources: seen.resources.filter(isAsked),
    };
  }

  #make(sight: Sight, viewer: OrganisationKind): SeenPlaces {
    const { kind } = this.season.scenario.resources;
    const resources = sight.resources.filter((r) => kind[r] !== 'lane');
    const places = viewer === 'lastMile' ? resources : resources.filter((r) => kind[r] === 'hub');
    const isPlace = new Uint8Array(kind.length);
    for (const r of places) isPlace[r] = 1;
    const { from, to, size } = this.season.network.legs;
    const legs = Int32Array.from({ length: sight.isWhole ? size : 0 }, (_, l) => l).filter(
      (l) => isPlace[from[l]] === 1 && isPlace[to[l]] === 1,
    );
    return { sight, places, resources, legs };
  }
}

/** Sights that are kept: an operator's or region's each. */
const KEPT_MOST = 500;

/** The first slot in which anything was at one of the places, or came there; undefined where nothing ever was. */
export function begunAt({ places }: SeenPlaces, counted: Counted): number | undefined {
  const { from, now, width, stock, came } = counted;
  for (let slot = from; slot <= now; slot++) {
    const column = slot - from;
    for (const r of places) {
      if (came[r * width + column] !== 0 || stock[r * width + column] !== 0) return slot;
    }
  }
  return undefined;
}
