import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { NetworkState } from '../../../src/client/api.ts';
import { followStream } from './follow-stream.ts';

/** When the newest picture was taken; replaced with each that comes, while the columns are written into. */
export interface Heard {
  /** Pictures and changes heard. */
  readonly version: number;
  /** By the season's clock, ms since 1970; NaN before the first picture. */
  readonly at: number;
  /** How old it was when it came. */
  readonly ageMs: number;
  /** When it came, by this machine's performance.now(). */
  readonly heardAt: number;
  /** The server does not answer, and is asked again. */
  readonly isLost: boolean;
}

type Told = Pick<NetworkState, 'ageMs' | 'at'>;
type State = Pick<NetworkState['resources'][number], 'stock' | 'bound' | 'newestAt' | 'stale'>;
/** Of a change, what never changes is left out. */
type Picture = Told & {
  readonly resources: readonly (State & { readonly resource: string })[];
};

/**
 * Places as the network's stream tells of them (docs/spec/tracking.md), in columns by their number: three thousand that change
 * together make nothing to be collected but the text that came.
 */
export class LiveNetwork {
  /** Tracked parcels at each place, and bound for it; NaN: not told. */
  readonly stock: Float64Array;
  readonly bound: Float64Array;
  /** Latest stamp, ms since 1970; NaN where nothing ever came. */
  readonly newestAt: Float64Array;
  /** 1 where its sources are late. */
  readonly stale: Uint8Array;
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #listeners = new Set<() => void>();
  #heard: Heard = { version: 0, at: Number.NaN, ageMs: 0, heardAt: 0, isLost: false };

  constructor(ids: readonly string[]) {
    this.stock = new Float64Array(ids.length).fill(Number.NaN);
    this.bound = new Float64Array(ids.length).fill(Number.NaN);
    this.newestAt = new Float64Array(ids.length).fill(Number.NaN);
    this.stale = new Uint8Array(ids.length);
    this.#numbers = new Map(ids.map((id, n) => [id, n]));
  }

  /** Until the function returned is called. */
  follow(): () => void {
    const picture = (data: string) => this.#hear(JSON.parse(data));
    return followStream('/v1/network/changes', {
      events: { picture, changes: picture, alive: (data) => this.#age(JSON.parse(data)) },
      lost: () => this.#tell({ isLost: true }),
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly heard = (): Heard => this.#heard;

  #hear(picture: Picture): void {
    for (const told of picture.resources) {
      const n = this.#numbers.get(told.resource);
      if (n === undefined) continue;
      this.stock[n] = told.stock;
      this.bound[n] = told.bound ?? Number.NaN;
      this.newestAt[n] = told.newestAt === undefined ? Number.NaN : Date.parse(told.newestAt);
      this.stale[n] = told.stale ? 1 : 0;
    }
    this.#tell({ version: this.#heard.version + 1, ...momentOf(picture) });
  }

  #age(told: Told): void {
    if (this.#heard.version > 0) this.#tell(momentOf(told));
  }

  #tell(change: Partial<Heard>): void {
    this.#heard = { ...this.#heard, isLost: false, ...change };
    for (const listener of this.#listeners) listener();
  }
}

function momentOf({ at, ageMs }: Told): Pick<Heard, 'at' | 'ageMs' | 'heardAt'> {
  return { at: Date.parse(at), ageMs, heardAt: performance.now() };
}

/** The places with these ids as they live, followed as long as the component is there. */
export function useLiveNetwork(places: readonly { readonly id: string }[]): LiveNetwork {
  const network = useMemo(() => new LiveNetwork(places.map(({ id }) => id)), [places]);
  useEffect(() => network.follow(), [network]);
  return network;
}

export function useHeard(network: LiveNetwork): Heard {
  return useSyncExternalStore(network.subscribe, network.heard);
}

/** The season's clock as a picture and the time since say, ms; NaN before the first. */
export function seasonNow({ at, ageMs, heardAt }: Heard): number {
  return at + ageMs + (performance.now() - heardAt);
}
