import type { Sight } from '../../track/sight.js';
import type { TrackSeason } from '../../track/track-season.js';
import type { Picture } from '../../track/track-service.js';

/** Texts kept of the newest pictures: one for each sight that somebody asked with. */
const KEPT_MOST = 64;

/** What is the same in all pictures of a resource. */
type Head = string;

/** Pictures as JSON (schema.ts), for those who see part of the network; written once for all who see the same. */
export class NetworkText {
  readonly #heads: Head[] = [];
  /** By sight, version and what it is compared with. */
  readonly #kept = new Map<string, string>();
  #newest: Picture | undefined;
  #dateMs = Number.NaN;
  #date = '';

  constructor(private readonly season: TrackSeason) {}

  /** All that is seen. */
  picture(sight: Sight, picture: Picture): string {
    return this.#text(picture, `${sight.key} all`, () =>
      this.#body(sight, picture, sight.resources),
    );
  }

  /** What is seen and changed since another picture; undefined where nothing did. */
  changes(sight: Sight, before: Picture, picture: Picture): string | undefined {
    const key = `${sight.key} ${before.version} ${before.at}`;
    const body = this.#keep(picture, key, () => {
      const changed = sight.resources.filter((r) => hasChanged(before, picture, r, sight.isWhole));
      return changed.length === 0 ? '' : this.#body(sight, picture, changed);
    });
    return body === '' ? undefined : this.#aged(picture, body);
  }

  /** How old a picture is, where nothing changes. */
  age(picture: Picture): string {
    return this.#aged(picture, `${this.#moment(picture)}}`);
  }

  /** One resource. */
  resource(sight: Sight, picture: Picture, resource: number): string {
    const state = this.#resource(picture, resource, sight.isWhole);
    return this.#aged(picture, `${this.#moment(picture)},${state.slice(1)}`);
  }

  #text(picture: Picture, key: string, write: () => string): string {
    return this.#aged(picture, this.#keep(picture, key, write));
  }

  #keep(picture: Picture, key: string, write: () => string): string {
    if (this.#newest !== picture) this.#kept.clear();
    this.#newest = picture;
    const text = this.#kept.get(key) ?? write();
    if (this.#kept.size < KEPT_MOST) this.#kept.set(key, text);
    return text;
  }

  /** An age is of the moment in which it is written. */
  #aged({ at }: Picture, body: string): string {
    const ageMs = Math.max(0, Math.round(this.season.timing.now() - at));
    return `{"ageMs":${ageMs},${body}`;
  }

  #body(sight: Sight, picture: Picture, resources: Int32Array): string {
    const states: string[] = [];
    for (const r of resources) states.push(this.#resource(picture, r, sight.isWhole));
    const totals = JSON.stringify(totalsOf(this.season, sight, picture));
    return `${this.#moment(picture)},"totals":${totals},"resources":[${states.join(',')}]}`;
  }

  /** Not how much of all was received by then: that tells of others (P11). */
  #moment({ at }: Picture): string {
    return `"at":${this.#time(at)}`;
  }

  #resource(picture: Picture, r: number, isWhole: boolean): string {
    const { stock, bound, newestAt, stale, at } = picture;
    const floor = this.season.scenario.resources.floor[r];
    this.#heads[r] ??= this.#head(r);
    let text = `${this.#heads[r]},"stock":${stock[r]}`;
    if (isWhole) text += `,"bound":${bound[r]}`;
    if (floor > 0) text += `,"floorShare":${share(stock[r], floor)}`;
    if (!Number.isNaN(newestAt[r])) {
      const ageMs = Math.max(0, Math.round(at - newestAt[r]));
      text += `,"newestAt":${this.#time(newestAt[r])},"newestAgeMs":${ageMs}`;
    }
    return `${text},"stale":${stale[r] === 1}}`;
  }

  #head(r: number): Head {
    const { ids, kind, operator, region, floor } = this.season.scenario.resources;
    const what = { resource: ids.get(r), kind: kind[r], operator: operator[r], region: region[r] };
    const text = JSON.stringify({ ...what, ...(floor[r] >= 0 && { floor: floor[r] }) });
    return text.slice(0, -1);
  }

  /** As a JSON text; sources report many resources, so the same moments recur. */
  #time(ms: number): string {
    if (ms !== this.#dateMs) {
      this.#dateMs = ms;
      this.#date = `"${new Date(ms).toISOString()}"`;
    }
    return this.#date;
  }
}

/** Of what is seen: parcels at places, on lanes and bound; places with a floor by how full they are together. */
function totalsOf({ scenario }: TrackSeason, { resources, isWhole }: Sight, picture: Picture) {
  const { kind, floor } = scenario.resources;
  let [stock, onLanes, bound, stale, floors, onFloors] = [0, 0, 0, 0, 0, 0];
  for (const r of resources) {
    if (kind[r] === 'lane') onLanes += picture.stock[r];
    else stock += picture.stock[r];
    bound += picture.bound[r];
    stale += picture.stale[r];
    if (!(floor[r] > 0)) continue;
    floors += floor[r];
    onFloors += picture.stock[r];
  }
  return {
    resources: resources.length,
    stock,
    ...(isWhole && { onLanes, bound }),
    stale,
    ...(floors > 0 && { floor: floors, floorShare: share(onFloors, floors) }),
  };
}

function share(stock: number, floor: number): number {
  return Math.round((10_000 * stock) / floor) / 10_000;
}

function hasChanged(before: Picture, after: Picture, r: number, isWhole: boolean): boolean {
  return (
    before.stock[r] !== after.stock[r] ||
    before.stale[r] !== after.stale[r] ||
    (isWhole && before.bound[r] !== after.bound[r])
  );
}
