import { setImmediate } from 'node:timers/promises';
import type { Sight } from '../../track/sight.js';
import type { TrackSeason } from '../../track/track-season.js';
import type { Picture } from '../../track/track-service.js';

/** Texts kept of the newest picture: one for each sight, and picture before, that somebody asked with. */
const KEPT_MOST = 64;

/** Resources written before others have their turn: a few milliseconds (P10). */
const SLICE = 1000;

/** Whether what never changes of a resource is told, too. */
type Form = 'whole' | 'changed';

/** Pictures as JSON (schema.ts), for those who see part of the network; written once for all who see the same. */
export class NetworkText {
  /** What is the same in all pictures of a resource. */
  readonly #heads: Readonly<Record<Form, string[]>> = { whole: [], changed: [] };
  /** By sight and what it is compared with. */
  readonly #kept = new Map<string, Promise<string>>();
  #newest: Picture | undefined;
  /** Sources report many resources: the same moments recur. */
  readonly #times = new Map<number, string>();

  constructor(private readonly season: TrackSeason) {}

  /** All that is seen. */
  async picture(sight: Sight, picture: Picture): Promise<string> {
    const write = () => this.#body(sight, picture, sight.resources, 'whole');
    return this.#aged(picture, await this.#keep(picture, `${sight.key} all`, write));
  }

  /** What is seen and changed since another picture; undefined where nothing did. */
  async changes(sight: Sight, before: Picture, picture: Picture): Promise<string | undefined> {
    const key = `${sight.key} ${before.version} ${before.at}`;
    const body = await this.#keep(picture, key, async () => {
      const changed = sight.resources.filter((r) => hasChanged(before, picture, r, sight.isWhole));
      return changed.length === 0 ? '' : this.#body(sight, picture, changed, 'changed');
    });
    return body === '' ? undefined : this.#aged(picture, body);
  }

  /** How old a picture is, where nothing changes. */
  age(picture: Picture): string {
    return this.#aged(picture, `${this.#moment(picture)}}`);
  }

  /** One resource. */
  resource(sight: Sight, picture: Picture, resource: number): string {
    const state = this.#resource(picture, resource, sight.isWhole, 'whole');
    return this.#aged(picture, `${this.#moment(picture)},${state.slice(1)}`);
  }

  #keep(picture: Picture, key: string, write: () => Promise<string>): Promise<string> {
    if (this.#newest !== picture) {
      this.#kept.clear();
      this.#times.clear();
    }
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

  async #body(sight: Sight, picture: Picture, resources: Int32Array, form: Form): Promise<string> {
    const totals = JSON.stringify(totalsOf(this.season, sight, picture));
    let text = `${this.#moment(picture)},"totals":${totals},"resources":[`;
    for (let i = 0; i < resources.length; i++) {
      if (i > 0 && i % SLICE === 0) await setImmediate();
      text += i > 0 ? ',' : '';
      text += this.#resource(picture, resources[i], sight.isWhole, form);
    }
    return `${text}]}`;
  }

  /** Not how much of all was received by then: that tells of others (P11). */
  #moment({ at }: Picture): string {
    return `"at":${this.#time(at)}`;
  }

  #resource(picture: Picture, r: number, isWhole: boolean, form: Form): string {
    const { stock, bound, newestAt, stale } = picture;
    const { floor } = this.season.scenario.resources;
    let text = `${this.#head(r, form)},"stock":${stock[r]}`;
    if (isWhole) text += `,"bound":${bound[r]}`;
    if (floor[r] > 0) text += `,"floorShare":${share(stock[r], floor[r])}`;
    if (!Number.isNaN(newestAt[r])) text += `,"newestAt":${this.#time(newestAt[r])}`;
    return `${text},"stale":${stale[r] === 1}}`;
  }

  #head(r: number, form: Form): string {
    const heads = this.#heads[form];
    heads[r] ??= JSON.stringify(this.#constants(r, form)).slice(0, -1);
    return heads[r];
  }

  #constants(r: number, form: Form): object {
    const { ids, kind, operator, region, floor } = this.season.scenario.resources;
    const resource = ids.get(r);
    if (form === 'changed') return { resource };
    const what = { resource, kind: kind[r], operator: operator[r], region: region[r] };
    return { ...what, ...(floor[r] >= 0 && { floor: floor[r] }) };
  }

  /** As a JSON text. */
  #time(ms: number): string {
    const text = this.#times.get(ms) ?? `"${new Date(ms).toISOString()}"`;
    this.#times.set(ms, text);
    return text;
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
