import type { Organisation } from '../access/principal.js';
import { type Sight, sightOf } from '../track/sight.js';
import type { TrackSeason } from '../track/track-season.js';
import type { Picture } from '../track/track-service.js';
import type { LiveAge, LiveHub, LivePicture } from './live-schema.js';
import type { PictureText } from './track/network-stream.js';
import { totalsOf } from './track/network-text.js';

/** Who looks from this machine sees what the nation's administration does. */
export const NATION: Organisation = {
  id: '',
  kind: 'administration',
  level: 'nation',
  region: '000000',
};

/**
 * Pictures for the console: hubs one by one, all other resources in the totals only, for a nation has tens of thousands of
 * them and a screen no room. A picture is told whether or not something changed: its age is always seen.
 */
export class LiveText implements PictureText {
  readonly #all: Sight;

  constructor(private readonly season: TrackSeason) {
    this.#all = sightOf(season, NATION);
  }

  async picture({ resources }: Sight, picture: Picture): Promise<string> {
    return this.#text(picture, resources);
  }

  async changes({ resources }: Sight, before: Picture, picture: Picture): Promise<string> {
    return this.#text(
      picture,
      resources.filter((r) => hasChanged(before, picture, r)),
    );
  }

  age(picture: Picture): string {
    return JSON.stringify(this.#moment(picture));
  }

  #text(picture: Picture, hubs: Int32Array): string {
    const { resources, stock, onLanes = 0, bound = 0, stale } = this.#totals(picture);
    const told: LivePicture = {
      ...this.#moment(picture),
      totals: { resources, stock, onLanes, bound, stale, scans: picture.scans },
      hubs: Array.from(hubs, (r) => this.#hub(picture, r)),
    };
    return JSON.stringify(told);
  }

  #totals(picture: Picture) {
    return totalsOf(this.season, this.#all, picture);
  }

  #moment({ at }: Picture): LiveAge {
    const ageMs = Math.max(0, Math.round(this.season.timing.now() - at));
    return { ageMs, at: new Date(at).toISOString() };
  }

  #hub({ stock, bound, newestAt, stale }: Picture, r: number): LiveHub {
    return {
      id: this.season.scenario.resources.ids.get(r),
      stock: stock[r],
      bound: bound[r],
      ...(!Number.isNaN(newestAt[r]) && { newestAt: new Date(newestAt[r]).toISOString() }),
      stale: stale[r] === 1,
    };
  }
}

function hasChanged(before: Picture, after: Picture, r: number): boolean {
  return (
    before.stock[r] !== after.stock[r] ||
    before.bound[r] !== after.bound[r] ||
    before.stale[r] !== after.stale[r] ||
    !Object.is(before.newestAt[r], after.newestAt[r])
  );
}
